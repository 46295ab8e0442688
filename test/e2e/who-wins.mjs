// Which configuration holds in a page, and who may change what until when: the one table of the tests in who-wins.spec.mjs and of
// docs/cms.md (`node test/e2e/who-wins.mjs --write`).
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';

/** @typedef {import('@playwright/test').Page} Page */

/**
 * @typedef {object} Case A page of this kind, and what comes of it.
 * @property {string} does What is true when the test passes.
 * @property {string} body
 * @property {string} [head]
 * @property {(page: Page) => Promise<unknown>} [then] What somebody changes, when the page is there.
 * @property {string[]} shows The status of each element afterwards, in the order of the page, with the code of what failed.
 * @property {number} [press] At which of them the visitor logs in: the first, unless told.
 * @property {string} [holds] Whose configuration the provider is then asked by; nobody presses anything, unless told.
 * @property {RegExp[]} [says] What the console says: nothing, unless told.
 */

/**
 * @typedef {object} Row
 * @property {string} page What is in the page, for the table.
 * @property {string} holds
 * @property {string} changes What can still change.
 * @property {Case[]} cases
 */

const file = '/assets/genesys-auth-messenger.js';

/** Told apart by what the provider is asked for. @param {string} who @param {string} prefix */
const settings = (who, prefix) =>
  Object.entries({
    'deployment-id': '%DEPLOYMENT_ID%',
    environment: '%ENVIRONMENT%',
    issuer: '%ISSUER%',
    'client-id': '%CLIENT_ID%',
    'authorization-params': `login_hint=${who}`,
  })
    .map(([name, value]) => `${prefix}${name}="${value}"`)
    .join(' ');

const script = (who = 'script', more = '') =>
  `<script src="${file}" ${settings(who, 'data-')} ${more}></script>`;
const element = (who = 'element', more = '') =>
  `<genesys-auth-messenger ${settings(who, '')} ${more}></genesys-auth-messenger>`;
const bare = `<script src="${file}"></script>`;
const module = script('script', 'type="module"');
const view = '<genesys-auth-messenger></genesys-auth-messenger>';
const place = '<div data-genesys-auth-messenger></div>';
const main = '<main></main>';

/** Sets properties of an element, counted from 0. @param {number} index @param {Record<string, unknown>} properties */
const sets = (index, properties) => (/** @type {Page} */ page) =>
  page.evaluate(([number, values]) => {
    Object.assign(document.querySelectorAll('genesys-auth-messenger')[number] ?? {}, values);
  }, /** @type {const} */ ([index, properties]));

/** @param {string} selector */
const removes = (selector) => (/** @type {Page} */ page) =>
  page.evaluate((selector) => document.querySelector(selector)?.remove(), selector);

const conflict = 'failed configuration/conflict';
const saysConflict = /configuration\/conflict/;
const saysNothingConfigures =
  /configuration\/deployment-id: .*An element without attributes, and a place, need another tag that configures/;
const saysModule = /configuration\/module/;
const otherDeployment = '00000000-0000-4000-8000-000000000000';

/** @type {Row[]} */
export const rows = [
  {
    page: 'A script that configures',
    holds: "The script's configuration",
    changes:
      'Nothing from outside. Elements without deployment, issuer and client, and places, show its session',
    cases: [
      {
        does: 'elements without a configuration, and places, before and after it show its session',
        body: view + place + main + script('script', 'data-target="main"') + view,
        shows: ['signed-out', 'signed-out', 'signed-out', 'signed-out'],
        holds: 'script',
      },
      {
        does: 'an element that shows its session, and is then configured, is a conflict',
        body: view + script('script', 'data-target=""') + view,
        then: sets(0, { deploymentId: otherDeployment, issuer: 'https://evil.example', clientId: 'evil' }),
        shows: [conflict, 'signed-out'],
        press: 1,
        holds: 'script',
        says: [saysConflict],
      },
    ],
  },
  {
    page: 'A script that configures, and an element with another configuration',
    holds: "The script's",
    changes:
      "The element fails with [`configuration/conflict`](errors.md#configurationconflict) and changes nothing, even after the script's has gone",
    cases: [
      {
        does: 'the element comes first',
        body: element() + script() + view,
        shows: [conflict, 'signed-out', 'signed-out'],
        press: 1,
        holds: 'script',
        says: [saysConflict],
      },
      {
        does: "the script's own element and the script are taken out, and the element changes",
        body: main + script('script', 'data-target="main"') + element() + view,
        then: async (page) => {
          await removes('main')(page);
          await removes('script')(page);
          await sets(0, { prompt: 'login' })(page);
        },
        shows: [conflict, 'signed-out'],
        press: 1,
        holds: 'script',
        says: [saysConflict],
      },
    ],
  },
  {
    page: 'The script twice, with other values',
    holds: 'The first',
    changes: 'The second is `configuration/conflict`',
    cases: [
      {
        does: 'there is one button',
        body: script('first') + script('second'),
        shows: ['signed-out'],
        holds: 'first',
        says: [saysConflict],
      },
    ],
  },
  {
    page: 'An element, and no script that configures',
    holds: "The first element's",
    changes:
      'That element may change deployment and environment until Messenger is loaded, and everything else at any time',
    cases: [
      {
        does: 'how it signs in changes at any time',
        body: bare + element() + view,
        then: sets(0, { authorizationParams: 'login_hint=changed' }),
        shows: ['signed-out', 'signed-out'],
        press: 1,
        holds: 'changed',
      },
      {
        does: 'the deployment changes before Messenger is loaded',
        body: bare + element('element', 'loading="lazy"'),
        then: sets(0, { deploymentId: otherDeployment }),
        shows: ['signed-out'],
        holds: 'element',
      },
      {
        does: 'the deployment cannot change afterwards',
        body: bare + element(),
        then: sets(0, { deploymentId: otherDeployment }),
        shows: [conflict],
        says: [saysConflict],
      },
    ],
  },
  {
    page: 'Two elements with different configurations',
    holds: "The first element's",
    changes: 'The second is `configuration/conflict`, also after the first has been removed',
    cases: [
      {
        does: 'both are there',
        body: bare + element('first') + element('second'),
        shows: ['signed-out', conflict],
        holds: 'first',
        says: [saysConflict],
      },
      {
        does: 'the first is removed, and the second changes',
        body: bare + element('first') + element('second') + view,
        then: async (page) => {
          await removes('genesys-auth-messenger')(page);
          await sets(0, { prompt: 'login' })(page);
        },
        shows: [conflict, 'signed-out'],
        press: 1,
        holds: 'first',
        says: [saysConflict],
      },
    ],
  },
  {
    page: 'Two elements with the same configuration',
    holds: 'Both show one session',
    changes:
      'As for one. When the first changes, the second is `configuration/conflict` until it has changed, too',
    cases: [
      {
        does: 'both sign in',
        body: bare + element() + element(),
        shows: ['signed-out', 'signed-out'],
        press: 1,
        holds: 'element',
      },
      {
        does: 'the first changes',
        body: bare + element() + element(),
        then: sets(0, { authorizationParams: 'login_hint=changed' }),
        shows: ['signed-out', conflict],
        holds: 'changed',
        says: [saysConflict],
      },
      {
        does: 'the first changes, then the second',
        body: bare + element() + element(),
        then: async (page) => {
          await sets(0, { authorizationParams: 'login_hint=changed' })(page);
          await sets(1, { authorizationParams: 'login_hint=changed' })(page);
        },
        shows: ['signed-out', 'signed-out'],
        press: 1,
        holds: 'changed',
        says: [saysConflict],
      },
      {
        does: 'the first is removed',
        body: bare + element() + element(),
        then: removes('genesys-auth-messenger'),
        shows: ['signed-out'],
        holds: 'element',
      },
    ],
  },
  {
    page: 'A script as a module (`type="module"`), which cannot see its own tag',
    holds: 'Elements and properties configure',
    changes: 'The console says so once: [`configuration/module`](errors.md#configurationmodule)',
    cases: [
      { does: 'it is alone', body: module, shows: [], says: [saysModule] },
      {
        does: 'there is a place, which has nothing to show',
        body: place + module,
        shows: ['failed configuration/deployment-id'],
        says: [saysModule, saysNothingConfigures],
      },
      {
        does: 'there is an element, which configures',
        body: element() + module,
        shows: ['signed-out'],
        holds: 'element',
        says: [saysModule],
      },
      {
        does: 'its tag has nothing to say, and nothing is said',
        body: element() + `<script src="${file}" type="module"></script>`,
        shows: ['signed-out'],
        holds: 'element',
      },
    ],
  },
  {
    page: 'A place, and nothing that configures',
    holds: 'Nothing happens',
    changes: 'The console says so once',
    cases: [
      {
        does: 'there are two',
        body: bare + place + place,
        shows: ['failed configuration/deployment-id', 'failed configuration/deployment-id'],
        says: [saysNothingConfigures],
      },
    ],
  },
  {
    page: 'A place with `data-issuer` or any other setting',
    holds: 'As if it had none',
    changes: 'Nothing',
    cases: [
      {
        does: 'a script configures',
        body: `<div data-genesys-auth-messenger ${settings('place', 'data-')}></div>${script('script', 'data-target=""')}`,
        shows: ['signed-out'],
        holds: 'script',
      },
      {
        does: 'nothing configures',
        body: `<div data-genesys-auth-messenger ${settings('place', 'data-')}></div>${bare}`,
        shows: ['failed configuration/deployment-id'],
        says: [saysNothingConfigures],
      },
    ],
  },
  {
    page: 'A script of the page sets a property (`element.issuer = …`)',
    holds: 'As if the attribute had been written on that element',
    changes: 'As for the element',
    cases: [
      {
        does: 'on the element that configures',
        body: bare + element(),
        then: sets(0, { authorizationParams: 'login_hint=property' }),
        shows: ['signed-out'],
        holds: 'property',
      },
      {
        does: "on the script's own element",
        body: script(),
        then: sets(0, { authorizationParams: 'login_hint=property' }),
        shows: ['signed-out'],
        holds: 'property',
      },
    ],
  },
];

const docs = fileURLToPath(new URL('../../docs/cms.md', import.meta.url));

/** What docs/cms.md has to say. */
export async function documentation() {
  const heads = ['In the page', 'What holds', 'What can still change'];
  const lines = [
    heads,
    heads.map(() => '---'),
    ...rows.map(({ page, holds, changes }) => [page, holds, changes]),
  ];
  const table = lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
  const text = (await documented()).replace(
    /(<!-- who wins -->)[^]*(<!-- \/who wins -->)/,
    (_, open, close) => `${open}\n\n${table}\n\n${close}`,
  );
  return format(text, { ...(await resolveConfig(docs)), filepath: docs });
}

/** What it says. */
export const documented = () => readFile(docs, 'utf8');

if (process.argv[1] === fileURLToPath(import.meta.url) && process.argv.includes('--write')) {
  await writeFile(docs, await documentation());
}
