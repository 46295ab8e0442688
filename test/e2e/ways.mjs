// The table of what happens to whom: each row is a test (ways.spec.mjs) and a line of docs/ways.md.
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { format } from 'prettier';

/**
 * @typedef {object} Way
 * @property {'none' | 'provider' | 'messenger'} session Where the visitor has a session already.
 * @property {'redirect' | 'popup'} mode
 * @property {boolean} silent
 * @property {boolean} cookies Whether the browser allows third-party cookies.
 * @property {'restored' | 'signed-in' | 'button'} first What the visitor finds on the page.
 * @property {boolean} framed Whether a hidden frame asks the provider before that.
 * @property {'asked' | 'known'} [click] What the provider does after a click: it asks for the password, or it knows them.
 */

const modes = /** @type {const} */ (['redirect', 'popup']);
const eitherWay = [false, true];

/** @type {Way[]} */
export const ways = [
  // Nobody knows the visitor: whatever is tried, the login button is what they see.
  .../** @type {const} */ ([
    { silent: false, cookies: false, framed: false },
    { silent: false, cookies: true, framed: false },
    { silent: true, cookies: false, framed: true },
    { silent: true, cookies: true, framed: true },
  ]).flatMap((row) =>
    modes.map(
      (mode) => /** @type {Way} */ ({ session: 'none', mode, ...row, first: 'button', click: 'asked' }),
    ),
  ),
  // The provider knows them: where a frame can ask it, no click is needed.
  .../** @type {const} */ ([
    { silent: false, cookies: false, framed: false, first: 'button', click: 'known' },
    { silent: false, cookies: true, framed: false, first: 'button', click: 'known' },
    { silent: true, cookies: false, framed: true, first: 'button', click: 'known' },
    { silent: true, cookies: true, framed: true, first: 'signed-in' },
  ]).flatMap((row) => modes.map((mode) => /** @type {Way} */ ({ session: 'provider', mode, ...row }))),
  // Messenger knows them: the provider is not asked for anything.
  ...eitherWay.flatMap((silent) =>
    eitherWay.flatMap((cookies) =>
      modes.map(
        (mode) =>
          /** @type {Way} */ ({
            session: 'messenger',
            mode,
            silent,
            cookies,
            framed: false,
            first: 'restored',
          }),
      ),
    ),
  ),
];

/** @param {Way} way The row's name, which is the test's. */
export const nameOf = ({ session, mode, silent, cookies }) =>
  [sessions[session], mode, silent ? 'silent' : 'not silent', `third-party cookies ${allowed(cookies)}`].join(
    ', ',
  );

const sessions = {
  none: 'no session',
  provider: 'session at the provider',
  messenger: 'session in Messenger',
};

const firsts = {
  button: 'the login button',
  'signed-in': 'the visitor is signed in, without a click',
  restored: 'the visitor is signed in (`signedIn`, `restored: true`); the provider is not asked',
};

const clicks = {
  redirect: {
    asked: "the provider's login page, in place of this page; then back, signed in",
    known: 'to the provider and straight back, signed in',
  },
  popup: {
    asked: "the provider's login page in a popup; signed in, this page stays",
    known: 'a popup that closes by itself; signed in, this page stays',
  },
};

/** @param {boolean} cookies */
const allowed = (cookies) => (cookies ? 'allowed' : 'blocked');

/** The page of the documentation. @returns {Promise<string>} */
export async function document() {
  const rows = ways.map(({ session, mode, silent, cookies, first, framed, click }) => [
    sessions[session],
    mode,
    silent ? 'yes' : 'no',
    allowed(cookies),
    framed && first === 'button' ? `${firsts[first]}, after a hidden frame that found nobody` : firsts[first],
    click ? clicks[mode][click] : '—',
  ]);
  const heads = [
    'Session',
    '`mode`',
    '`silent`',
    'Third-party cookies',
    'The visitor finds',
    'After a click',
  ];
  const table = [heads, heads.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');
  return format(
    `# Every way to sign in

What a visitor finds on a page with the element, and what a click on the login button does. Written by \`node test/e2e/ways.mjs --write\`; every row is an end-to-end test (\`test/e2e/ways.spec.mjs\`) against a real provider in a real browser.

${table}

When a hidden frame has found nobody, the element opens no other in the same tab until the visitor has signed in by a click. Then it tries once more. If that frame finds nobody either, the browser blocks third-party cookies, and the element opens no more frames in this tab.
`,
    { parser: 'markdown', printWidth: 110, singleQuote: true },
  );
}

export const path = fileURLToPath(new URL('../../docs/ways.md', import.meta.url));

/** What stands in the documentation now. */
export const written = () => readFileSync(path, 'utf8');

if (process.argv[1] === fileURLToPath(import.meta.url) && process.argv.includes('--write')) {
  writeFileSync(path, await document());
}
