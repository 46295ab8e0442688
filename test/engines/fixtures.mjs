// What the stories are written in: the visitor and the Messenger of the end-to-end tests, in three engines.
import {
  blockThirdPartyCookies,
  expect,
  launchPermissive,
  Messenger,
  test as base,
  Visitor,
} from '../e2e/fixtures.mjs';
import { startDriver } from '../harness/webkit-driver.mjs';
import { patience, WebKitContext } from './webkit.mjs';

export { expect };

/** @typedef {import('../e2e/fixtures.mjs').World} World */
/** @typedef {import('@playwright/test').Page} Page */
/** @typedef {import('@playwright/test').BrowserContext} BrowserContext */

/**
 * Third-party cookies. `default`: as in the engine's browsers, which is blocked in Chromium and WebKit. Firefox blocks them
 * too, but lets a frame see a provider that the visitor has just been to.
 * @typedef {'default' | 'allowed' | 'blocked'} Cookies
 */

/** @typedef {{page: Page, visitor: Visitor, messenger: Messenger}} Tab */

/**
 * @typedef {object} Engine
 * @property {(cookies: Cookies, profile: string) => Promise<Pick<BrowserContext, 'newPage' | 'close'>>} open A browser that knows nothing yet.
 * @property {() => Promise<void>} stop
 */

/**
 * @typedef {object} Tools
 * @property {import('@playwright/test').BrowserType<any>} type
 * @property {import('@playwright/test').LaunchOptions} options
 */

/** @type {Record<string, (tools: Tools) => Promise<Engine>>} */
const engines = {
  async chromium({ type, options }) {
    const browser = await type.launch(options);
    return {
      async open(cookies, profile) {
        if (cookies === 'allowed') return launchPermissive(type, options, profile);
        const context = await browser.newContext();
        return {
          async newPage() {
            const page = await context.newPage();
            await blockThirdPartyCookies(page);
            return page;
          },
          close: () => context.close(),
        };
      },
      stop: () => browser.close(),
    };
  },

  async firefox({ type, options }) {
    /** Started when a story asks for it. @type {Record<string, Promise<import('@playwright/test').Browser>>} */
    const browsers = {};
    return {
      async open(cookies) {
        const isBlocking = cookies === 'blocked';
        const launch = () => type.launch(isBlocking ? options : { ...options, firefoxUserPrefs: {} });
        const browser = (browsers[String(isBlocking)] ??= launch());
        return (await browser).newContext();
      },
      stop: async () => {
        for (const browser of Object.values(browsers)) await (await browser).close();
      },
    };
  },

  async webkit() {
    let driver = await startDriver();
    return {
      async open(cookies) {
        // Tracking prevention, as Safari has it.
        const args = cookies === 'allowed' ? [] : ['--enable-itp'];
        const open = () => inTime(WebKitContext.open(driver.port, args));
        // Once in some hundred times the driver does not answer, or only after minutes.
        const again = async () => {
          driver.stop();
          driver = await startDriver();
          return open();
        };
        return /** @type {any} */ (await open().catch(again));
      },
      stop: async () => driver.stop(),
    };
  },
};

/** A browser starts in two seconds, or in ten on a busy machine. @template T @param {Promise<T>} started @returns {Promise<T>} */
const inTime = (started) =>
  Promise.race([
    started,
    new Promise((_, reject) => setTimeout(reject, 30_000, new Error('No browser in 30 seconds.')).unref()),
  ]);

/** Playwright's expectations of buttons and the like hold for its own pages only. */
class WebKitVisitor extends Visitor {
  /** @override @param {import('@playwright/test').Locator} button */
  async canPress(button) {
    await eventually(() => button.isEnabled());
  }
}

class WebKitMessenger extends Messenger {
  /** @override */
  async opens() {
    const message = this.page.getByRole('textbox', { name: 'Message' });
    await eventually(async () => (await this.launcher.isVisible()) || message.isVisible());
    if (!(await message.isVisible())) await this.launcher.click();
    return message;
  }

  /** @override @param {string} text */
  async shows(text) {
    const log = this.page.getByRole('log', { name: 'Conversation' });
    await eventually(async () => (await log.textContent())?.includes(text));
  }

  /** @override */
  async isAbsent() {
    await eventually(async () => (await this.launcher.count()) === 0);
  }
}

/** A page that is just being left cannot be asked. @param {() => Promise<boolean | undefined>} isSo */
const eventually = (isSo) => expect(async () => expect(await isSo()).toBe(true)).toPass(patience);

/**
 * The fixtures: `world`, one per worker and reset before each story; `visitor` and `messenger`, both in `page`; and
 * `opensTab`, for another tab of the same browser.
 * @type {import('@playwright/test').TestType<
 *   import('@playwright/test').PlaywrightTestArgs & import('@playwright/test').PlaywrightTestOptions &
 *     {thirdPartyCookies: Cookies, opensTab: () => Promise<Tab>} & Tab,
 *   import('@playwright/test').PlaywrightWorkerArgs & import('@playwright/test').PlaywrightWorkerOptions & {world: World}
 * >}
 */
export const test = /** @type {any} */ (
  base.extend(
    /** @type {any} */ ({
      thirdPartyCookies: ['default', { option: true }],
      engine: [
        async (
          /** @type {any} */ { playwright, browserName, channel, launchOptions },
          /** @type {any} */ use,
        ) => {
          const options = { channel, ...launchOptions };
          const engine = await engines[browserName]?.({ type: playwright[browserName], options });
          await use(engine);
          await engine?.stop();
        },
        { scope: 'worker', timeout: 60_000 },
      ],
      opensTab: async (
        /** @type {any} */ { engine, thirdPartyCookies, world, browserName },
        /** @type {any} */ use,
        /** @type {import('@playwright/test').TestInfo} */ info,
      ) => {
        const context = await engine.open(thirdPartyCookies, info.outputPath('profile'));
        const [Somebody, Chat] =
          browserName === 'webkit' ? [WebKitVisitor, WebKitMessenger] : [Visitor, Messenger];
        await use(async () => {
          const page = await context.newPage();
          return { page, visitor: new Somebody(page, world), messenger: new Chat(page) };
        });
        await context.close();
      },
      tab: async (/** @type {any} */ { opensTab }, /** @type {any} */ use) => use(await opensTab()),
      page: async (/** @type {any} */ { tab }, /** @type {any} */ use) => use(tab.page),
      visitor: async (/** @type {any} */ { tab }, /** @type {any} */ use) => use(tab.visitor),
      messenger: async (/** @type {any} */ { tab }, /** @type {any} */ use) => use(tab.messenger),
    }),
  )
);
