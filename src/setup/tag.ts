import type { Attributes } from './providers/index.js';

// What the setup page hands out: the tag in its forms.

/** The pasted file. */
export interface File {
  src: string;
  integrity?: string;
}

export type Form = 'script' | 'element' | 'place' | 'tag-manager';

const escaped = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');

const lines = (attributes: Attributes, prefix = '') =>
  Object.entries(attributes).map(([name, value]) => `  ${prefix}${name}${value && `="${escaped(value)}"`}`);

const loading = ({ src, integrity }: File): Attributes => ({
  src,
  ...(integrity ? { integrity, crossorigin: 'anonymous' } : {}),
  async: '',
});

const tag = (name: string, written: string[]) => `<${name}\n${written.join('\n')}\n></${name}>`;

/** A value in a script, which must not end it. */
const literal = (value: string) =>
  `'${value.replace(/[\\']/g, '\\$&').replaceAll('<', '\\x3c').replaceAll('\n', '\\n')}'`;

/**
 * The forms of paste, by what each is for. A place configures nothing, so the script beside it does.
 *
 * @param attributes of the element
 * @param target where the button stands, as a selector; empty: where the script does
 */
export function forms(attributes: Attributes, file: File, target = ''): Record<Form, string> {
  const script = (more: Attributes) =>
    tag('script', lines({ ...loading(file), ...more }).concat(lines(attributes, 'data-')));
  const element = tag('genesys-auth-messenger', lines(attributes));
  return {
    script: script(target ? { 'data-target': target } : {}),
    element: `${element}\n<script${lines(loading(file)).join('').replace(/ {2}/g, ' ')}></script>`,
    place: `${script({ 'data-target': target })}\n\n<div data-genesys-auth-messenger></div>`,
    'tag-manager': tagManager(attributes, file, target),
  };
}

/** Tag managers make scripts anew, and some leave their `data-` attributes behind (docs/cms.md). */
function tagManager(attributes: Attributes, { src, integrity }: File, target: string): string {
  const set = Object.entries(attributes).map(
    ([name, value]) => `    element.setAttribute(${literal(name)}, ${literal(value)});`,
  );
  const digest = integrity
    ? [`    script.integrity = ${literal(integrity)};`, `    script.crossOrigin = 'anonymous';`]
    : [];
  return [
    '<script>',
    '  {',
    `    const element = document.createElement('genesys-auth-messenger');`,
    ...set,
    `    document.querySelector(${literal(target || 'body')})?.append(element);`,
    `    const script = document.createElement('script');`,
    `    script.src = ${literal(src)};`,
    ...digest,
    '    script.async = true;',
    '    document.head.append(script);',
    '  }',
    '</script>',
  ].join('\n');
}
