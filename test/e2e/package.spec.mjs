// The package as npm makes it from a fresh copy of the repository, and an empty project that installs it.
import { createHash } from 'node:crypto';
import { cp, mkdtemp, readFile, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { unzipSync } from 'fflate';
import { npm, packedFiles } from '../../scripts/npm.mjs';
import { expect, test } from './fixtures.mjs';

const root = fileURLToPath(new URL('../../', import.meta.url));
/** @type {{devDependencies: Record<string, string>}} */
const { devDependencies } = JSON.parse(await readFile(`${root}package.json`, 'utf8'));

/** A copy of the repository, without anything that a build has left. */
let copy = '';
/** A Vite project that has installed what was packed from it. */
let project = '';

test.describe.configure({ mode: 'serial' });

test.beforeAll(async () => {
  test.setTimeout(240_000);
  copy = await mkdtemp(join(tmpdir(), 'copy-'));
  const made = new Set(
    ['.git', 'node_modules', 'dist', 'release', 'test-results'].map((name) => join(root, name)),
  );
  await cp(root, copy, { recursive: true, filter: (path) => !made.has(path) });
  await symlink(join(root, 'node_modules'), join(copy, 'node_modules'));
  project = await mkdtemp(join(tmpdir(), 'shop-'));
});

test.afterAll(async () => {
  for (const folder of [copy, project]) await rm(folder, { recursive: true, force: true });
});

/** @param {string[]} args @param {string} cwd */
const quietly = (args, cwd) => npm(args, { cwd, stdio: ['ignore', 'pipe', 'pipe'] });

test('npm pack builds a fresh copy of the repository; another folder builds the same bytes', async () => {
  test.setTimeout(240_000);
  quietly(['pack', '--pack-destination', project], copy);
  const packed = packedFiles(copy);
  expect(packed).toEqual(packedFiles(root));
  for (const file of packed)
    expect((await readFile(join(copy, file))).equals(await readFile(join(root, file))), file).toBe(true);
});

test('a release attaches whatever a site publishes, as the package has it, and says which tag to paste', async () => {
  test.setTimeout(240_000);
  const { version } = JSON.parse(await readFile(join(copy, 'package.json'), 'utf8'));
  const changelog = await readFile(join(copy, 'CHANGELOG.md'), 'utf8');
  await writeFile(join(copy, 'CHANGELOG.md'), changelog.replace('[Unreleased]', `[${version}]`));
  quietly(['run', 'release'], copy);

  const release = join(copy, 'release');
  const zip = unzipSync(await readFile(join(release, `genesys-auth-messenger-${version}.zip`)));
  const integrity = JSON.parse(await readFile(join(root, 'dist/integrity.json'), 'utf8'));
  expect(Object.keys(zip).sort()).toEqual(
    [
      ...['LICENSE', 'integrity.json', 'setup/index.html', 'setup/setup.css', 'setup/setup.js'],
      ...Object.keys(integrity),
    ].sort(),
  );
  for (const [file, digest] of Object.entries(integrity))
    expect(
      `sha384-${createHash('sha384')
        .update(zip[file] ?? '')
        .digest('base64')}`,
      file,
    ).toBe(digest);
  expect(String(Buffer.from(zip['setup/setup.js'] ?? ''))).not.toMatch(/\bfrom ?"/);
  const notes = await readFile(join(release, 'notes.md'), 'utf8');
  expect(notes).toContain(`@${version}/dist/genesys-auth-messenger.js"`);
  expect(notes).toContain(`integrity="${integrity['genesys-auth-messenger.js']}"`);
});

test('npm pack refuses a package that lacks a file which it promises', async () => {
  test.setTimeout(240_000);
  const manifest = await readFile(join(copy, 'package.json'), 'utf8');
  await writeFile(join(copy, 'package.json'), manifest.replace('./dist/index.js', './dist/missing.js'));
  expect(() => quietly(['pack', '--pack-destination', copy], copy)).toThrow('dist/missing.js');
});

test('a developer installs it in an empty Vite project, hears signedIn with its type, and a visitor signs in', async ({
  page,
  visitor,
  messenger,
  world,
}) => {
  test.setTimeout(240_000);
  const [tarball] = (await readdir(project)).filter((file) => file.endsWith('.tgz'));
  for (const file of ['index.html', 'main.ts', 'tsconfig.json'])
    await cp(new URL(`package/${file}`, import.meta.url), join(project, file));
  await writeFile(
    join(project, 'package.json'),
    JSON.stringify({ name: 'shop', private: true, type: 'module' }),
  );
  const tools = ['vite', 'typescript'].map((name) => `${name}@${devDependencies[name]}`);
  quietly(['install', '--prefer-offline', `./${tarball}`, ...tools], project);
  quietly(['exec', '--', 'tsc', '--noEmit'], project);
  quietly(['exec', '--', 'vite', 'build', '--base', '/shop/'], project);

  const built = await readdir(join(project, 'dist'), { recursive: true, withFileTypes: true });
  for (const file of built.filter((entry) => entry.isFile())) {
    const path = join(file.parentPath, file.name);
    const address = path.replace(join(project, 'dist'), '/shop').replace('index.html', '');
    await world.site.page(address, await readFile(path, 'utf8'));
  }
  await visitor.opens('/shop/');
  await visitor.signsIn();
  await messenger.isAuthenticatedAs('Ada Lovelace');
  await expect(page.locator('#said')).toHaveText('signed in, not restored');
  expect(visitor.redeemed).toHaveLength(1);
});
