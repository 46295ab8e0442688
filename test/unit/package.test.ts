import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync } from 'node:zlib';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { packedFiles } from '../../scripts/npm.mjs';

const root = fileURLToPath(new URL('../../', import.meta.url));
const read = (path: string) => readFileSync(root + path);
const manifest = JSON.parse(read('package.json').toString());
const entries = ['.', './define', './testing', './react'];

/** As `npm run build` has left it. */
describe('the package', () => {
  it('is what publint calls good', async () => {
    const { messages } = await publint({ pkgDir: root, strict: true });
    assert.deepEqual(
      messages.map((message) => formatMessage(message, manifest)),
      [],
    );
  });

  it('holds what its entries name, and neither sources, tests nor the demo', () => {
    const packed = packedFiles(root);
    const others = packed.filter((path) => !/^dist\/[\w./-]+\.(js|d\.ts|json)$/.test(path));
    assert.deepEqual(others.filter((path) => !/^docs\/[\w/-]+\.md$/.test(path)).sort(), [
      'CHANGELOG.md',
      'LICENSE',
      'README.md',
      'SECURITY.md',
      'dist/setup/index.html',
      'dist/setup/setup.css',
      'package.json',
    ]);
    assert.deepEqual(
      packed.filter((path) => /test\.|spec\.|(^|\/)demo\//.test(path)),
      [],
    );
    for (const path of named(manifest.exports)) {
      assert.ok(packed.includes(path.replace('./', '')), `${path} is not in the package`);
    }
    for (const field of ['customElements', 'web-types', 'unpkg', 'jsdelivr']) {
      assert.ok(packed.includes(manifest[field]), `${field} names ${manifest[field]}`);
    }
  });

  for (const entry of entries) {
    it(`${entry} imports in Node, where there is no window`, () => {
      const specifier = entry.replace('.', manifest.name);
      const program = `await import('${specifier}'); if ('document' in globalThis) throw Error('a document')`;
      execFileSync(process.execPath, ['--input-type=module', '--eval', program], {
        cwd: root,
        stdio: 'pipe',
      });
    });
  }

  it('leaves its dependencies outside', () => {
    const imported = readdirSync(`${root}dist`, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.js') && !/genesys(-auth-messenger.*|\.min)\.js$/.test(file))
      .flatMap((file) => [
        ...read(`dist/${file}`)
          .toString()
          .matchAll(/(?:from|import) ['"]([^.'"][^'"]*)['"]/g),
      ])
      .map(([, specifier]) => specifier);
    const outside = { ...manifest.dependencies, ...manifest.peerDependencies };
    assert.deepEqual([...new Set(imported)].sort(), Object.keys(outside).sort());
  });

  it('says which files do something when they are imported', () => {
    assert.deepEqual(manifest.sideEffects, ['./dist/define.js', './dist/genesys-auth-messenger*.js']);
  });
});

describe('the files that pages load', () => {
  const loaded = readdirSync(`${root}dist`).filter((file) => /^genesys-auth-messenger.*\.js$/.test(file));
  const languages = readdirSync(`${root}dist/genesys-auth-messenger.languages`);
  const all = [...loaded, ...languages.map((file) => `genesys-auth-messenger.languages/${file}`)];

  it('have their digests in integrity.json', () => {
    const digests = all.map((file) => [
      file,
      `sha384-${createHash('sha384')
        .update(read(`dist/${file}`))
        .digest('base64')}`,
    ]);
    assert.deepEqual(JSON.parse(read('dist/integrity.json').toString()), Object.fromEntries(digests));
  });

  it('have their sizes in size.json, within the budget', () => {
    const { total, 'to sign in': toSignIn, ...sizes } = JSON.parse(read('dist/size.json').toString());
    const size = (file: string) => brotliCompressSync(read(`dist/${file}`)).length;
    const isOfLanguages = (file: string) => /\.(words|languages\/.*)\.js$/.test(file);
    const measured = all.filter((file) => !isOfLanguages(file)).map((file) => [file, size(file)]);
    const ofLanguages = all.filter(isOfLanguages);
    assert.deepEqual(sizes, {
      ...Object.fromEntries(measured),
      [`${ofLanguages.length} files of languages, apart`]: ofLanguages.reduce(
        (sum, file) => sum + size(file),
        0,
      ),
    });
    assert.equal(
      total,
      measured.reduce((sum, [, size]) => sum + Number(size), 0),
    );
    assert.ok(sizes['genesys-auth-messenger.js'] <= 15_360);
    assert.ok(toSignIn <= 21_504);
    assert.ok(total <= 32_768);
  });

  it('have nothing in them that could redeem a code', () => {
    for (const file of loaded) {
      const redeeming = /grant_type|authorization_code|token_endpoint|client_assertion/;
      assert.doesNotMatch(read(`dist/${file}`).toString(), redeeming, file);
    }
  });

  it('ask for no part that is not there, or of which they do not know the digest', () => {
    const askedBy = (file: string) => [
      ...read(`dist/${file}`)
        .toString()
        .matchAll(/"?([\w-]+)"?:"sha256-([^"]{44})"/g),
    ];
    const pasted = askedBy('genesys-auth-messenger.js');
    const words = askedBy('genesys-auth-messenger.words.js');
    assert.deepEqual(
      pasted.map(([, part]) => part),
      ['sign-in', 'words'],
    );
    assert.equal(pasted.length + words.length, loaded.length - 1 + languages.length);
    for (const [, part, digest] of [...pasted, ...words]) {
      const folder = languages.includes(`${part}.js`) ? 'languages/' : '';
      const file = read(`dist/genesys-auth-messenger.${folder}${part}.js`);
      assert.equal(createHash('sha256').update(file).digest('base64'), digest, part);
    }
  });
});

/** Every path that an `exports` field names. */
function named(exports: unknown): string[] {
  return typeof exports === 'string' ? [exports] : Object.values(exports as object).flatMap(named);
}
