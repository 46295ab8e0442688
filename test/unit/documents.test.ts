import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';

/** What the documents name: files, headings, pictures, commands and versions. */

const root = new URL('../../', import.meta.url);
const read = (path: string) => readFileSync(new URL(path, root), 'utf8');
const list = (folder: string) =>
  readdirSync(new URL(folder, root), { recursive: true, encoding: 'utf8' }).map((path) => folder + path);
const manifest = JSON.parse(read('package.json'));

const documents = [
  'README.md',
  'CONTRIBUTING.md',
  'SECURITY.md',
  'CHANGELOG.md',
  ...list('docs/').filter((path) => path.endsWith('.md')),
];
const proseOf = (document: string) => read(document).replace(/^ *```[^]*?^ *```$/gm, '');

/** The anchors of a document's headings, as GitHub makes them. */
function anchorsOf(document: string): Set<string> {
  const anchors = new Set<string>();
  for (const [, heading] of proseOf(document).matchAll(/^#+ (.+)$/gm)) {
    const text = heading!.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1').toLowerCase();
    const anchor = text.replace(/[^\p{L}\p{N}_ -]/gu, '').replaceAll(' ', '-');
    let unique = anchor;
    for (let copy = 1; anchors.has(unique); copy++) unique = `${anchor}-${copy}`;
    anchors.add(unique);
  }
  return anchors;
}

interface Link {
  document: string;
  target: string;
  isPicture: boolean;
}

const links: Link[] = documents.flatMap((document) =>
  [...proseOf(document).matchAll(/(!?)\[(?:[^\]]|\]\[)*?\]\(([^)\s]+)\)/g)]
    .filter(([, , target]) => !/^\w+:/.test(target!))
    .map(([, bang, target]) => ({ document, target: target!, isPicture: bang === '!' })),
);
const pathOf = ({ document, target }: Link) =>
  fileURLToPath(new URL(target.split('#')[0] || document.split('/').pop()!, new URL(document, root)));

/** Files of sites and tools, which are not ours. */
const foreign = [
  '.well-known/jwks.json',
  'domains.json',
  'config.json',
  '.vscode/settings.json',
  'own.html',
  'en/own.html',
];

describe('the documents', () => {
  it('tell a reader of README.md the essential in at most 10,240 bytes', () => {
    const { size } = statSync(new URL('README.md', root));
    assert.ok(size <= 10_240, `${size} bytes`);
  });

  it('have more than a hundred links between them', () =>
    assert.ok(links.length > 100, String(links.length)));

  for (const document of documents)
    it(`${document}: every link leads to a file and a heading that are there`, () => {
      const broken = links
        .filter((link) => link.document === document)
        .filter((link) => {
          const path = pathOf(link);
          const anchor = link.target.split('#')[1];
          if (!existsSync(path)) return true;
          return anchor && !anchorsOf(path.slice(fileURLToPath(root).length)).has(anchor);
        })
        .map(({ target }) => target);
      assert.deepEqual(broken, []);
    });

  const folders = ['bench/', 'demo/', 'dist/', 'docs/', 'scripts/', 'src/', 'test/'];
  const files = [...readdirSync(root), ...folders.flatMap(list)];

  for (const document of documents)
    it(`${document}: every file that it names is there`, () => {
      const named = [
        ...proseOf(document).matchAll(/`\/?((?:[\w.*-]+\/)*[\w.*-]+\.(?:[cm]?[jt]sx?|json|md|html|css))`/g),
      ].map(([, name]) => name!.replace(`${manifest.name}/`, 'dist/'));
      const missing = named
        .filter((name) => !foreign.includes(name))
        .filter((name) => {
          const pattern = name.replace(/[.]/g, '\\.').replaceAll('*', '[^/]*');
          return !files.some((file) => new RegExp(`(^|/)${pattern}$`).test(file));
        });
      assert.deepEqual(missing, []);
    });

  it('show every picture of docs/images', () => {
    const shown = new Set(links.filter(({ isPicture }) => isPicture).map(pathOf));
    const pictures = list('docs/images/').map((path) => fileURLToPath(new URL(path, root)));
    assert.deepEqual([...shown].sort(), pictures.sort());
  });

  it('name only commands that package.json has', () => {
    const known = ['start', 'test', ...Object.keys(manifest.scripts).map((name) => `run ${name}`)];
    const named = documents.flatMap((document) =>
      [...read(document).matchAll(/\bnpm (start|test|run [\w:]+)/g)].map(([, name]) => name!),
    );
    assert.ok(named.length > 20);
    assert.deepEqual(
      named.filter((name) => !known.includes(name)),
      [],
    );
  });

  it('name the version of package.json in the address of the file, and the file that CDNs serve', () => {
    const { name, version, jsdelivr } = manifest;
    const addresses = documents.flatMap((document) =>
      [...read(document).matchAll(/https:\/\/cdn\.jsdelivr\.net\/npm\/[^"`\s)]+/g)].map(([found]) => found),
    );
    assert.deepEqual(
      new Set(addresses),
      new Set([`https://cdn.jsdelivr.net/npm/${name}@${version}/${jsdelivr}`]),
    );
  });
});
