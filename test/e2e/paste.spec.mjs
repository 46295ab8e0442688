// The file that people paste: wherever it stands and however it gets there, in its forms, and what it says when it cannot.
import { readFile } from 'node:fs/promises';
import { expect, test } from './fixtures.mjs';

/** @typedef {import('./fixtures.mjs').Visitor} Visitor */

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
const script = `<script src="${file}"></script>`;
const element = `<genesys-auth-messenger ${written()}></genesys-auth-messenger>`;
const place = '<div data-genesys-auth-messenger></div>';
const scriptForm = `<script src="${file}" ${written('data-')} async></script>`;
/** Configures, and has no button of its own. */
const configures = scriptForm.replace(' async', ' data-target=""');

/** @param {Visitor} visitor @param {{head?: string, body?: string}} html */
async function opens(visitor, { head = '', body = '' }) {
  await visitor.world.site.page(
    '/own.html',
    `<!doctype html><html lang="en"><head><title>Pasted</title><link rel="icon" href="/logo.svg">${head}</head>
    <body>${body}</body></html>`,
  );
  await visitor.opens('/own.html');
}

/** What a tag manager does: no parser has seen the script. @param {string} rest What it does with \`script\`. */
const inserted = (rest) => `<script>
  { const script = document.createElement('script'); script.src = '${file}'; ${rest}; document.head.append(script); }
</script>`;

/** The site under another name: another origin. @param {Visitor} visitor @param {string} [path] */
const elsewhere = (visitor, path = file) => visitor.world.site.url(path).replace('//brand.', '//cdn.');

test.describe('the script works', () => {
  /** @type {Record<string, {head?: string, body?: string}>} */
  const places = {
    'in the head, before the tag': { head: script, body: element },
    'in the head with async': { head: script.replace(' src', ' async src'), body: element },
    'in the head with defer': { head: script.replace(' src', ' defer src'), body: element },
    'in the head as a module': { head: script.replace(' src', ' type="module" src'), body: element },
    'in the body, after the tag': { body: element + script },
    'in the body, before the tag': { body: script + element },
    'in the body as a module': { body: element + script.replace(' src', ' type="module" src') },
    'inserted by a script': { head: inserted(''), body: element },
    'inserted by a script as a module': { head: inserted("script.type = 'module'"), body: element },
    'loaded twice': { head: script, body: element + script },
    'loaded twice, once as a module': {
      head: script.replace(' src', ' type="module" src') + script,
      body: element,
    },
  };
  for (const [place, html] of Object.entries(places)) {
    test(place, async ({ visitor }) => {
      await opens(visitor, html);
      await visitor.isSignedOut();
      await expect(visitor.element).toHaveCount(1);
      expect(visitor.console).toEqual([]);
    });
  }

  for (const type of ['classic', 'module']) {
    test(`from another origin, as a ${type} script, up to the signed-in visitor`, async ({
      visitor,
      messenger,
    }) => {
      const src = elsewhere(visitor);
      const tag = type === 'module' ? `<script type="module" src="${src}">` : `<script src="${src}" async>`;
      await opens(visitor, { body: `${element}${tag}</script>` });
      await visitor.signsIn();
      await visitor.isSignedIn();
      await messenger.isAuthenticatedAs('Ada Lovelace');
    });

    test(`with integrity, from another origin, as a ${type} script`, async ({ visitor }) => {
      const { 'genesys-auth-messenger.js': digest } = JSON.parse(
        await readFile(new URL('../../dist/integrity.json', import.meta.url), 'utf8'),
      );
      const tag = `<script ${type === 'module' ? 'type="module"' : ''} src="${elsewhere(visitor)}" integrity="${digest}" crossorigin></script>`;
      await opens(visitor, { body: element + tag });
      await visitor.isSignedOut();
    });
  }
});

test.describe('every form signs a visitor in', () => {
  /** @type {Record<string, {head?: string, body?: string}>} */
  const forms = {
    'the element': { head: script, body: element },
    'a script that configures, and a place before it': { body: place + configures },
    'a script that configures in the head, and a place': { head: configures, body: place },
    'only a script': { body: scriptForm },
    'only a script, inserted by a tag manager': {
      head: inserted(
        `Object.assign(script.dataset, {${Object.entries(attributes)
          .map(
            ([name, value]) => `'${name.replace(/-(.)/g, (_, letter) => letter.toUpperCase())}': '${value}'`,
          )
          .join(', ')}, target: 'body'})`,
      ),
    },
  };
  for (const [form, html] of Object.entries(forms)) {
    test(form, async ({ visitor, messenger }) => {
      await opens(visitor, html);
      await visitor.signsIn();
      await visitor.isSignedIn();
      await messenger.isAuthenticatedAs('Ada Lovelace');
      await visitor.pressesLogout();
      await visitor.isSignedOut();
      expect(visitor.exceptions).toEqual([]);
    });
  }
});

test.describe('the element is set', () => {
  test('in a place that comes later, with the label that it names', async ({ visitor, page }) => {
    await opens(visitor, { head: configures });
    await page.evaluate(
      (html) => document.body.insertAdjacentHTML('beforeend', html),
      place.replace('></div>', ' data-login-label="Sign in here"><b slot="login">Not this</b></div>'),
    );
    await expect(page.locator('[data-genesys-auth-messenger] > genesys-auth-messenger')).toHaveCount(1);
    await expect(visitor.element.getByRole('button', { name: 'Sign in here' })).toBeEnabled();
    await expect(page.getByText('Not this')).toBeHidden();
  });

  test('after the script, where that stands', async ({ visitor, page }) => {
    await opens(visitor, { body: `<main><p>Before</p>${scriptForm}<p>After</p></main>` });
    await visitor.isSignedOut();
    await expect(page.locator('main > script + genesys-auth-messenger + p')).toHaveText('After');
  });

  test('nowhere for a script in the head, and the console says how to place a button', async ({
    visitor,
    page,
  }) => {
    await opens(visitor, { head: scriptForm.replace(' async', ''), body: '<p>Content</p>' });
    await expect
      .poll(() => visitor.console)
      .toEqual([expect.stringMatching(/the script is in the head.*data-target/)]);
    await expect(page.locator('genesys-auth-messenger')).toHaveCount(0);
  });

  test("at the script's data-target, also when that comes later", async ({ visitor, page }) => {
    await opens(visitor, {
      head: scriptForm.replace(' async', ' data-target="#chat"'),
      body: '<p>Content</p>',
    });
    await page.evaluate(() => document.body.insertAdjacentHTML('beforeend', '<footer id="chat"></footer>'));
    await visitor.isSignedOut();
    await expect(page.locator('#chat > genesys-auth-messenger')).toHaveCount(1);
  });

  test("at the script's data-target: a router that puts a copy of the page back brings no second one", async ({
    visitor,
    page,
  }) => {
    await opens(visitor, {
      head: scriptForm.replace(' async', ' data-target="#chat"'),
      body: '<footer id="chat"></footer>',
    });
    await visitor.isSignedOut();
    await page.evaluate((html) => {
      document.body.replaceWith(document.body.cloneNode(true));
      document.body.insertAdjacentHTML('beforeend', html);
    }, place);
    // By then the target has been looked at, too.
    await expect(page.locator('[data-genesys-auth-messenger] > genesys-auth-messenger')).toHaveCount(1);
    await expect(page.locator('#chat > genesys-auth-messenger')).toHaveCount(1);
    await expect(visitor.loginButton).toHaveCount(2);
  });

  test('once for each, and all show one session', async ({ visitor, page }) => {
    await opens(visitor, {
      head: script,
      body: element + place + place + '<genesys-auth-messenger></genesys-auth-messenger>',
    });
    await expect(visitor.element).toHaveCount(4);
    await expect(visitor.loginButton).toHaveCount(4);
    await visitor.loginButton.last().click();
    await visitor.fillsIn('ada');
    await expect(visitor.logoutButton).toHaveCount(4);
    expect(visitor.redeemed).toHaveLength(1);
    await expect(page.getByRole('button', { name: 'Open chat' })).toHaveCount(1);
  });
});

test.describe('when something is amiss', () => {
  test('parts that are not beside the file are named', async ({ visitor }) => {
    const code = await readFile(new URL('../../dist/genesys-auth-messenger.js', import.meta.url), 'utf8');
    await visitor.world.site.page('/lonely/genesys-auth-messenger.js', code);
    await opens(visitor, {
      head: '<script src="/lonely/genesys-auth-messenger.js"></script>',
      body: element,
    });
    await visitor.pressesLogin();
    await expect.poll(async () => (await visitor.failure())?.code).toBe('configuration/chunk-missing');
    const missing = visitor.world.site.url('/lonely/genesys-auth-messenger.sign-in.js');
    expect((await visitor.failure()).message).toContain(missing);
  });

  test('a data-target that is no selector is named, and places get their buttons all the same', async ({
    visitor,
    page,
  }) => {
    await opens(visitor, {
      head: '',
      body: `<main>${scriptForm.replace(' async', ' data-target="#1 chat["')}</main><footer></footer>`,
    });
    await page.evaluate(
      (html) => document.querySelector('footer')?.insertAdjacentHTML('beforeend', html),
      place,
    );
    await visitor.isSignedOut();
    await expect(page.locator('footer genesys-auth-messenger')).toHaveCount(1);
    await expect
      .poll(() => visitor.console)
      .toEqual([expect.stringMatching(/configuration\/target: .* data-target="#1 chat\["/)]);
  });

  test('an element that is defined already stays, and the author is told once', async ({ visitor, page }) => {
    const older = `<script>
      customElements.define('genesys-auth-messenger', class extends HTMLElement { static version = '0.0.1'; });
    </script>`;
    await opens(visitor, { head: older, body: element + place + script });
    await page.waitForLoadState();
    await expect
      .poll(() => visitor.console)
      .toEqual([expect.stringMatching(/configuration\/version: .* 0\.0\.1, not [\d.]+\./)]);
    await expect(visitor.element).toHaveCount(1);
  });

  /** @type {Record<string, [string, RegExp]>} */
  const mangled = {
    'lost dashes': [
      element.replace('deployment-id', 'deploymentid'),
      /deploymentid stands where deployment-id/,
    ],
    'typographic quotes': [element.replace(/="([^"]*)"/g, '=”$1”'), /typographic quotes in deployment-id/],
    'added slashes': [element.replaceAll('"', '\\"'), /backslashes in deployment-id/],
    entities: [
      element.replace(/issuer="([^"]*)"/, 'issuer="&amp;quot;$1&amp;quot;"'),
      /entities that were encoded twice in issuer/,
    ],
    'a script that lost dashes': [
      scriptForm.replace('data-client-id', 'data-clientid'),
      /clientid stands where client-id/,
    ],
  };
  for (const [what, [html, named]] of Object.entries(mangled)) {
    test(`${what} are recognised and named`, async ({ visitor }) => {
      await opens(visitor, { head: html.includes('<script') ? '' : script, body: html });
      await visitor.isTold('configuration/mangled');
      expect((await visitor.failure()).message).toMatch(named);
    });
  }
});

test.describe('loading="lazy"', () => {
  test('asks for one file before the visitor acts, and for none between click and provider', async ({
    visitor,
    page,
  }) => {
    /** @type {string[]} */
    let requests = [];
    // The page's icon is the browser's business.
    page.on('request', (request) => request.url().endsWith('.svg') || requests.push(request.url()));
    await opens(visitor, { head: script, body: element.replace('issuer', 'loading="lazy" issuer') });
    await visitor.isSignedOut();
    const { site, provider } = visitor.world;
    expect(requests.sort()).toEqual([site.url(file), site.url('/own.html')]);

    const warmUp = [
      site.url('/assets/genesys-auth-messenger.sign-in.js'),
      `${provider.issuer}/.well-known/openid-configuration`,
    ];
    const fetched = warmUp.map((url) =>
      page.waitForEvent('requestfinished', (request) => request.url() === url),
    );
    await visitor.loginButton.hover();
    await Promise.all(fetched);

    requests = [];
    await visitor.loginButton.click();
    await page.waitForURL(`${provider.issuer}/**`);
    expect(requests[0]).toContain(`${provider.issuer}/auth?`);
  });
});
