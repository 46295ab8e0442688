// What the filters of content systems leave of each form of the tag, that a visitor can sign in with it, and that no advice in
// docs/cms.md lets anybody else decide how. The table there is measured here: WRITE_DOCS=1 writes it.
import { readFile, writeFile } from 'node:fs/promises';
import { format, resolveConfig } from 'prettier';
import { systems } from './cms/systems.mjs';
import { expect, test } from './fixtures.mjs';

/** @typedef {import('@playwright/test').Page} Page */
/** @typedef {import('./cms/systems.mjs').System} System */
/** @typedef {'script' | 'element' | 'place'} Form */

const docs = new URL('../../docs/cms.md', import.meta.url);
const attributes = {
  'deployment-id': '%DEPLOYMENT_ID%',
  environment: '%ENVIRONMENT%',
  issuer: '%ISSUER%',
  'client-id': '%CLIENT_ID%',
};
const written = (prefix = '') =>
  Object.entries(attributes)
    .map(([name, value]) => `${prefix}${name}="${value}"`)
    .join(' ');
const file = '/assets/genesys-auth-messenger.js';
const bare = `<script src="${file}" async></script>`;
const configured = `<script src="${file}" ${written('data-')} data-target="" async></script>`;

/** As pasted; what has to come through for it to work; and what the template of the site has beside it. */
const forms = {
  script: {
    pasted: `<script src="${file}" ${written('data-')} async></script>`,
    needs: 'script[data-deployment-id][data-environment][data-issuer][data-client-id]',
    template: '',
  },
  element: {
    pasted: `<genesys-auth-messenger ${written()}></genesys-auth-messenger>`,
    needs: 'genesys-auth-messenger[deployment-id][environment][issuer][client-id]',
    template: bare,
  },
  place: {
    pasted: '<div data-genesys-auth-messenger></div>',
    needs: 'div[data-genesys-auth-messenger]',
    template: configured,
  },
};
const formNames = /** @type {Form[]} */ (Object.keys(forms));

/** @param {string} html @param {Page} page A blank one. */
const parsed = (html, page) =>
  page.evaluate((html) => {
    document.body.replaceChildren(document.createRange().createContextualFragment(html));
    return [...document.body.querySelectorAll('*')].map(({ localName, attributes }) => ({
      tag: localName,
      attributes: [...attributes].map(({ name, value }) => `${name}=${value}`),
    }));
  }, html);

/**
 * @param {System} system @param {Form} form @param {Page} page
 * @returns {Promise<{verdict: 'passes' | 'needs a setting' | 'does not pass', html: string}>}
 */
async function pass(system, form, page) {
  const { pasted, needs } = forms[form];
  const arrives = async (/** @type {string} */ html) => {
    await parsed(html, page);
    return page.evaluate((needs) => !!document.body.querySelector(needs), needs);
  };
  const html = await system.filter(pasted, page);
  if (await arrives(html)) return { verdict: 'passes', html };
  const allowed = form === 'place' ? await system.setting?.filter(pasted, page) : undefined;
  if (allowed && (await arrives(allowed))) return { verdict: 'needs a setting', html: allowed };
  return { verdict: 'does not pass', html };
}

/** @param {string} content @param {string} [template] */
const pageWith = (content, template = '') =>
  `<!doctype html><html lang="en"><head><title>A content system</title><link rel="icon" href="/logo.svg">
  ${template}</head><body><article>${content}</article></body></html>`;

for (const system of systems) {
  for (const form of formNames) {
    test(`${system.name}: the ${form} signs a visitor in if it passes, and is inert if not`, async ({
      visitor,
      messenger,
      page,
    }) => {
      const { verdict, html } = await pass(system, form, page);
      const { template } = forms[form];
      await visitor.world.site.page('/own.html', pageWith(html, template));
      await visitor.opens('/own.html');
      if (verdict === 'does not pass') {
        await page.waitForLoadState('networkidle');
        await expect(visitor.element).toHaveCount(0);
        return;
      }
      await visitor.signsIn();
      await visitor.isSignedIn();
      await messenger.isAuthenticatedAs('Ada Lovelace');
    });
  }
}

test.describe('the settings that are advised', () => {
  const foreign = 'https://evil.example';
  const hostile = [
    `<div data-genesys-auth-messenger onclick="x()" onfocus="x()" style="position:fixed;inset:0" class="x" id="Genesys">x</div>`,
    `<div data-genesys-auth-messenger data-issuer="${foreign}" data-authorization-endpoint="${foreign}/auth" data-silent>x</div>`,
    `<genesys-auth-messenger issuer="${foreign}" authorization-endpoint="${foreign}/auth" onclick="x()" silent></genesys-auth-messenger>`,
    `<script src="${foreign}/x.js"></script><a href="javascript:x()">x</a><img src="x" onerror="x()">`,
  ].join('');

  for (const { name, filter, setting } of systems.filter((system) => system.setting)) {
    test(`${name}: lets the place through, and nothing else that did not pass`, async ({ page }) => {
      const before = await parsed(await filter(hostile, page), page);
      const after = await parsed((await setting?.filter(hostile, page)) ?? '', page);
      const kept = new Set(before.flatMap(({ attributes }) => attributes));
      const added = after
        .flatMap((element) => element.attributes)
        .filter((attribute) => !kept.has(attribute));
      expect(new Set(added)).toEqual(new Set(['data-genesys-auth-messenger=']));
      const tags = after.map(({ tag }) => tag);
      expect(tags.filter((tag) => ['script', 'genesys-auth-messenger'].includes(tag))).toEqual([]);
    });
  }

  for (const system of systems.filter(({ trusts }) => !trusts)) {
    test(`${system.name}: what passes by advice decides nothing about the sign-in`, async ({
      visitor,
      world,
      page,
    }) => {
      const filter = system.setting?.filter ?? system.filter;
      const content = await filter(`${hostile}<div data-genesys-auth-messenger></div>`, page);
      const script = configured.replace('data-target=""', 'data-target="footer"').replace(' async', ' defer');
      await world.site.page(
        '/own.html',
        pageWith(content, script).replace('</body>', '<footer></footer></body>'),
      );
      await visitor.opens('/own.html');
      // By keyboard: what passes some filters covers the page.
      const footer = page.locator('footer');
      const login = footer.getByRole('button', { name: 'Log in', exact: true });
      await expect(login).toBeEnabled();
      await login.press('Enter');
      await visitor.fillsIn('ada');
      await expect(footer.getByRole('button', { name: 'Log out', exact: true })).toBeEnabled();
      expect(world.provider.authorizationRequests).toHaveLength(1);
      expect(world.genesys.log).toMatchObject([{ ok: true, name: 'Ada Lovelace' }]);
      expect(visitor.exceptions).toEqual([]);
    });
  }
});

test('the table in docs/cms.md says what was measured', async ({ page }) => {
  const rows = [];
  /** @type {string[]} */
  const hows = [];
  for (const system of systems) {
    const cells = [];
    for (const form of formNames) cells.push((await pass(system, form, page)).verdict);
    if (system.setting) hows.push(`- **${system.name}:** ${system.setting.how}`);
    rows.push(`| ${[system.name, ...cells, system.source].join(' | ')} |`);
  }
  const head = ['| System | Script | Element | Place | Rules |', '| --- | --- | --- | --- | --- |'];
  const table = `${[...head, ...rows].join('\n')}\n\nThe settings for a place:\n\n${hows.join('\n')}`;

  const before = await readFile(docs, 'utf8');
  const options = { ...(await resolveConfig(docs)), filepath: docs.pathname };
  const after = await format(
    before.replace(
      /(<!-- survival -->)[^]*(<!-- \/survival -->)/,
      (_, open, close) => `${open}\n\n${table}\n\n${close}`,
    ),
    options,
  );
  if (process.env.WRITE_DOCS) await writeFile(docs, after);
  else expect(before).toBe(after);
});
