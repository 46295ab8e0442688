// Names in a page lie (DOM clobbering): an element called like something that a script reads of `document` or `window` stands
// there instead of it. Here is one for every name that a file of ours can read.
import { readdir, readFile } from 'node:fs/promises';
import { expect, test } from './fixtures.mjs';

/** @typedef {import('@playwright/test').Page} Page */

const root = new URL('../../', import.meta.url);

/** @param {string} folder @param {RegExp} files @param {RegExp} pattern @returns {Promise<string[]>} */
async function scan(folder, files, pattern) {
  const found = new Set();
  for (const file of await readdir(new URL(folder, root))) {
    if (!files.test(file)) continue;
    const code = await readFile(new URL(folder + file, root), 'utf8');
    for (const [, name] of code.matchAll(pattern)) found.add(name);
  }
  return [...found].sort();
}

/** `document.x`, `window.x`, `const {x} = document`, bare globals: every word, since a minifier renames what it can. */
const ours = await scan('dist/', /^genesys-auth-messenger.*\.js$/, /(?<![\w$])([A-Za-z_$][\w$]{2,})/g);
/** What Messenger needs of the document: nobody could chat on such a page. Genesys' own snippet appends to the head. */
const messengers = [...(await scan('src/testing/', /\.ts$/, /\bdocument\.(\w+)/g)), 'head'];

/** @type {Record<string, (name: string) => string>} */
const carriers = {
  anchors: (name) => `<a id="${name}">x</a>`,
  pictures: (name) => `<img name="${name}" id="${name}" alt="">`,
  forms: (name) => `<form name="${name}" id="${name}"><input name="src"><input name="value"></form>`,
  objects: (name) => `<object name="${name}" id="${name}"></object>`,
};

/** The names come before the file, and after the element. @param {string[]} names @param {string} carrier */
const pageWith = (names, carrier) => `<!doctype html><html lang="en"><head><title>Names</title>
  <link rel="icon" href="/logo.svg"></head><body>
  <genesys-auth-messenger deployment-id="%DEPLOYMENT_ID%" environment="%ENVIRONMENT%" issuer="%ISSUER%" client-id="%CLIENT_ID%"></genesys-auth-messenger>
  <div hidden>${names.map((name) => carriers[carrier]?.(name)).join('')}</div>
  <script src="/assets/genesys-auth-messenger.js"></script></body></html>`;

/** Playwright's locators, too, read names of the document. @param {Page} page */
const look = (page) =>
  page.evaluate(() => {
    const element = /** @type {any} */ (
      Document.prototype.querySelector.call(document, 'genesys-auth-messenger')
    );
    const { x, y, width, height } = element.getBoundingClientRect();
    const { status, error } = element;
    return { status, code: error?.code, x: x + width / 2, y: y + height / 2 };
  });

/** @param {Page} page @param {string} status */
const shows = (page, status) =>
  // A page that is just being left cannot be asked.
  expect.poll(async () => look(page).catch(() => ({})), { message: 'the element' }).toMatchObject({ status });

/** @param {Page} page */
async function clicks(page) {
  const { x, y } = await look(page);
  await page.mouse.click(x, y);
}

for (const carrier of Object.keys(carriers)) {
  test(`a visitor signs in and out where ${carrier} have every name that is read`, async ({
    visitor,
    world,
    page,
  }) => {
    const names = ours.filter((name) => !messengers.includes(name));
    expect(names).toEqual(expect.arrayContaining(['currentScript', '_genesysJs', 'trustedTypes']));
    await world.site.page('/own.html', pageWith(names, carrier));
    await visitor.opens('/own.html');
    await shows(page, 'signed-out');
    await clicks(page);
    await visitor.fillsIn('ada');
    await page.waitForURL(world.site.url('/own.html'));
    await shows(page, 'signed-in');
    expect(world.genesys.log).toMatchObject([{ ok: true, name: 'Ada Lovelace' }]);
    await clicks(page);
    await shows(page, 'signed-out');
    expect(visitor.exceptions).toEqual([]);
  });
}

test('where a name is taken that Messenger needs, the element works or tells why it does not', async ({
  visitor,
  world,
  page,
}) => {
  /** @type {string[]} */
  const thrown = [];
  page.on('pageerror', ({ stack = '' }) => thrown.push(stack));
  expect(messengers).toEqual(expect.arrayContaining(['body', 'createElement']));
  for (const name of messengers) {
    await world.site.page('/own.html', pageWith([name], 'pictures'));
    await visitor.opens('/own.html');
    const settled = expect.stringMatching(/^(signed-out|failed [\w/-]+)$/);
    const said = async () => {
      const { status, code } = await look(page);
      return code ? `${status} ${code}` : status;
    };
    await expect.poll(said, { message: name }).toEqual(settled);
  }
  expect(thrown.filter((stack) => stack.includes('genesys-auth-messenger'))).toEqual([]);
});
