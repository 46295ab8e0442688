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
  vue: 'Vue',
  angular: 'Angular',
  svelte: 'Svelte',
  'hydrated/react': 'React, rendered by a server',
  'hydrated/vue': 'Vue, rendered by a server',
  'hydrated/svelte': 'Svelte, rendered by a server',
});

/** The entries of a page, or of what renders it on a server. */
const entries = {
  page: [
    ...['plain/main.js', 'react/main.jsx', 'vue/main.js', 'angular/main.ts', 'svelte/main.js'],
    ...['hydrated/react/main.jsx', 'hydrated/vue/main.js', 'hydrated/svelte/main.js'],
  ],
  server: ['hydrated/react/server.jsx', 'hydrated/vue/server.js', 'hydrated/svelte/server.js'],
};

/** @type {import('esbuild').BuildOptions} */
const shared = {
  absWorkingDir: folder,
  outbase: folder,
  bundle: true,
  jsx: 'automatic',
  // The frameworks' own builds for development, which warn.
  define: {
    'process.env.NODE_ENV': '"development"',
    __VUE_OPTIONS_API__: 'false',
    __VUE_PROD_DEVTOOLS__: 'false',
    __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: 'false',
  },
  tsconfigRaw: { compilerOptions: { experimentalDecorators: true, useDefineForClassFields: false } },
  nodePaths: [join(root, 'node_modules')],
};

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
      ...shared,
      entryPoints: entries.page,
      outdir: folder,
      splitting: true,
      format: 'esm',
      target: 'es2022',
      write: false,
      plugins: [packed(project), vue(), svelte('client')],
    });
    // As a server does for each visitor, in Node.
    const server = join(project, 'server');
    await build({
      ...shared,
      entryPoints: entries.server,
      outdir: server,
      platform: 'node',
      outExtension: { '.js': '.cjs' },
      plugins: [packed(project), vue({ ssr: true }), svelte('server')],
    });
    const scripts = outputFiles.map(({ path, text }) => [`/frameworks/${relative(folder, path)}`, text]);
    const pages = Object.keys(frameworks).map(async (name) => [
      `/frameworks/${name}/`,
      name.startsWith('hydrated/') ? await hydratedPage(name, server) : await page(name),
    ]);
    return Object.fromEntries([...scripts, ...(await Promise.all(pages))]);
  } finally {
    await rm(project, { recursive: true });
  }
}

/** @param {string} name */
const page = (name) => readFile(join(folder, name, 'index.html'), 'utf8');

/** The page of the framework, with what a server has rendered. @param {string} name @param {string} server */
async function hydratedPage(name, server) {
  const { render } = await import(pathToFileURL(join(server, name, 'server.cjs')).href);
  const own = name.replace('hydrated/', '');
  return (await page(own))
    .replace(`/frameworks/${own}/`, `/frameworks/${name}/`)
    .replace('<div id="app"></div>', `<div id="app">${await render()}</div>`);
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

/** @param {{ssr?: boolean}} [how] @returns {Plugin} */
const vue = ({ ssr = false } = {}) => ({
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
        templateOptions: { compilerOptions, ssr, ssrCssVars: [] },
      });
      return { contents: content };
    });
  },
});

/** @param {'client' | 'server'} generate @returns {Plugin} */
const svelte = (generate) => ({
  name: 'svelte',
  setup(build) {
    build.onLoad({ filter: /\.svelte$/ }, async ({ path }) => {
      const { js } = compile(await readFile(path, 'utf8'), {
        filename: path,
        dev: generate === 'client',
        generate,
      });
      return { contents: js.code };
    });
  },
});
