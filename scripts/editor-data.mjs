// What editors and type checkers know about the element, each in its own format, from the element's documentation block.

/** @typedef {import('./element-api.mjs').ElementApi} ElementApi */
/** @typedef {import('./element-api.mjs').Item} Item */

/**
 * @param {ElementApi} api
 * @param {{name: string, version: string, homepage?: string}} manifest package.json
 * @returns {Record<string, string>} Content by the name of the file in dist/.
 */
export function editorData(api, manifest) {
  return {
    'custom-elements.json': json(customElements(api)),
    'vscode.html-custom-data.json': json(htmlData(api)),
    'web-types.json': json(webTypes(api, manifest)),
    'markup.d.ts': markup(api),
    'jsx.d.ts': react(api),
    'vue.d.ts': vue(api),
    'svelte.d.ts': svelte(api),
  };
}

/** Custom elements manifest 1.0.0. @param {ElementApi} api */
function customElements(api) {
  const described = (/** @type {Item} */ { name, text, default: value }) => ({
    name,
    description: text,
    ...(value && { default: value }),
  });
  const declaration = {
    kind: 'class',
    customElement: true,
    name: api.className,
    tagName: api.tagName,
    description: api.text,
    superclass: { name: 'HTMLElement', package: 'global:' },
    attributes: api.attributes.map(({ name, property, type, text, default: value }) => ({
      name,
      fieldName: property,
      type: { text: type },
      description: text,
      ...(value && { default: value }),
    })),
    members: [
      ...api.attributes.map(({ name, property, type, text }) => ({
        kind: 'field',
        name: property,
        attribute: name,
        type: { text: type },
        description: text,
      })),
      ...api.members.map(({ kind, name, type, readonly, text }) => ({
        kind: kind === 'method' ? 'method' : 'field',
        name,
        ...(kind === 'property' && { type: { text: type }, readonly }),
        description: text,
      })),
    ],
    events: bothNames(api).map(({ name, type = 'CustomEvent', text }) => ({
      name,
      type: { text: type },
      description: text,
    })),
    slots: api.slots.map(described),
    cssParts: api.parts.map(described),
    cssProperties: api.cssProperties.map(described),
    cssStates: api.states.map(described),
  };
  const module = 'dist/index.js';
  const reference = { name: api.className, module };
  return {
    schemaVersion: '1.0.0',
    modules: [
      {
        kind: 'javascript-module',
        path: module,
        declarations: [declaration],
        exports: [{ kind: 'js', name: api.className, declaration: reference }],
      },
      {
        kind: 'javascript-module',
        path: 'dist/define.js',
        declarations: [],
        exports: [{ kind: 'custom-element-definition', name: api.tagName, declaration: reference }],
      },
    ],
  };
}

/** HTML custom data of Visual Studio Code, 1.1. @param {ElementApi} api */
function htmlData({ tagName, text, attributes }) {
  return {
    version: 1.1,
    tags: [
      {
        name: tagName,
        description: { kind: 'markdown', value: text },
        attributes: attributes.map((attribute) => ({
          name: attribute.name,
          description: { kind: 'markdown', value: sentence(attribute) },
          ...(attribute.type === 'boolean' && { valueSet: 'v' }),
          ...(words(attribute.type) && { values: words(attribute.type)?.map((name) => ({ name })) }),
        })),
      },
    ],
  };
}

/** JetBrains' web-types. @param {ElementApi} api @param {{name: string, version: string}} manifest */
function webTypes(api, { name, version }) {
  const described = (/** @type {Item} */ item) => ({ name: item.name, description: item.text });
  return {
    $schema: 'https://raw.githubusercontent.com/JetBrains/web-types/master/schema/web-types.json',
    name,
    version,
    'description-markup': 'markdown',
    contributions: {
      html: {
        elements: [
          {
            name: api.tagName,
            description: api.text,
            attributes: api.attributes.map((attribute) => ({
              name: attribute.name,
              description: sentence(attribute),
              required: attribute.required,
              value: { type: words(attribute.type)?.map((word) => `"${word}"`) ?? attribute.type },
              ...(attribute.type === 'boolean' && { default: 'false' }),
            })),
            slots: api.slots.map(described),
            js: {
              properties: [
                ...api.attributes.map(({ property, type, text }) => ({
                  name: property,
                  value: { type },
                  description: text,
                })),
                ...api.members
                  .filter(({ kind }) => kind === 'property')
                  .map((member) => ({
                    name: member.name,
                    value: { type: member.type },
                    'read-only': member.readonly,
                    description: member.text,
                  })),
              ],
              events: bothNames(api).map(described),
            },
            css: {
              parts: api.parts.map(described),
              properties: api.cssProperties.map((item) => ({ ...described(item), default: item.default })),
            },
          },
        ],
      },
    },
  };
}

/** What the three files of types share. @param {ElementApi} api */
function markup(api) {
  const attributes = api.attributes.map((attribute) =>
    typed(attribute.name, attributeType(attribute.type), sentence(attribute)),
  );
  const properties = api.attributes
    .filter(({ name, property }) => name !== property)
    .map(({ property, text }) => typed(property, `${api.className}['${property}']`, text));
  const settable = api.members
    .filter(({ kind, readonly }) => kind === 'property' && !readonly)
    .map(({ name, text }) => typed(name, `${api.className}['${name}']`, text));
  const events = api.events.flatMap(({ name, text }) =>
    [name, kebabCase(name)].map(
      (written) => `  /** ${text} */\n  '${written}': ${api.className}Events['${name}'];`,
    ),
  );
  return `${notice}
import type { ${api.className}, ${api.className}Events } from './index.js';

/** The attributes of \`<${api.tagName}>\`, as they are written in HTML. */
export interface ${api.className}Attributes {
${attributes.join('\n')}
}

/** The properties that have another name than their attribute, or none. */
export interface ${api.className}Properties {
${[...properties, ...settable].join('\n')}
}

/** The events under both of their names. */
export interface ${api.className}EventMap {
${events.join('\n')}
}
`;
}

/** The tag in the JSX of React 18 and 19. @param {ElementApi} api */
function react({ tagName, className }) {
  return `${notice}
import type { ClassAttributes, HTMLAttributes } from 'react';
import type { ${className} } from './index.js';
import type { ${className}Attributes, ${className}EventMap, ${className}Properties } from './markup.js';

/** React 19 hears \`onsignedIn\` and the like, and sets properties; React 18 knows attributes only. */
export type ${className}Props = HTMLAttributes<${className}> &
  ClassAttributes<${className}> &
  ${className}Attributes &
  ${className}Properties & {
    [Name in keyof ${className}EventMap as \`on\${Name}\`]?: (event: ${className}EventMap[Name]) => void;
  };

declare module 'react' {
  namespace JSX {
    interface IntrinsicElements {
      '${tagName}': ${className}Props;
    }
  }
}
`;
}

/** Vue 3, for templates that are checked by Vue's own tools. @param {ElementApi} api */
function vue({ tagName, className, events }) {
  const handlers = events.map(
    ({ name, text }) =>
      `  /** ${text} */\n  on${name[0]?.toUpperCase()}${name.slice(1)}?: (event: ${className}EventMap['${name}']) => void;`,
  );
  return `${notice}
import type { HTMLAttributes, ReservedProps } from 'vue';
import type { ${className}Attributes, ${className}EventMap, ${className}Properties } from './markup.js';

/** In a template: \`@signed-in\` and the like. */
export interface ${className}Handlers {
${handlers.join('\n')}
}

export type ${className}Props = HTMLAttributes &
  ReservedProps &
  ${className}Attributes &
  ${className}Properties &
  ${className}Handlers;

declare module 'vue' {
  interface GlobalComponents {
    '${tagName}': new () => { $props: ${className}Props };
  }
}
`;
}

/** Svelte 5, and \`on:\` as in Svelte 4. @param {ElementApi} api */
function svelte({ tagName, className }) {
  return `${notice}
import type { HTMLAttributes } from 'svelte/elements';
import type { ${className} } from './index.js';
import type { ${className}Attributes, ${className}EventMap, ${className}Properties } from './markup.js';

export type ${className}Props = HTMLAttributes<${className}> &
  ${className}Attributes &
  ${className}Properties & {
    [Name in keyof ${className}EventMap as \`on\${Name}\` | \`on:\${Name}\`]?: (
      event: ${className}EventMap[Name],
    ) => void;
  };

declare module 'svelte/elements' {
  interface SvelteHTMLElements {
    '${tagName}': ${className}Props;
  }
}
`;
}

const notice = '// Written by the build from the documentation block of the element.';

/** @param {ElementApi} api @returns {Item[]} Each event under its camelCase and its kebab-case name. */
function bothNames({ events }) {
  return events.flatMap((event) => [event, { ...event, name: kebabCase(event.name) }]);
}

/** @param {string} name @param {string} type @param {string} text */
function typed(name, type, text) {
  return `  /** ${text} */\n  '${name}'?: ${type};`;
}

/** Attributes are text; frameworks write numbers and booleans for the author. @param {string} type */
function attributeType(type) {
  if (type === 'boolean') return "boolean | ''";
  return type === 'number' ? 'number | string' : type.replaceAll('|', ' | ').replaceAll('"', "'");
}

/** @param {import('./element-api.mjs').Attribute} attribute Markdown. */
function sentence({ required, text, default: value }) {
  return `${required ? 'Required. ' : ''}${text}${value ? ` Default: ${value}.` : ''}`;
}

/** @param {string} type @returns {string[] | undefined} The words of a union of words. */
function words(type) {
  return type.startsWith('"') ? type.split('|').map((word) => word.slice(1, -1)) : undefined;
}

/** @param {string} name */
function kebabCase(name) {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/** @param {unknown} data */
function json(data) {
  return `${JSON.stringify(data, null, 2)}\n`;
}
