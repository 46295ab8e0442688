// Under the strictest Content-Security-Policy, as docs/csp.md gives it: no violation from load to logout.
import { strictPolicy } from '../../scripts/policy.mjs';
import { expect, test } from './fixtures.mjs';

/** @typedef {import('./fixtures.mjs').World} World */

const nonce = 'c3RyaWN0';
const file = '/assets/genesys-auth-messenger.js';
const script = `<script nonce="${nonce}" src="${file}"></script>`;
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
const element = (more = '') => `<genesys-auth-messenger ${written()} ${more}></genesys-auth-messenger>`;

/** What pages of the site are refused from now on, in any window. @param {import('./fixtures.mjs').Visitor} visitor */
async function watchViolations({ page, world }) {
  /** @type {string[]} */
  const violations = [];
  const report = (/** @type {string} */ where, /** @type {string} */ what) => {
    if (where.startsWith(world.site.origin)) violations.push(what);
  };
  await page.context().exposeFunction('reportViolation', report);
  await page.context().addInitScript(() => {
    addEventListener('securitypolicyviolation', (event) => {
      const what = `${event.effectiveDirective} ${event.blockedURI} ${event.sourceFile}`;
      /** @type {any} */ (window).reportViolation(event.documentURI, what);
    });
  });
  return violations;
}

/** @param {World} world */
const strict = ({ genesys, provider }) =>
  strictPolicy({ nonce, domain: genesys.domain, issuer: new URL(provider.issuer).origin, local: true });

/** @param {World} world @param {string} policy @param {string} html */
const strictPage = (world, policy, html) =>
  world.site.page(
    '/own.html',
    `<!doctype html><html lang="en"><head><title>Strict</title><link rel="icon" href="/logo.svg"></head>
    <body>${html}</body></html>`,
    { 'content-security-policy': policy.replaceAll('\n', ' ') },
  );

/** @type {Record<string, string>} */
const pages = {
  'the nonce on the script, by redirect': script + element(),
  'the nonce on the script, in a popup': script + element('mode="popup"'),
  'a module': script.replace(' src', ' type="module" src') + element(),
  'only a script': script.replace(' src', ` ${written('data-')} async src`),
  'a script that configures, and a place': `<div data-genesys-auth-messenger></div>${script.replace(' src', ` ${written('data-')} data-target src`)}`,
  'the file loaded by a trusted script, without a nonce': `<script nonce="${nonce}">
      const script = document.createElement('script');
      const policy = trustedTypes.createPolicy('page', { createScriptURL: (url) => url });
      script.src = policy.createScriptURL('${file}');
      document.head.append(script);
    </script>${element()}`,
};

for (const [what, html] of Object.entries(pages)) {
  test(`no violation from load to logout: ${what}`, async ({ visitor, messenger, world }) => {
    const violations = await watchViolations(visitor);
    await strictPage(world, strict(world), html);
    await visitor.opens('/own.html');
    await visitor.signsIn();
    await visitor.isSignedIn();
    await messenger.isAuthenticatedAs('Ada Lovelace');
    await visitor.pressesLogout();
    await visitor.isSignedOut();
    expect(violations).toEqual([]);
    expect(visitor.exceptions).toEqual([]);
  });
}

test('no violation when the session is renewed: a hidden frame in vain, then by a click', async ({
  visitor,
  messenger,
  world,
}) => {
  const violations = await watchViolations(visitor);
  await strictPage(world, strict(world), pages['the nonce on the script, by redirect'] ?? '');
  await visitor.opens('/own.html');
  await visitor.signsIn();
  await messenger.isAuthenticatedAs('Ada Lovelace');
  world.genesys.expireTokens();
  await messenger.says('Still there?');
  await expect(visitor.loginButton).toBeEnabled();
  await visitor.pressesLogin();
  await expect.poll(() => world.genesys.log.length).toBe(2);
  await messenger.isAuthenticatedAs('Ada Lovelace');
  expect(world.provider.authorizationRequests.map(({ prompt }) => prompt)).toContain('none');
  expect(violations).toEqual([]);
});

test('a base that somebody has injected does not move the scripts of the page', async ({
  visitor,
  messenger,
  world,
}) => {
  const violations = await watchViolations(visitor);
  const foreign = '<base href="http://evil.localhost/">';
  await strictPage(world, strict(world), foreign + (pages['only a script'] ?? ''));
  await visitor.opens('/own.html');
  await visitor.signsIn();
  await visitor.isSignedIn();
  await messenger.isAuthenticatedAs('Ada Lovelace');
  // Before and after the trip to the provider.
  const refused = expect.stringMatching(/^base-uri http:\/\/evil\.localhost/);
  expect(violations).toEqual([refused, refused]);
});

test('the policy of this page is in force: a script without the nonce does not run', async ({
  visitor,
  world,
}) => {
  const violations = await watchViolations(visitor);
  await strictPage(world, strict(world), '<script>document.title = "ran";</script>');
  await visitor.opens('/own.html');
  await expect.poll(() => violations).toEqual([expect.stringContaining('script-src-elem inline')]);
  await expect(visitor.page).toHaveTitle('Strict');
});

/** Without 'strict-dynamic', only the nonce lets the Messenger script in. @type {Record<string, [string, string]>} */
const carried = {
  "the script's": [`script-src 'nonce-${nonce}'`, script + element()],
  "the script's, of a module": [
    `script-src 'nonce-${nonce}'`,
    script.replace(' src', ' type="module" src') + element(),
  ],
  "the script's, for a script alone": [
    `script-src 'nonce-${nonce}'`,
    script.replace(' src', ` ${written('data-')} src`),
  ],
  "the element's own": [
    `script-src 'self' 'nonce-${nonce}'`,
    script.replace(`nonce="${nonce}"`, '') + element(`nonce="${nonce}"`),
  ],
};

for (const [whose, [policy, html]] of Object.entries(carried)) {
  test(`the nonce of the Messenger script is ${whose}`, async ({ visitor, world }) => {
    const violations = await watchViolations(visitor);
    await strictPage(
      world,
      `${policy}; require-trusted-types-for 'script'; trusted-types genesys-auth-messenger`,
      html,
    );
    await visitor.opens('/own.html');
    await visitor.signsIn();
    await visitor.isSignedIn();
    expect(violations).toEqual([]);
  });
}

test.describe('trusted-types', () => {
  const policyOf = (/** @type {string} */ names) =>
    `script-src 'nonce-${nonce}'; require-trusted-types-for 'script'; trusted-types ${names}`;

  test("without the element's policy: the page is told", async ({ visitor, world }) => {
    await strictPage(world, policyOf('another'), script + element());
    await visitor.opens('/own.html');
    await visitor.isTold('messenger/blocked');
    expect((await visitor.failure()).message).toContain('Trusted Types');
    expect(visitor.exceptions).toEqual([]);
  });

  test('lets a second attempt load the Messenger script after a first that failed', async ({
    visitor,
    world,
  }) => {
    const violations = await watchViolations(visitor);
    world.genesys.faults.set('bootstrap', { gone: true });
    await strictPage(world, policyOf('genesys-auth-messenger'), script + element());
    await visitor.opens('/own.html');
    await visitor.isTold('messenger/blocked');
    world.genesys.faults.clear();
    await visitor.signsIn();
    await visitor.isSignedIn();
    expect(violations).toEqual([]);
  });
});
