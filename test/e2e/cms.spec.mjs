// What is left of each form of paste by the filters of content systems, and that a visitor can sign in with it. The table
// in docs/cms.md is measured here: WRITE_DOCS=1 writes it.
import { readFile, writeFile } from 'node:fs/promises';
import { format, resolveConfig } from 'prettier';
import { systems } from './cms/systems.mjs';
import { expect, test } from './fixtures.mjs';

/** @typedef {import('@playwright/test').Page} Page */
/** @typedef {import('./cms/systems.mjs').System} System */
/** @typedef {'element' | 'placeholder' | 'script'} Form */

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

/** @type {Record<Form, string>} */
const forms = {
  element: `<genesys-auth-messenger ${written()}></genesys-auth-messenger>`,
  placeholder: `<div data-genesys-auth-messenger ${written('data-')}></div>`,
  script: `<script src="${file}" ${written('data-')} async></script>`,
};
const formNames = /** @type {Form[]} */ (Object.keys(forms));

/** Where scripts are filtered, the file comes from the template of the site or from a tag manager. */
const loader = `<script>
  { const script = document.createElement('script'); script.src = '${file}'; document.head.append(script); }
</script>`;

/**
 * @param {System} system @param {Form} form @param {Page} page
 * @returns {Promise<{verdict: 'works' | 'needs a setting' | 'cannot', html: string, how?: string}>}
 */
async function pass(system, form, page) {
  const tag = { element: 'genesys-auth-messenger', placeholder: 'div', script: 'script' }[form];
  const arrives = (/** @type {string} */ html) =>
    page.evaluate(
      async ({ html, tag, names }) => {
        document.body.replaceChildren(document.createRange().createContextualFragment(html));
        const found = document.body.querySelector(`${tag}[${names[0]}]`);
        return names.every((name) => found?.hasAttribute(name));
      },
      {
        html,
        tag,
        names: Object.keys(attributes).map((name) => (form === 'element' ? name : `data-${name}`)),
      },
    );
  const html = await system.filter(forms[form], page);
  if (await arrives(html)) return { verdict: 'works', html };
  const setting = system.settings?.[form];
  const allowed = await setting?.filter(forms[form], page);
  if (allowed && (await arrives(allowed)))
    return { verdict: 'needs a setting', html: allowed, how: setting?.how };
  return { verdict: 'cannot', html };
}

for (const system of systems) {
  for (const form of formNames) {
    test(`${system.name}: ${form}`, async ({ visitor, messenger, page }) => {
      const { verdict, html } = await pass(system, form, page);
      await visitor.world.site.page(
        '/own.html',
        `<!doctype html><html lang="en"><title>A content system</title><link rel="icon" href="/logo.svg">
        <body><article>${html}</article>${form === 'script' ? '' : loader}</body></html>`,
      );
      await visitor.opens('/own.html');
      if (verdict === 'cannot') {
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

test('the table in docs/cms.md says so', async ({ page }) => {
  const rows = [];
  /** @type {string[]} */
  const hows = [];
  for (const system of systems) {
    const cells = [];
    for (const form of formNames) {
      const { verdict, how } = await pass(system, form, page);
      cells.push(verdict);
      if (how) hows.push(`- **${system.name}, ${form}:** ${how}`);
    }
    rows.push(`| ${[system.name, ...cells, system.source].join(' | ')} |`);
  }
  const head = ['| System | element | placeholder | script | Rules |', '| --- | --- | --- | --- | --- |'];
  const table = `${[...head, ...rows].join('\n')}\n\nThe settings:\n\n${hows.join('\n')}`;

  const docs = new URL('../../docs/cms.md', import.meta.url);
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
