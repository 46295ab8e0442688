// What the element offers, read from its source: the documentation block above the class and the class's own members.
// Tables, editor files and types are all written from what comes out here.
import { readFileSync } from 'node:fs';
import ts from 'typescript';

/**
 * @typedef {object} Attribute
 * @property {string} name
 * @property {string} property The same in camelCase.
 * @property {string} type A TypeScript type.
 * @property {boolean} required
 * @property {string} [default] Markdown.
 * @property {string} text Markdown.
 */

/**
 * @typedef {object} Member A property or method that is no attribute's mirror.
 * @property {'property' | 'method'} kind
 * @property {string} name
 * @property {string} type A TypeScript type; a method's parameters and result.
 * @property {boolean} readonly
 * @property {string} text Markdown.
 */

/**
 * @typedef {object} Item A slot, part, custom property, state or event.
 * @property {string} name
 * @property {string} [type] An event's TypeScript type.
 * @property {string} [default] A custom property's value when it is not set.
 * @property {string} text Markdown.
 */

/**
 * @typedef {object} ElementApi
 * @property {string} tagName
 * @property {string} className
 * @property {string} text Markdown.
 * @property {Attribute[]} attributes As documented.
 * @property {string[]} observedAttributes As the code observes them, documented or not.
 * @property {Member[]} members
 * @property {Item[]} events
 * @property {Item[]} slots
 * @property {Item[]} parts
 * @property {Item[]} cssProperties
 * @property {Item[]} states
 */

const elementFile = new URL('../src/element/element.ts', import.meta.url);

/**
 * @param {string} [source] TypeScript; the element's, unless told.
 * @returns {ElementApi} Of the class that has a documentation block with `@tag`.
 */
export function readElement(source = readFileSync(elementFile, 'utf8')) {
  const file = ts.createSourceFile('element.ts', source, ts.ScriptTarget.Latest, true);
  const element = file.statements.filter(ts.isClassDeclaration).find((found) => tagsOf(found, 'tag').length);
  if (!element?.name) throw new Error('No class has a documentation block with @tag');
  const items = (/** @type {string} */ tag) => tagsOf(element, tag).map(readItem);
  return {
    tagName: /** @type {string} */ (tagsOf(element, 'tag')[0]),
    className: element.name.text,
    text: blockText(element),
    attributes: items('attr').map(readAttribute),
    observedAttributes: attributesOf(element),
    members: readMembers(element),
    events: items('fires'),
    slots: items('slot'),
    parts: items('csspart'),
    cssProperties: items('cssprop'),
    states: items('cssstate'),
  };
}

/** `{type} name - text`, or `[name=default] - text`. @param {string} written @returns {Item} */
function readItem(written) {
  const parts = /^(?:\{(?<type>.*?)\}\s+)?(?:\[(?<pair>[^\]]+)\]|(?<name>\S+))\s+-\s+(?<text>.+)$/.exec(
    written,
  );
  if (!parts?.groups) throw new Error(`Not "{type} name - text": ${written}`);
  const { type, pair, name, text = '' } = parts.groups;
  const [key = '', ...value] = (pair ?? name ?? '').split('=');
  return { name: key, ...(type && { type }), ...(pair && { default: value.join('=') }), text };
}

/** A leading `Required.` and a sentence `Default: ….` are facts, the rest is text. @param {Item} item @returns {Attribute} */
function readAttribute({ name, type = 'string', text }) {
  const required = text.startsWith('Required. ');
  const sentence = / ?Default: (.+?)\.(?= |$)/;
  const fallback = sentence.exec(text)?.[1];
  return {
    name,
    property: camelCase(name),
    type,
    required,
    ...(fallback && { default: fallback }),
    text: text.replace(/^Required\. /, '').replace(sentence, ''),
  };
}

/**
 * Public members with a documentation block of their own, attributes aside.
 * @param {ts.ClassDeclaration} element
 * @returns {Member[]}
 */
function readMembers(element) {
  const attributes = attributesOf(element).map(camelCase);
  return element.members
    .filter((member) => isPublic(member) && !attributes.includes(member.name?.getText() ?? ''))
    .flatMap((member) => readMember(member) ?? []);
}

/** @param {ts.ClassElement} member @returns {Member | undefined} */
function readMember(member) {
  const text = blockText(member);
  if (!text) return undefined;
  if (ts.isMethodDeclaration(member)) {
    const parameters = member.parameters.map((parameter) => parameter.getText()).join(', ');
    const type = `(${parameters}): ${member.type?.getText() ?? 'void'}`;
    return { kind: 'method', name: member.name.getText(), type, readonly: true, text };
  }
  if (ts.isPropertyDeclaration(member)) {
    const type = `${member.type?.getText() ?? 'unknown'}${member.questionToken ? ' | undefined' : ''}`;
    const readonly = hasModifier(member, ts.SyntaxKind.ReadonlyKeyword);
    return { kind: 'property', name: member.name.getText(), type, readonly, text };
  }
  return undefined;
}

/** @param {ts.ClassDeclaration} element @returns {string[]} By its `static observedAttributes`. */
function attributesOf(element) {
  const { initializer } =
    element.members
      .filter(ts.isPropertyDeclaration)
      .find(({ name }) => name.getText() === 'observedAttributes') ?? {};
  if (!initializer || !ts.isArrayLiteralExpression(initializer)) return [];
  return initializer.elements.filter(ts.isStringLiteral).map(({ text }) => text);
}

/** @param {ts.ClassElement} member */
function isPublic(member) {
  const hidden = [
    ts.SyntaxKind.StaticKeyword,
    ts.SyntaxKind.PrivateKeyword,
    ts.SyntaxKind.ProtectedKeyword,
    ts.SyntaxKind.OverrideKeyword,
  ];
  const { name } = member;
  if (!name || ts.isPrivateIdentifier(name)) return false;
  return !hidden.some((kind) => hasModifier(member, kind)) && !tagsOf(member, 'internal').length;
}

/** @param {ts.ClassElement} member @param {ts.SyntaxKind} kind */
function hasModifier(member, kind) {
  return ts.canHaveModifiers(member) && (ts.getModifiers(member) ?? []).some((found) => found.kind === kind);
}

/** @param {ts.Node} node @param {string} name @returns {string[]} The texts of the tags with this name. */
function tagsOf(node, name) {
  return ts
    .getJSDocTags(node)
    .filter((tag) => tag.tagName.text === name)
    .map((tag) => oneLine(ts.getTextOfJSDocComment(tag.comment)));
}

/** @param {ts.Node} node @returns {string} The documentation block without its tags. */
function blockText(node) {
  const block = ts.getJSDocCommentsAndTags(node).filter(ts.isJSDoc).at(-1);
  return oneLine(ts.getTextOfJSDocComment(block?.comment));
}

/** @param {string} [text] */
function oneLine(text = '') {
  return text.replace(/\s+/g, ' ').trim();
}

/** @param {string} name */
function camelCase(name) {
  return name.replace(/-(.)/g, (_, letter) => letter.toUpperCase());
}
