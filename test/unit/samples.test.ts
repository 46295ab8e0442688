import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { bundler, compileSources } from '../types/compile.js';

const { readElement } = await import(new URL('../../scripts/element-api.mjs', import.meta.url).href);

const root = fileURLToPath(new URL('../../', import.meta.url));

/** Samples that do not have to compile, by `file: first line`, each with the reason. */
const exempt: Record<string, string> = {};

const scripts = ['js', 'jsx', 'ts', 'tsx'];
/** Of these, what stands in their scripts. */
const templates = ['html', 'vue', 'svelte'];
/** Of these there is nothing to compile; without a language stand policies and drawings. */
const others = ['', 'sh', 'css', 'json'];

interface Block {
  file: string;
  /** Of its first line of code. */
  line: number;
  language: string;
  code: string;
  /** The file of the repository that it shows (scripts/docs.mjs). */
  shown?: string | undefined;
}

interface Sample extends Block {
  name: string;
  /** Where it would be, in a project that has installed the package. */
  path: string;
}

function blocksOf(file: string): Block[] {
  const text = readFileSync(root + file, 'utf8');
  return [...text.matchAll(/^( *)```(.*)\n([^]*?)^\1```$/gm)].map(({ index, 2: language, 3: code }) => ({
    file,
    line: text.slice(0, index).split('\n').length + 1,
    language: language!.trim(),
    code: code!,
    shown: /<!-- (test\/examples\/\S+) -->\n\n`.*`\n\n$/.exec(text.slice(0, index))?.[1],
  }));
}

/** What of a block is a script. Scripts with another type than JavaScript's, or of another file, are none. */
function samplesOf(block: Block): Sample[] {
  const { file, line, language, code } = block;
  if (scripts.includes(language)) return [sample(block)];
  if (!templates.includes(language)) return [];
  return [...code.matchAll(/(<script\b([^>]*)>)([^]*?)<\/script>/g)]
    .filter(
      ([, , attributes, script]) =>
        script!.trim() && !/\btype="(?!module|text\/javascript)/.test(attributes!),
    )
    .map(({ index, 1: tag, 2: attributes, 3: script }) =>
      sample({
        file,
        line: line + code.slice(0, index + tag!.length).split('\n').length - 1,
        language: /\blang="ts"/.test(attributes!) ? 'ts' : 'js',
        code: script!,
      }),
    );
}

const sample = (block: Block): Sample => ({
  ...block,
  name: `${block.file}:${block.line} (${block.language})`,
  path: root + (block.shown ?? `samples/${block.file}.${block.line}.${block.language}`),
});

/** Each is a module, on the lines that it has in its file. */
const sources = (samples: readonly Sample[]) =>
  new Map(samples.map(({ path, line, code }) => [path, '\n'.repeat(line - 1) + code]));

const files = [
  'README.md',
  'CONTRIBUTING.md',
  'SECURITY.md',
  ...readdirSync(`${root}docs`, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.md'))
    .map((file) => `docs/${file}`)
    .sort(),
];
const blocks = files.flatMap(blocksOf);
const samples = blocks.flatMap(samplesOf);
const keyOf = ({ file, code }: Block) => `${file}: ${code.trim().split('\n')[0]}`;

/** What the compiler has to find, or the others prove nothing. */
const wrong = [
  `document.addEventListener('signedIn', ({ detail }) => detail.token);`,
  `document.querySelector('genesys-auth-messenger')?.logIn();`,
  `window.Genesys?.('subscribe', 'Auth.error', ({ data }) => data.reason);`,
  `export const chat = <genesys-auth-messenger mode="window" />;`,
].map((code, index) => sample({ file: 'wrong', line: index + 1, language: 'jsx', code }));

describe('the samples of the documentation', () => {
  /** The project that they are in: it has installed the package, with the types of its framework. */
  const project = [
    `${root}samples/project.ts`,
    ['define', 'react', 'vue', 'svelte']
      .map((entry) => `import 'genesys-auth-messenger/${entry}';`)
      .join('\n'),
  ] as const;
  const options = {
    ...bundler,
    moduleDetection: ts.ModuleDetectionKind.Force,
    allowJs: true,
    checkJs: true,
    skipLibCheck: true,
  };
  /** Whole files import each other, and run in Node and where a test runner has globals of its own. */
  const [whole, parts] = [samples.filter(({ shown }) => shown), samples.filter(({ shown }) => !shown)];
  const complaints = [
    ...compileSources(new Map([project, ...sources(wrong), ...sources(parts)]), options),
    ...compileSources(sources(whole), { ...options, types: ['mocha', 'node'] }),
  ];
  const about = (path: string) =>
    complaints.filter(({ file }) => file === path).map(({ line, text }) => `line ${line}: ${text}`);

  for (const sample of samples)
    it(`${sample.name} compiles`, () => {
      if (!(keyOf(sample) in exempt)) assert.deepEqual(about(sample.path), []);
    });

  it('are compiled with the types of the package', () => {
    assert.deepEqual(about(project[0]), []);
    for (const { path, code } of wrong) assert.equal(about(path).length, 1, code);
  });

  it('are all found', () => {
    const fences = files.flatMap((file) => readFileSync(root + file, 'utf8').match(/^ *```/gm) ?? []);
    assert.equal(fences.length, 2 * blocks.length);
    assert.ok(blocks.length > 20 && samples.length > 10);
  });

  it('are of languages that are known', () => {
    const known = [...scripts, ...templates, ...others];
    assert.deepEqual(
      blocks.filter(({ language }) => !known.includes(language)).map(({ file, line }) => `${file}:${line}`),
      [],
    );
  });

  it('are exempt only where there is such a sample', () => {
    const keys = samples.map(keyOf);
    assert.deepEqual(
      Object.keys(exempt).filter((key) => !keys.includes(key)),
      [],
    );
  });

  describe('name only what the element has:', () => {
    const element = readElement();
    const namesOf = (items: { name: string }[]): string[] => items.map(({ name }) => name);
    const attributes = namesOf(element.attributes);
    const anywhere = ['class', 'dir', 'id', 'lang', 'nonce', 'ref', 'slot', '…'];
    const events = namesOf(element.events).flatMap((name) => [
      name,
      name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`),
    ]);
    const properties = [...attributes.map(camelCase), ...namesOf(element.members)];

    /** A template's binding names an attribute, a property or an event. */
    function isKnown(attribute: string): boolean {
      const bound = /^(?:\[(?:attr\.)?([\w-]+)\]|\(([\w-]+)\)|[@:]([\w-]+)(?:\.prop)?|on([\w-]+))$/.exec(
        attribute,
      );
      const name = bound?.slice(1).find(Boolean) ?? attribute;
      const known = bound ? [...attributes, ...properties, ...events] : [...attributes, ...anywhere];
      return known.includes(name);
    }
    const found = (pattern: RegExp) =>
      blocks.flatMap(({ file, line, code }) =>
        [...code.matchAll(pattern)].map(([, name]) => [name!, `${file}:${line}`] as const),
      );
    /** In every tag that a pattern finds. */
    const written = (tag: RegExp) =>
      found(tag).flatMap(([inside, where]) =>
        inside
          .replace(/="[^"]*"|=\{.*\}/g, ' ')
          .split(/[\s/]+/)
          .filter(Boolean)
          .map((name) => [name, where] as const),
      );
    const kinds: [string, (readonly [string, string])[], (name: string) => boolean][] = [
      ['attributes, properties and events', written(/<genesys-auth-messenger\b((?:=>|[^>])*)>/g), isKnown],
      [
        'attributes of the script',
        written(/<script\b([^>]*genesys-auth-messenger\.js[^>]*)>/g).filter(([name]) =>
          name.startsWith('data-'),
        ),
        (name) => [...attributes, 'target', 'consent'].includes(name.slice(5)),
      ],
      [
        'attributes that a script sets',
        found(/element\.setAttribute\('([^']+)'/g),
        (name) => attributes.includes(name),
      ],
      ['slots', found(/\bslot="([^"]*)"/g), (name) => namesOf(element.slots).includes(name)],
      ['parts', found(/::part\(([^)]*)\)/g), (name) => namesOf(element.parts).includes(name)],
      ['states', found(/:state\(([^)]*)\)/g), (name) => namesOf(element.states).includes(name)],
      [
        'custom properties',
        found(/(--genesys-auth-messenger[\w-]*)/g),
        (name) => namesOf(element.cssProperties).includes(name),
      ],
    ];
    for (const [kind, names, isOurs] of kinds)
      it(kind, () => {
        assert.ok(names.length, `no sample has ${kind}`);
        assert.deepEqual(
          names.filter(([name]) => !isOurs(name)),
          [],
        );
      });
  });

  it('are JSON where they say so', () => {
    for (const { language, code } of blocks) if (language === 'json') JSON.parse(code);
  });
});

function camelCase(name: string): string {
  return name.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
}
