// The brand's site: its pages, and the built paste file under /assets/.
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beside, besidePage } from './beside.mjs';
import { Faults } from './faults.mjs';
import { Forum } from './forum.mjs';
import { listen } from './loopback.mjs';
import { text } from './provider.mjs';

const pages = new URL('../pages/', import.meta.url);
const dist = new URL('../../dist/', import.meta.url);
/** What the forum filters with in the browser. */
const purify = createRequire(import.meta.url).resolve('dompurify/dist/purify.min.js');

/** @type {Record<string, string>} */
const types = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.map': 'application/json',
  '.svg': 'image/svg+xml',
};

/**
 * @typedef {object} SiteOptions
 * @property {Record<string, string>} values What `%NAME%` in a page stands for.
 * @property {(redirectUri: string) => unknown} [onPage] Told of each page, so that it can be registered as a redirect URI.
 * @property {number} [port] A free one, unless told.
 * @property {string} [host] `brand.localhost`, unless told: another site than the provider's.
 */

/** Its other names: another origin, and one that is not secure. Nobody can own them (RFC 6761 §6.2 and §6.3). */
const aliases = ['cdn.localhost', 'brand.test', 'www.brand.localhost', 'press.localhost'];

/** @param {SiteOptions} options @returns {Promise<LocalSite>} */
export async function startSite(options) {
  const { host = 'brand.localhost', port } = options;
  /** @type {LocalSite | undefined} */
  let site;
  const listener = await listen([host, ...aliases], (...exchange) => site?.handle(...exchange), port);
  site = new LocalSite(listener, { ...options, host });
  const besides = Object.keys(beside).map((name) => `/beside/${name}.html`);
  for (const path of [...Object.keys(titles), ...besides, ...besides.map((path) => old + path)])
    await options.onPage?.(site.url(path));
  return site;
}

/** The pages that come with the world, and what they show. */
export const titles = {
  '/': 'One tag, signs in by redirect',
  '/help.html': 'Another page: the visitor comes back to where they were',
  '/popup.html': 'Signs in in a popup',
  '/step-up.html': 'Chat first, sign in later',
  '/2.2.8.html': 'A region with the old Messenger, 2.2.8',
  '/callback.html': 'One redirect URI for all pages',
  '/beside/': 'Pages that bring Messenger in their own ways',
  '/forum.html': 'Visitors post HTML, through the filter of their choice',
  '/gallery.html': 'Everything that the element can look like',
};

/** Every page under this prefix speaks to the region with the old Messenger. */
const old = '/2.2.8';

/** The site as a test steers it. */
export class LocalSite {
  /** @type {string} */
  origin;
  /** @type {Faults<'page' | 'asset'>} */
  faults = new Faults();
  forum = new Forum();

  #stop;
  #options;
  /** @type {Map<string, string>} */
  #pages = new Map();
  /** @type {Map<string, Record<string, string>>} */
  #headers = new Map();

  /** @param {import('./loopback.mjs').Listener} listener @param {SiteOptions} options */
  constructor({ port, stop }, options) {
    this.origin = `http://${options.host}:${port}`;
    this.#stop = stop;
    this.#options = options;
  }

  /** @param {string} path */
  url(path) {
    return new URL(path, this.origin).href;
  }

  /**
   * Adds a page until the next reset, and registers it as a redirect URI.
   * @param {string} path With a query it is a page of its own, as in systems whose addresses are `/?p=12`.
   * @param {string} html Placeholders such as `%ISSUER%` are filled in.
   * @param {Record<string, string>} [headers]
   * @returns {Promise<string>} Its address.
   */
  async page(path, html, headers) {
    this.#pages.set(path, html);
    if (headers) this.headers(path, headers);
    await this.#options.onPage?.(this.url(path));
    return this.url(path);
  }

  /**
   * Sends more headers with a page, such as a Content-Security-Policy, until the next reset.
   * @param {string} path
   * @param {Record<string, string>} headers
   */
  headers(path, headers) {
    this.#headers.set(path, headers);
  }

  /** Forgets faults, and what tests and visitors have added. */
  reset() {
    this.faults.clear();
    this.forum = new Forum();
    this.#pages.clear();
    this.#headers.clear();
  }

  /** @type {() => Promise<void>} */
  stop() {
    return this.#stop();
  }

  /**
   * @param {import('node:http').IncomingMessage} request
   * @param {import('node:http').ServerResponse} response
   */
  async handle(request, response) {
    const { pathname, search, searchParams } = new URL(request.url ?? '/', this.origin);
    const asset = pathname.startsWith('/assets/');
    if (await this.faults.hit(asset ? 'asset' : 'page', request, response)) return;
    if (pathname === '/forum.html' && request.method === 'POST') {
      const posted = new URLSearchParams(await text(request));
      this.forum.post({ filter: posted.get('filter') ?? '', html: posted.get('comment') ?? '' });
      response.writeHead(303, { location: request.url }).end();
      return;
    }
    const isOld = pathname.startsWith(`${old}/`);
    const plain = isOld ? pathname.slice(old.length) : pathname;
    const path = plain.endsWith('/') ? `${plain}index.html` : plain;
    const content =
      this.#pages.get(pathname + search) ??
      this.#pages.get(pathname) ??
      besidePage(path) ??
      (await this.#file(asset, path));
    if (content === undefined) {
      response.writeHead(404, { 'content-type': 'text/plain' }).end('Not found');
      return;
    }
    const type = types[extname(path)] ?? 'text/html; charset=utf-8';
    response.writeHead(200, {
      'content-type': type,
      'cache-control': 'no-store',
      // The paste file may be asked for from another origin, with `integrity`.
      ...(asset ? { 'access-control-allow-origin': '*' } : {}),
      ...this.#headers.get(pathname),
    });
    if (!type.startsWith('text/html')) return void response.end(content);
    const page = String(content);
    const forum = pathname === '/forum.html';
    response.end(
      forum
        ? this.#filled(this.forum.template(page, searchParams.get('form')), this.forum.values)
        : this.#filled(
            page,
            isOld ? { ENVIRONMENT: this.#options.values.ENVIRONMENT_2_2_8 ?? '' } : undefined,
          ),
    );
  }

  /** @param {boolean} asset @param {string} path */
  async #file(asset, path) {
    if (path === '/purify.js') return readFile(purify);
    const root = asset ? dist : pages;
    const file = new URL(`.${asset ? path.slice('/assets'.length) : path}`, root);
    // An encoded slash is how a path would climb out of the folder after this check.
    if (!file.href.startsWith(root.href) || /%2f/i.test(path)) return undefined;
    return readFile(fileURLToPath(file)).catch(() => undefined);
  }

  /** In one go: what visitors have posted is not filled in. @param {string} html @param {Record<string, string>} [more] */
  #filled(html, more) {
    const values = { ...this.#options.values, ...more };
    return html.replace(/%([A-Z0-9_]+)%/g, (placeholder, name) => values[name] ?? placeholder);
  }
}
