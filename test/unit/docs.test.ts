import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const root = new URL('../../', import.meta.url);
const read = (path: string) => readFileSync(new URL(path, root), 'utf8');
const { readElement } = await import(new URL('scripts/element-api.mjs', root).href);
const pages = await import(new URL('test/e2e/pages.mjs', root).href);
const whoWins = await import(new URL('test/e2e/who-wins.mjs', root).href);

test('the tables of the documentation say what the code says', () => {
  const script = fileURLToPath(new URL('scripts/docs.mjs', root));
  const { status, stderr } = spawnSync(process.execPath, [script, '--check'], { encoding: 'utf8' });
  assert.equal(status, 0, stderr);
});

test('docs/pages.md is the table of the end-to-end tests', async () => {
  assert.equal(await pages.documented(), await pages.documentation(), 'Run: node test/e2e/pages.mjs --write');
});

test('who wins in docs/cms.md is the table of the end-to-end tests', async () => {
  const written = 'Run: node test/e2e/who-wins.mjs --write';
  assert.equal(await whoWins.documented(), await whoWins.documentation(), written);
});

test('every attribute that the element observes is documented, and no other', () => {
  const { attributes, observedAttributes } = readElement();
  const documented = attributes.map(({ name }: { name: string }) => name);
  // Refused, so not offered.
  assert.deepEqual([...documented, 'client-secret'].sort(), [...observedAttributes].sort());
});

test('every custom property is documented with the default that the style sheet has', () => {
  const used = [read('src/element/styles.ts'), read('src/words/styles.ts')]
    .join('\n')
    .matchAll(/var\((--[\w-]+), ([^)]+)\)/g);
  const documented = readElement().cssProperties.map(({ name, default: value }: Record<string, string>) => [
    name,
    value,
  ]);
  // One may be used twice, with one default.
  const defaults = new Set([...used].map(([, name, value]) => `${name}: ${value}`));
  assert.deepEqual(documented.map((pair: string[]) => pair.join(': ')).sort(), [...defaults].sort());
});

test('every status is documented as a custom state', () => {
  const union = /export type Status = ([^;]+);/.exec(read('src/session/facts.ts'))?.[1] ?? '';
  const documented = readElement().states.map(({ name }: { name: string }) => `'${name}'`);
  assert.deepEqual(documented.sort(), union.split(' | ').sort());
});

test('every event has both of its names in its description', () => {
  for (const { name, text } of readElement().events) {
    const kebab = name.replace(/[A-Z]/g, (letter: string) => `-${letter.toLowerCase()}`);
    assert.match(text, new RegExp(`Also \`${kebab}\`\\.$`), name);
  }
});

test('a documentation block is read as its author means it', () => {
  const api = readElement(`
    /**
     * Says
     * hello.
     *
     * @tag x-hello
     * @attr {string} to-whom - Required. The person.
     * @attr {"loud"|"quiet"} voice - How loud. Default: \`quiet\`. Ears differ.
     * @attr {boolean} twice - Again.
     * @fires {CustomEvent<{words: {text: string}[]}>} said - It was said - aloud.
     * @cssprop [--x-hello-color=rgb(0 0 0 / 50%)] - The ink.
     */
    export class Hello extends Base {
      static override readonly observedAttributes = ['to-whom', 'voice', 'twice'];
      /** Mirrors an attribute. */
      declare voice?: string;
      /** Called with the answer. */
      declare answer?: Answer;
      /** How it goes. */
      declare readonly state: State;
      /** Not to be seen. */
      #secret = 1;
      /** @internal */
      show(): void {}
      /** From the base. */
      override connectedCallback(): void {}
      /** Says it. */
      say(words: string, times = 1): Promise<void> {}
      undocumented(): void {}
    }`);
  assert.deepEqual(api, {
    tagName: 'x-hello',
    className: 'Hello',
    text: 'Says hello.',
    attributes: [
      { name: 'to-whom', property: 'toWhom', type: 'string', required: true, text: 'The person.' },
      {
        name: 'voice',
        property: 'voice',
        type: '"loud"|"quiet"',
        required: false,
        default: '`quiet`',
        text: 'How loud. Ears differ.',
      },
      { name: 'twice', property: 'twice', type: 'boolean', required: false, text: 'Again.' },
    ],
    observedAttributes: ['to-whom', 'voice', 'twice'],
    members: [
      {
        kind: 'property',
        name: 'answer',
        type: 'Answer | undefined',
        readonly: false,
        text: 'Called with the answer.',
      },
      { kind: 'property', name: 'state', type: 'State', readonly: true, text: 'How it goes.' },
      {
        kind: 'method',
        name: 'say',
        type: '(words: string, times = 1): Promise<void>',
        readonly: true,
        text: 'Says it.',
      },
    ],
    events: [
      {
        name: 'said',
        type: 'CustomEvent<{words: {text: string}[]}>',
        text: 'It was said - aloud.',
      },
    ],
    slots: [],
    parts: [],
    cssProperties: [{ name: '--x-hello-color', default: 'rgb(0 0 0 / 50%)', text: 'The ink.' }],
    states: [],
  });
});
