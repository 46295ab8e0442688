// What the end-to-end tests are written in: a visitor who opens pages and presses buttons, and a Messenger that they see.
import { mkdir, writeFile } from 'node:fs/promises';
import { test as base, expect } from '@playwright/test';
import { startWorld, visitors } from '../../demo/world/world.mjs';

export { expect, visitors };

/** @typedef {import('../../demo/world/world.mjs').World} World */
/** @typedef {import('@playwright/test').Page} Page */
/** @typedef {{type: string, detail: any}} ElementEvent */

/**
 * The fixtures: `world`, one per worker and reset before each test; `visitor` and `messenger`, both in `page`; and
 * `permissive`, a page in a browser that does not block third-party cookies (Chromium only).
 * @type {import('@playwright/test').TestType<
 *   import('@playwright/test').PlaywrightTestArgs & import('@playwright/test').PlaywrightTestOptions &
 *     {visitor: Visitor, messenger: Messenger, permissive: Page},
 *   import('@playwright/test').PlaywrightWorkerArgs & import('@playwright/test').PlaywrightWorkerOptions & {world: World}
 * >}
 */
export const test = /** @type {any} */ (
  base.extend(
    /** @type {any} */ ({
      world: [
        async (/** @type {any} */ {}, /** @type {any} */ use) => {
          const world = await startWorld();
          await use(world);
          await world.stop();
        },
        { scope: 'worker' },
      ],
      freshWorld: [
        async (/** @type {any} */ { world }, /** @type {any} */ use) => {
          world.reset();
          await use();
        },
        { auto: true },
      ],
      page: async (/** @type {any} */ { page, browserName }, /** @type {any} */ use) => {
        if (browserName === 'chromium') await blockThirdPartyCookies(page);
        await use(page);
      },
      visitor: async (/** @type {any} */ { page, world }, /** @type {any} */ use) => {
        await recordEvents(page.context());
        await use(new Visitor(page, world));
      },
      messenger: async (/** @type {any} */ { page }, /** @type {any} */ use) => use(new Messenger(page)),
      permissive: async (
        /** @type {any} */ { playwright, browser, launchOptions },
        /** @type {any} */ use,
        /** @type {import('@playwright/test').TestInfo} */ info,
      ) => {
        // A headless shell blocks none by itself.
        const context = launchOptions.executablePath.includes('headless-shell')
          ? await browser.newContext()
          : await launchPermissive(playwright.chromium, launchOptions, info.outputPath('profile'));
        await use(await context.newPage());
        await context.close();
      },
    }),
  )
);

/**
 * A browser that does not block third-party cookies.
 * @param {import('@playwright/test').BrowserType} chromium
 * @param {import('@playwright/test').LaunchOptions} options
 * @param {string} profile A folder for it.
 */
export async function launchPermissive(chromium, options, profile) {
  await mkdir(`${profile}/Default`, { recursive: true });
  const preferences = { profile: { cookie_controls_mode: 0 } };
  await writeFile(`${profile}/Default/Preferences`, JSON.stringify(preferences));
  return chromium.launchPersistentContext(profile, options);
}

/**
 * As browsers do whose users have not allowed them; a headless shell knows no such setting.
 * @param {Page} page
 */
export async function blockThirdPartyCookies(page) {
  const protocol = await page.context().newCDPSession(page);
  await protocol.send('Network.enable');
  await protocol.send('Network.setCookieControls', {
    enableThirdPartyCookieRestriction: true,
  });
}

/** What the element tells a page, under the first of each event's two names. */
const eventNames = ['signedIn', 'signInFailed', 'loggedOut', 'statusChange'];

/** Lets every page of the context keep what elements tell it. @param {import('@playwright/test').BrowserContext} context */
function recordEvents(context) {
  return context.addInitScript((names) => {
    /** @type {ElementEvent[]} */
    const told = [];
    for (const name of names) {
      addEventListener(name, (event) => {
        if (event instanceof CustomEvent) told.push({ type: name, detail: event.detail });
      });
    }
    Object.assign(window, { told });
  }, eventNames);
}

/**
 * For a story that is told in several ways: only the first of them runs in `npm test`.
 * @param {number} index Of the way.
 */
export const retold = (index) => ({ tag: index ? ['@slow'] : [] });

/**
 * A page of the brand's with the tag and nothing else.
 * @param {Record<string, string | null>} [attributes] More attributes, or other values; `null` leaves one out.
 * @param {string} [head] HTML for its head, after the paste file.
 */
export function pageWith(attributes = {}, head = '') {
  const all = {
    'deployment-id': '%DEPLOYMENT_ID%',
    environment: '%ENVIRONMENT%',
    issuer: '%ISSUER%',
    'client-id': '%CLIENT_ID%',
    ...attributes,
  };
  const written = Object.entries(all).flatMap(([name, value]) =>
    value === null ? [] : `${name}="${value.replaceAll('&', '&amp;').replaceAll('"', '&quot;')}"`,
  );
  return `<!doctype html>
    <html lang="en">
      <title>A page of the brand's</title>
      <link rel="icon" href="/logo.svg" />
      <script src="/assets/genesys-auth-messenger.js" async></script>
      ${head}
      <genesys-auth-messenger ${written.join(' ')}></genesys-auth-messenger>
    </html>`;
}

/** Somebody in front of a browser. */
export class Visitor {
  /** What any page of the brand's has written to the console, and the uncaught exceptions. @type {string[]} */
  console = [];
  /**
   * Codes, verifiers, nonces, states and tokens that have been under way, for tests which search for them where they must
   * not be. @type {Set<string>}
   */
  secrets = new Set();

  /** The codes that Messenger has sent to be redeemed, oldest first. @type {string[]} */
  redeemed = [];

  /**
   * @param {Page} page
   * @param {World} world
   * @param {import('@playwright/test').FrameLocator} [frame] Where the element is, if in a frame.
   */
  constructor(page, world, frame) {
    this.page = page;
    this.world = world;
    this.frame = frame;
    const context = page.context();
    context.on('console', (message) => {
      const atProvider = message.page()?.url().startsWith(new URL(world.provider.issuer).origin);
      if (!atProvider) this.console.push(`${message.type()}: ${message.text()}`);
    });
    context.on('weberror', (error) => this.console.push(`exception: ${error.error()}`));
    context.on('request', (request) => {
      this.#overhear(request.url(), request.postData());
      // Firefox does not show bodies.
      const body = request.postData();
      if (body && request.url().endsWith('/token/oauthcodegrantjwtexchange')) {
        this.redeemed.push(JSON.parse(body).oauth.code);
      }
    });
    context.on('response', async (response) => {
      if (/\/token\/(oauthcodegrantjwtexchange|refresh)$/.test(response.url())) {
        this.#overhear(response.url(), await response.text().catch(() => null));
      }
    });
  }

  /** The element's tag on the page. */
  get element() {
    return (this.frame ?? this.page).locator('genesys-auth-messenger');
  }

  get loginButton() {
    return this.element.getByRole('button', { name: 'Log in' });
  }

  get logoutButton() {
    return this.element.getByRole('button', { name: 'Log out' });
  }

  /** @param {string} [path] A path on the brand's site. */
  async opens(path = '/') {
    await this.page.goto(this.world.site.url(path));
  }

  /**
   * Opens a page that has the tag with these attributes; see `pageWith`.
   * @param {Record<string, string | null>} attributes
   * @param {{path?: string, head?: string, headers?: Record<string, string>}} [more] `path` may go on with a query and a
   *   fragment.
   */
  async opensPageWith(attributes, { path = '/own.html', head, headers } = {}) {
    await this.world.site.page(path.replace(/[?#].*/, ''), pageWith(attributes, head), headers);
    await this.opens(path);
  }

  /** What the element on this page has told it so far. @returns {Promise<ElementEvent[]>} */
  async events() {
    const told = () => /** @type {any} */ (window).told;
    return this.frame ? this.element.evaluate(told) : this.page.evaluate(told);
  }

  /** Uncaught exceptions of any page of theirs. */
  get exceptions() {
    return this.console.filter((line) => line.startsWith('exception'));
  }

  /** @param {import('@playwright/test').Locator} button */
  async canPress(button) {
    await expect(button).toBeEnabled();
  }

  /** The element shows that they are signed in. @param {{restored?: boolean}} [how] */
  async isSignedIn({ restored = false } = {}) {
    await this.canPress(this.logoutButton);
    const signedIn = (await this.events()).filter(({ type }) => type === 'signedIn');
    expect(signedIn.at(-1)?.detail).toEqual({ restored });
  }

  /** The element invites them to log in, and nothing is amiss. */
  async isSignedOut() {
    await this.canPress(this.loginButton);
    await expect.poll(() => this.failure()).toBeUndefined();
  }

  /** Signing in has failed in this way: page and visitor are told, and the button invites them to try again. @param {string} code */
  async isTold(code) {
    // A page that is just being left cannot be asked.
    await expect.poll(async () => (await this.failure().catch(() => undefined))?.code).toBe(code);
    await this.canPress(this.loginButton);
    const error = await this.failure();
    expect(error).toEqual({
      code,
      message: expect.stringMatching(/\w/),
      hint: expect.stringMatching(/\w/),
      retryable: expect.any(Boolean),
      // Genesys Cloud's own, where it has answered.
      ...(error.contextId !== undefined && { contextId: expect.stringMatching(/^[\w-]{1,64}$/) }),
    });
    expect((await this.events()).filter(({ type }) => type === 'signInFailed').at(-1)?.detail).toEqual(error);
  }

  /** The element's `error`. @returns {Promise<any>} */
  async failure() {
    return this.element.evaluate((element) => /** @type {any} */ (element).error);
  }

  /** The doctor agrees with what the page was told: its head line counts it, and its words are the event's. */
  async isExplainedByTheDoctor() {
    const { code, hint } = await this.failure();
    await this.element.evaluate((element) => Object.assign(element, { debug: true }));
    const panel = this.element.getByRole('region', { name: 'Doctor' });
    // It waits longer than a visitor would for what does not answer.
    await expect(panel.locator('summary').first()).toHaveText(/^Problems: [1-9]/, { timeout: 20_000 });
    await expect(panel).toContainText(hint);
    await expect(panel).toContainText(code);
  }

  /** Presses Log in. @returns {Promise<Page>} Where the provider is then: this page, or a popup. */
  async pressesLogin() {
    const popup = (await this.element.getAttribute('mode')) === 'popup';
    const opened = popup ? this.page.waitForEvent('popup') : this.page;
    await this.loginButton.click();
    return opened;
  }

  /** Logs in on the provider's page, which the brand's page leads to and back from. @param {keyof typeof visitors} [who] */
  async logsIn(who = 'ada') {
    await this.fillsIn(who, visitors[who].password, await this.pressesLogin());
  }

  /**
   * Signs in as somebody whom the provider knows already, and does not ask again. This ends when they have come back, or a
   * popup has opened.
   * @param {keyof typeof visitors} [who]
   */
  async signsIn(who = 'ada') {
    const cookies = await this.world.provider.sessionOf(visitors[who]);
    const where = { domain: 'login.localhost', path: '/' };
    const kind = /** @type {const} */ ({ sameSite: 'None', secure: true, httpOnly: true });
    await this.page.context().addCookies(cookies.map((cookie) => ({ ...cookie, ...where, ...kind })));
    const isPopup = (await this.element.getAttribute('mode')) === 'popup';
    const back = isPopup ? undefined : this.page.waitForEvent('domcontentloaded');
    await this.pressesLogin();
    await back;
  }

  /**
   * Presses Log in where nothing more is asked of them. They are back when this ends: a chat that is asked too early is the one
   * of the page that is being left.
   */
  async signsInAtOnce() {
    await this.pressesLogin();
    await this.canPress(this.logoutButton);
  }

  /**
   * Fills in the provider's login page.
   * @param {keyof typeof visitors} [who]
   * @param {string} [password] Theirs, unless told.
   * @param {Page} [where] This page, unless it is a popup.
   */
  async fillsIn(who = 'ada', password = visitors[who].password, where = this.page) {
    await where.getByLabel('Name', { exact: true }).fill(visitors[who].login);
    await where.getByLabel('Password').fill(password);
    await where.getByRole('button', { name: 'Log in' }).click();
  }

  /** Presses Cancel on the provider's login page. */
  async cancels(where = this.page) {
    await where.getByRole('link', { name: 'Cancel' }).click();
  }

  /** Closes the popup in which they see the provider's login page. @param {Page} popup */
  async closes(popup) {
    // Driven Chromium can hang in a window that is closed on its way to an address.
    await expect(popup.getByRole('button', { name: 'Log in' })).toBeVisible();
    await popup.close();
  }

  /** Presses Log out on the brand's page. */
  async pressesLogout() {
    await this.logoutButton.click();
  }

  /** Confirms, on the provider's page, that the session there should end too. */
  async confirmsLogout(where = this.page) {
    await expect(where).toHaveTitle(/Log out/);
    await where.getByRole('button', { name: 'Log out' }).click();
  }

  /** Ends the visitor's session at the provider, as time does. */
  async forgetsProvider() {
    await this.page.context().clearCookies({ domain: 'login.localhost' });
  }

  /** @param {string} url @param {string | null} body */
  #overhear(url, body) {
    const names = /^(code|state|nonce|codeVerifier|jwt|refreshToken)$/;
    const collect = (/** @type {string} */ name, /** @type {unknown} */ value) => {
      if (names.test(name) && typeof value === 'string' && value.length >= 16) this.secrets.add(value);
      return value;
    };
    for (const [name, value] of new URL(url).searchParams) collect(name, value);
    try {
      JSON.parse(body ?? 'null', collect);
    } catch {
      // Not JSON: a form at the provider.
    }
  }
}

/** The chat in the corner, as the visitor sees it. */
export class Messenger {
  /** @param {Page} page */
  constructor(page) {
    this.page = page;
  }

  get launcher() {
    return this.page.getByRole('button', { name: 'Open chat' });
  }

  /** Opens the chat, if it is not open yet. */
  async opens() {
    const message = this.page.getByRole('textbox', { name: 'Message' });
    await expect(this.launcher.or(message)).toBeVisible();
    if (!(await message.isVisible())) await this.launcher.click();
    return message;
  }

  /** @param {string} text */
  async says(text) {
    const message = await this.opens();
    await message.fill(text);
    await message.press('Enter');
  }

  /** @param {string} text What stands in the conversation. */
  async shows(text) {
    await expect(this.page.getByRole('log', { name: 'Conversation' })).toContainText(text);
  }

  /** Genesys Cloud knows the visitor, by the name in the ID token. @param {string} name */
  async isAuthenticatedAs(name) {
    await this.says('Who am I?');
    await this.shows(`Hello ${name}, you said: Who am I?`);
  }

  /** The chat is there, and does not know the visitor. */
  async isAnonymous() {
    await this.isAuthenticatedAs('there');
  }

  /** There is no chat on the page. */
  async isAbsent() {
    await expect(this.launcher).toHaveCount(0);
  }
}
