// The pages of frameworks, built the way their users build: from the package as npm packs it, not from the sources.
import { cp, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { compile } from 'svelte/compiler';
import { compileScript, parse } from 'vue/compiler-sfc';
import { packedFiles } from '../../scripts/npm.mjs';

/** @typedef {import('esbuild').Plugin} Plugin */

const root = fileURLToPath(new URL('../../', import.meta.url));
const folder = fileURLToPath(new URL('.', import.meta.url));

export const frameworks = /** @type {const} */ ({
  plain: 'HTML',
  react: 'React',
  hydrated: 'React, rendered by a server',
  vue: 'Vue',
  angular: 'Angular',
  svelte: 'Svelte',
});

/**
 * Adds the pages to a site, as `/frameworks/react/` and so on. Needs what `npm run build` has written.
 * @param {import('../world/site.mjs').LocalSite} site
 */
export async function addFrameworkPages(site) {
  const files = await buildFrameworks();
  for (const [path, content] of Object.entries(files)) await site.page(path, content);
}

/** @type {Promise<Record<string, string>> | undefined} */
let built;

/** @returns {Promise<Record<string, string>>} Contents by path. */
export function buildFrameworks() {
  return (built ??= buildNow());
}

/** @returns {Promise<Record<string, string>>} */
async function buildNow() {
  const project = await mkdtemp(join(tmpdir(), 'genesys-auth-messenger-'));
  try {
    await unpackPackage(join(project, 'node_modules/genesys-auth-messenger'));
    const { outputFiles } = await build({
      entryPoints: [
        ...['plain/main.js', 'react/main.jsx', 'hydrated/main.jsx'],
        ...['vue/main.js', 'angular/main.ts', 'svelte/main.js'],
      ],
      absWorkingDir: folder,
      outdir: folder,
      bundle: true,
      splitting: true,
      format: 'esm',
      target: 'es2022',
      jsx: 'automatic',
      write: false,
      // The frameworks' own builds for development, which warn.
      define: {
        'process.env.NODE_ENV': '"development"',
        __VUE_OPTIONS_API__: 'false',
        __VUE_PROD_DEVTOOLS__: 'false',
        __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: 'false',
      },
      tsconfigRaw: { compilerOptions: { experimentalDecorators: true, useDefineForClassFields: false } },
      plugins: [packed(project), vue, svelte],
      nodePaths: [join(root, 'node_modules')],
    });
    const scripts = outputFiles.map(({ path, text }) => [`/frameworks/${relative(folder, path)}`, text]);
    const app = await renderOnServer(project);
    const pages = Object.keys(frameworks).map(async (name) => [
      `/frameworks/${name}/`,
      (await readFile(join(folder, name, 'index.html'), 'utf8')).replace('<!--app-->', app),
    ]);
    return Object.fromEntries([...scripts, ...(await Promise.all(pages))]);
  } finally {
    await rm(project, { recursive: true });
  }
}

/** As a server does for each visitor, in Node. @param {string} project @returns {Promise<string>} */
async function renderOnServer(project) {
  const outfile = join(project, 'server.cjs');
  await build({
    entryPoints: ['hydrated/server.jsx'],
    absWorkingDir: folder,
    outfile,
    bundle: true,
    platform: 'node',
    jsx: 'automatic',
    plugins: [packed(project)],
    nodePaths: [join(root, 'node_modules')],
  });
  return (await import(pathToFileURL(outfile).href)).html;
}

/** @param {string} target */
async function unpackPackage(target) {
  for (const file of packedFiles(root)) await cp(join(root, file), join(target, file));
}

/** Resolves the package as if it were installed in the project. @param {string} project @returns {Plugin} */
function packed(project) {
  return {
    name: 'packed',
    setup(build) {
      build.onResolve({ filter: /^genesys-auth-messenger/ }, ({ path, kind, resolveDir }) =>
        resolveDir === project ? undefined : build.resolve(path, { kind, resolveDir: project }),
      );
    },
  };
}

/** @type {Plugin} */
const vue = {
  name: 'vue',
  setup(build) {
    build.onLoad({ filter: /\.vue$/ }, async ({ path }) => {
      const compilerOptions = {
        isCustomElement: (/** @type {string} */ tag) => tag === 'genesys-auth-messenger',
      };
      const { descriptor } = parse(await readFile(path, 'utf8'), {
        filename: path,
        templateParseOptions: compilerOptions,
      });
      const { content } = compileScript(descriptor, {
        id: 'page',
        inlineTemplate: true,
        templateOptions: { compilerOptions },
      });
      return { contents: content };
    });
  },
};

/** @type {Plugin} */
const svelte = {
  name: 'svelte',
  setup(build) {
    build.onLoad({ filter: /\.svelte$/ }, async ({ path }) => {
      const { js } = compile(await readFile(path, 'utf8'), { filename: path, dev: true });
      return { contents: js.code };
    });
  },
};
