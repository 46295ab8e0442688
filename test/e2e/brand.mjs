// Pages that the brand might have, and what they hear: for stories that the pages of the local world do not tell.
import { Messenger, Visitor } from './fixtures.mjs';

/** @typedef {import('./fixtures.mjs').World} World */
/** @typedef {import('./fixtures.mjs').Page} Page */
/** @typedef {Record<string, string | true | undefined>} Attributes `true` stands for an attribute without a value. */

/**
 * The element as a page's author writes it.
 * @param {Attributes} [attributes] More attributes than the required ones, or other values; `undefined` leaves one out.
 */
export function tag(attributes) {
  /** @type {Attributes} */
  const all = {
    'deployment-id': '%DEPLOYMENT_ID%',
    environment: '%ENVIRONMENT%',
    issuer: '%ISSUER%',
    'client-id': '%CLIENT_ID%',
    ...attributes,
  };
  const written = Object.entries(all).flatMap(([name, value]) => {
    if (value === undefined) return [];
    return value === true ? name : `${name}="${value.replaceAll('&', '&amp;')}"`;
  });
  return `<genesys-auth-messenger ${written.join(' ')}></genesys-auth-messenger>`;
}

export const script = '<script src="/assets/genesys-auth-messenger.js"></script>';

/**
 * A page of the brand's site.
 * @param {World} world
 * @param {string} path
 * @param {string | Attributes} content Its body, or the attributes of the element on it.
 * @param {Record<string, string>} [headers]
 */
export async function addPage(world, path, content, headers) {
  const body = typeof content === 'string' ? content : tag(content) + script;
  const html = `<!doctype html><html lang="en"><link rel="icon" href="data:,"><title>${path}</title><body>${body}</body></html>`;
  await world.site.page(path, html, headers);
  return path;
}

/**
 * Another tab of the same browser.
 * @param {Page} page
 * @param {World} world
 */
export async function anotherTab(page, world) {
  const tab = await page.context().newPage();
  return { page: tab, visitor: new Visitor(tab, world), messenger: new Messenger(tab) };
}

/** @typedef {{page: Page, type: string, detail: any}} Heard */

/**
 * Listens to the element's events in every page of a browser, also across reloads. To be called before the first page.
 * @param {Page} page
 * @returns {Promise<(type?: string, where?: Page) => Heard[]>} What was heard until now, oldest first.
 */
export async function listen(page) {
  /** @type {Heard[]} */
  const heard = [];
  await page.context().exposeBinding('heard', (source, type, detail) => {
    heard.push({ page: /** @type {Page} */ (source.page), type, detail });
  });
  await page.context().addInitScript(() => {
    for (const type of ['signedIn', 'signInFailed', 'loggedOut', 'statusChange']) {
      document.addEventListener(type, (event) => {
        /** @type {any} */ (window).heard(type, /** @type {CustomEvent} */ (event).detail);
      });
    }
  });
  return (type, where) =>
    heard.filter((event) => (!type || event.type === type) && (!where || event.page === where));
}

/** The Messenger snippet as Genesys Cloud prints it. @param {string} deploymentId */
export const snippet = (deploymentId) => `<script>
  (function (g, e, n, es, ys) {
    g['_genesysJs'] = e;
    g[e] = g[e] || function () { (g[e].q = g[e].q || []).push(arguments); };
    g[e].t = 1 * new Date();
    g[e].c = es;
    ys = document.createElement('script');
    ys.async = 1; ys.src = n; ys.charset = 'utf-8';
    document.head.appendChild(ys);
  })(window, 'Genesys', 'http://apps.%ENVIRONMENT%/genesys-bootstrap/genesys.min.js', {
    environment: '%ENVIRONMENT%', deploymentId: '${deploymentId}',
  });
</script>`;
