// The tag in a tag manager: each form as docs/tag-managers.md has it, with and without the data- attributes of scripts, fired
// early, late, twice and after consent. The table there is measured here: WRITE_DOCS=1 writes it.
import { readFileSync, writeFileSync } from 'node:fs';
import { format, resolveConfig } from 'prettier';
import { tagManager } from './cms/systems.mjs';
import { expect, test } from './fixtures.mjs';

/** @typedef {import('./fixtures.mjs').Visitor} Visitor */

const docs = new URL('../../docs/tag-managers.md', import.meta.url);
const file = '/assets/genesys-auth-messenger.js';
const values = ['%DEPLOYMENT_ID%', '%ENVIRONMENT%', '%ISSUER%', '%CLIENT_ID%'];
const names = ['deployment-id', 'environment', 'issuer', 'client-id'];
const written = (prefix = '') => names.map((name, index) => `${prefix}${name}="${values[index]}"`).join(' ');

/** With the values of the local world. */
const recipe = (/<!-- recipe -->\s*```html\n([^]*?)```/.exec(readFileSync(docs, 'utf8'))?.[1] ?? '')
  .replace('https://cdn.brand.example/genesys-auth-messenger.js', file)
  .replace(
    /'…'/g,
    (
      (rest) => () =>
        `'${rest.shift()}'`
    )([...values]),
  );
const script = `<script src="${file}" ${written('data-')} async></script>`;
const place = '<div data-genesys-auth-messenger></div>';

const works = 'works';
const silence = 'no button, and nothing says why';
const unconfigured = 'a button that fails; the console says `configuration/deployment-id`';
const asModule = 'no button; the console says `configuration/module`';

const managers = { keeps: '.', drops: '^(src|type|async|defer|id)$' };

/** @typedef {{title: string, tag: string, body?: string} & Record<keyof typeof managers, string>} Row @type {Row[]} */
const rows = [
  { title: 'The tag above', tag: recipe, keeps: works, drops: works },
  {
    title: 'The element’s own tag and the file, at the end of the page where the manager puts it',
    tag: `<genesys-auth-messenger ${written()}></genesys-auth-messenger><script src="${file}" async></script>`,
    keeps: works,
    drops: works,
  },
  {
    title: 'A script with `data-` attributes and `data-target`',
    tag: script.replace(' async', ' data-target="#header" async'),
    keeps: works,
    drops: silence,
  },
  {
    title: 'A script with `data-` attributes, and a place in the page',
    tag: script.replace(' async', ' data-target="" async'),
    body: place,
    keeps: works,
    drops: unconfigured,
  },
  {
    title: 'A module with `data-` attributes',
    tag: script.replace('<script', '<script type="module"'),
    keeps: asModule,
    drops: silence,
  },
];

/** @param {Visitor} visitor @param {string} body */
async function opens(visitor, body) {
  await visitor.world.site.page(
    '/own.html',
    `<!doctype html><html lang="en"><head><title>By a tag manager</title><link rel="icon" href="/logo.svg"></head>
    <body><header id="header"></header>${body}</body></html>`,
  );
  await visitor.opens('/own.html');
}

for (const { title, tag, body = '', ...outcomes } of rows) {
  for (const [manager, attributes] of Object.entries(managers)) {
    const outcome = outcomes[/** @type {keyof typeof managers} */ (manager)];
    test(`a manager that ${manager} data- attributes. ${title}: ${outcome}`, async ({
      visitor,
      messenger,
      page,
    }) => {
      const loaded = page.waitForEvent('requestfinished', (request) => request.url().endsWith(file));
      await opens(visitor, body + tagManager(attributes)(tag));
      if (outcome === works) {
        await visitor.signsIn();
        await visitor.isSignedIn();
        await messenger.isAuthenticatedAs('Ada Lovelace');
        await expect(visitor.element).toHaveCount(1);
        expect(visitor.console).toEqual([]);
        return;
      }
      await loaded;
      const code = /`(.*)`/.exec(outcome)?.[1];
      const said = code ? [expect.stringContaining(code)] : [];
      await expect.poll(() => visitor.console).toEqual(said);
      await page.waitForLoadState('networkidle');
      expect(visitor.console).toEqual(said);
      if (outcome === unconfigured) await expect(visitor.element).toHaveJSProperty('status', 'failed');
      else await expect(visitor.element).toHaveCount(0);
    });
  }
}

/** A page that asks for consent every time, and the tag waits for it. @param {string} [meanwhile] A script of the page's. */
const consent = (meanwhile = '') =>
  `<button id="agree">I agree</button><script>${meanwhile}</script>
  ${tagManager(managers.drops, "document.getElementById('agree').addEventListener('click', fire)")(recipe)}`;

test.describe('the tag', () => {
  test('fires when the page has loaded, before and after the way to the provider', async ({
    visitor,
    messenger,
  }) => {
    await opens(visitor, tagManager(managers.drops, "addEventListener('load', fire)")(recipe));
    await visitor.signsIn();
    await visitor.isSignedIn();
    await messenger.isAuthenticatedAs('Ada Lovelace');
    await expect(visitor.page).toHaveURL(visitor.world.site.url('/own.html'));
  });

  test('fires again on every change of the history: the button is there once, also after a router', async ({
    visitor,
    page,
  }) => {
    const trigger = "fire(); addEventListener('popstate', fire)";
    await opens(visitor, tagManager(managers.drops, trigger)(recipe));
    await visitor.isSignedOut();
    await page.evaluate(() => dispatchEvent(new PopStateEvent('popstate')));
    await expect(visitor.element).toHaveCount(1);
    await page.evaluate(() => {
      document.querySelector('genesys-auth-messenger')?.remove();
      dispatchEvent(new PopStateEvent('popstate'));
    });
    await visitor.isSignedOut();
    await expect(visitor.element).toHaveCount(1);
    await visitor.signsIn();
    await visitor.isSignedIn();
    expect(visitor.console).toEqual([]);
  });

  for (const [title, meanwhile] of Object.entries({
    'and the answer waits in the address': '',
    'and the answer is found though another script has cleaned the address':
      "history.replaceState(null, '', location.pathname)",
  }))
    test(`waits for consent, which the visitor gives again on the way back, ${title}`, async ({
      visitor,
      messenger,
      page,
      world,
    }) => {
      /** @type {string[]} */
      const foreign = [];
      page.on('request', (request) => {
        if (!request.url().startsWith(world.site.origin)) foreign.push(request.url());
      });
      const agrees = () => page.getByRole('button', { name: 'I agree' }).click();
      await opens(visitor, consent(meanwhile));
      await page.waitForLoadState('networkidle');
      await expect(visitor.element).toHaveCount(0);
      expect(foreign).toEqual([]);

      await agrees();
      await visitor.signsIn();
      await page.waitForURL(/\/own\.html/);
      await expect(visitor.element).toHaveCount(0);
      await agrees();
      await visitor.isSignedIn();
      await messenger.isAuthenticatedAs('Ada Lovelace');
      await expect(page).toHaveURL(world.site.url('/own.html'));
    });
});

test('the table in docs/tag-managers.md says what was measured', async () => {
  const head = ['| Form | `data-` attributes kept | `data-` attributes left behind |', '| --- | --- | --- |'];
  const lines = rows.map(({ title, keeps, drops }) => `| ${title} | ${keeps} | ${drops} |`);
  const before = readFileSync(docs, 'utf8');
  const filled = before.replace(
    /(<!-- forms -->)[^]*(<!-- \/forms -->)/,
    (_, open, close) => `${open}\n\n${[...head, ...lines].join('\n')}\n\n${close}`,
  );
  const after = await format(filled, { ...(await resolveConfig(docs)), filepath: docs.pathname });
  if (process.env.WRITE_DOCS) writeFileSync(docs, after);
  else expect(before).toBe(after);
});
