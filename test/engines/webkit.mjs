/**
 * WebKitGTK over WebDriver, with as much of Playwright's page as the visitor and the Messenger of test/e2e/fixtures.mjs use:
 * so the same stories run in it.
 */
import { expect } from '@playwright/test';
import WebDriver from 'webdriver';
import { sessionOptions } from '../harness/webkit-driver.mjs';

/** The key of an element in what WebDriver sends (WebDriver §12.2). */
const ELEMENT = 'element-6066-11e4-a52e-4f735466cecf';
const ENTER = '\uE007';

/** Elements that have a role, as far as the stories ask for it. @type {Record<string, string>} */
const roles = { button: 'button', link: 'a', log: '[role=log]', textbox: 'input' };

export const patience = { timeout: 20_000, intervals: [100] };

/** A browser with a profile of its own, which is gone afterwards. */
export class WebKitContext {
  #driver;
  /** The window that commands go to. @type {string | undefined} */
  #current;
  /** @type {Promise<unknown>} */
  #last = Promise.resolve();
  /** @type {Set<string>} */
  #known = new Set();

  /** @param {import('webdriver').Client} driver */
  constructor(driver) {
    this.#driver = driver;
  }

  /** @param {number} port @param {string[]} args */
  static async open(port, args) {
    return new WebKitContext(
      await WebDriver.newSession({ ...sessionOptions(port, args), logLevel: 'silent' }),
    );
  }

  /** WebDriver reports nothing by itself. */
  on() {}

  async newPage() {
    const [first] = await this.windows();
    const isFirst = first !== undefined && !this.#known.has(first);
    return this.#page(isFirst ? first : (await this.#driver.createWindow('tab')).handle);
  }

  /** @returns {Promise<WebKitPage | undefined>} The window that a page has opened, if there is one. */
  async opened() {
    const handle = (await this.windows()).find((candidate) => !this.#known.has(candidate));
    return handle === undefined ? undefined : this.#page(handle);
  }

  /** @returns {Promise<string[]>} */
  windows() {
    return this.#driver.getWindowHandles();
  }

  /**
   * One command after the other, each in its window: the driver has one that commands go to.
   * @template T
   * @param {string} handle
   * @param {(driver: import('webdriver').Client) => Promise<T>} command
   * @returns {Promise<T>}
   */
  in(handle, command) {
    const done = this.#last.then(async () => {
      if (handle !== this.#current) await this.#driver.switchToWindow(handle);
      this.#current = handle;
      return command(this.#driver);
    });
    this.#last = done.catch(() => {});
    return done;
  }

  async close() {
    await this.#driver.deleteSession();
  }

  /** @param {string} handle */
  #page(handle) {
    this.#known.add(handle);
    return new WebKitPage(this, handle);
  }
}

class WebKitPage {
  #context;
  #handle;

  /** @param {WebKitContext} context @param {string} handle */
  constructor(context, handle) {
    this.#context = context;
    this.#handle = handle;
  }

  context() {
    return this.#context;
  }

  /** @template T @param {(driver: import('webdriver').Client) => Promise<T>} command */
  in(command) {
    return this.#context.in(this.#handle, command);
  }

  /** @param {string} url */
  goto(url) {
    return this.in((driver) => driver.navigateTo(url));
  }

  url() {
    return this.in((driver) => driver.getUrl());
  }

  title() {
    return this.in((driver) => driver.getTitle());
  }

  reload() {
    return this.in((driver) => driver.refresh());
  }

  goBack() {
    return this.in((driver) => driver.back());
  }

  /** In front, as the window that commands go to is. */
  bringToFront() {
    return this.in(async () => {});
  }

  close() {
    return this.in((driver) => driver.closeWindow());
  }

  async isClosed() {
    return !(await this.#context.windows()).includes(this.#handle);
  }

  /** The window that this page opens next. @param {'popup'} _event */
  async waitForEvent(_event) {
    /** @type {WebKitPage | undefined} */
    let popup;
    await expect(async () => expect((popup = await this.#context.opened())).toBeDefined()).toPass(patience);
    return popup;
  }

  /**
   * @param {Function} script
   * @param {unknown[]} args
   * @returns {Promise<any>} What the script returns, once it is there.
   */
  async evaluate(script, ...args) {
    const { value, error } = await this.in((driver) =>
      driver.executeAsyncScript(
        `const [...args] = arguments;
        const done = args.pop();
        (async () => (${script})(...args))().then(
          (value) => done({ value }),
          (error) => done({ error: String(error) }),
        );`,
        /** @type {any[]} */ (args),
      ),
    );
    if (error) throw new Error(error);
    // WebDriver knows no undefined.
    return value ?? undefined;
  }

  /** @param {string} selector */
  locator(selector) {
    return new WebKitLocator(this, () => this.evaluate(elementsIn, selector));
  }

  /** @param {string} role @param {{name: string}} options */
  getByRole(role, { name }) {
    return this.locator(roles[role] ?? role).named(name);
  }

  /** @param {string} name */
  getByLabel(name) {
    return this.locator('input').named(name);
  }
}

/** Elements of a page, shadow trees included, looked for anew for each use. */
class WebKitLocator {
  #page;
  #find;

  /** @param {WebKitPage} page @param {() => Promise<{[ELEMENT]: string}[]>} find */
  constructor(page, find) {
    this.#page = page;
    this.#find = find;
  }

  /** Those that assistive technology knows by this name. @param {string} name */
  named(name) {
    return new WebKitLocator(this.#page, async () => {
      const named = [];
      for (const element of await this.#find()) {
        const label = await this.#page.in(async (driver) => {
          // What is hidden has no name.
          const isDisplayed = await driver.isElementDisplayed(element[ELEMENT]);
          return isDisplayed ? driver.getElementComputedLabel(element[ELEMENT]) : '';
        });
        if (label.trim() === name) named.push(element);
      }
      return named;
    });
  }

  /** @param {string} role @param {{name: string}} options */
  getByRole(role, { name }) {
    return new WebKitLocator(this.#page, async () => {
      const roots = await this.#find();
      return this.#page.evaluate(elementsIn, roles[role] ?? role, ...roots);
    }).named(name);
  }

  async count() {
    return (await this.#find()).length;
  }

  /** @param {Function} script */
  async evaluate(script) {
    const [element] = await this.#find();
    return this.#page.evaluate(script, element);
  }

  textContent() {
    return this.evaluate((/** @type {Element} */ { textContent }) => textContent);
  }

  /** @param {string} name */
  getAttribute(name) {
    return this.#with((driver, element) => driver.getElementAttribute(element, name));
  }

  async isVisible() {
    const [element] = await this.#find();
    return !!element && this.#page.in((driver) => driver.isElementDisplayed(element[ELEMENT]));
  }

  async isEnabled() {
    const [element] = await this.#find();
    return !!element && this.#page.in((driver) => driver.isElementEnabled(element[ELEMENT]));
  }

  async click() {
    await this.#untilUsable();
    await this.#with((driver, element) => driver.elementClick(element));
  }

  /** @param {string} text */
  async fill(text) {
    await this.#untilUsable();
    await this.#with(async (driver, element) => {
      await driver.elementClear(element);
      await driver.elementSendKeys(element, text);
    });
  }

  /** @param {'Enter'} _key */
  press(_key) {
    return this.#with((driver, element) => driver.elementSendKeys(element, ENTER));
  }

  /** A page that is just being left cannot be asked. */
  async #untilUsable() {
    await expect(async () => expect(await this.isEnabled()).toBe(true)).toPass(patience);
  }

  /** @template T @param {(driver: import('webdriver').Client, element: string) => Promise<T>} command @returns {Promise<T>} */
  async #with(command) {
    const [element] = await this.#find();
    if (!element) throw new Error('The page has no such element.');
    return this.#page.in((driver) => command(driver, element[ELEMENT]));
  }
}

/**
 * Runs in the page: elements below a root, in shadow trees, too.
 * @param {string} selector
 * @param {Element | Document} root
 */
function elementsIn(selector, root = document) {
  /** @type {(root: ParentNode) => Element[]} */
  const below = (root) => [
    ...root.querySelectorAll(selector),
    ...[...root.querySelectorAll('*')].flatMap(({ shadowRoot }) => (shadowRoot ? below(shadowRoot) : [])),
  ];
  const own = root instanceof Element && root.shadowRoot ? below(root.shadowRoot) : [];
  return [...own, ...below(root)];
}
