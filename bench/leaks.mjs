// What is left of elements that have come and gone.
import { inPage, median, metric } from './measure.mjs';
import { bareElement, file, filled, page, script, tag } from './pages.mjs';

const cycles = 1_000;
/** In bytes; a browser's own heap is not quite the same from one moment to the next. */
const heapLimit = 32 * 1024;

/** @typedef {{body?: string, element: string, ends?: string, blocked?: boolean, again?: boolean}} Case */

/** @type {Record<string, Case>} `ends`: the status that the first element is waited for in. */
const cases = {
  'a bare custom element': {
    body: `<script>${bareElement}</script>`,
    element: '<bare-button></bare-button>',
  },
  'new ones, nobody signed in': { element: tag(), ends: 'signed-out' },
  'the same one, nobody signed in': { element: tag(), ends: 'signed-out', again: true },
  'new ones with a bad attribute': { element: tag({ 'max-age': 'soon' }), ends: 'failed' },
  'new ones, Messenger blocked': { element: tag(), ends: 'failed', blocked: true },
};

/** @param {import('./measure.mjs').Setting} setting @returns {Promise<import('./measure.mjs').Figure[]>} */
export async function measureLeaks({ browser, world }) {
  const rows = [];
  for (const [name, { body = script(file), element, ends, blocked, again = false }] of Object.entries(
    cases,
  )) {
    const left = await inPage(browser, async (visited, cdp) => {
      await visited.addInitScript(count);
      await world.site.page('/bench', page(`${body}<div id="place"></div>`));
      if (blocked) world.genesys.faults.set('bootstrap', { gone: true });
      await cdp.send('Performance.enable');
      await visited.goto(world.site.url('/bench'));
      const html = filled(element, world);
      await visited.evaluate(prepare, { html, ends });
      await visited.evaluate(comeAndGo, { html, again, cycles: 300 });
      let before = await counts(visited, cdp);
      /** @type {(typeof before)[]} */
      const series = [];
      // What is left of the first time only, the browser's own caches among it, is no leak.
      for (let time = 0; time < 3; time++) {
        await visited.evaluate(comeAndGo, { html, again, cycles });
        const after = await counts(visited, cdp);
        series.push(difference(after, before));
        before = after;
      }
      world.genesys.faults.clear('bootstrap');
      return (/** @type {keyof typeof before} */ key) => median(series.map((one) => one[key]));
    });
    const kinds = /** @type {const} */ (['timers', 'listeners', 'channels', 'observers', 'nodes']);
    const things = kinds.map((kind) => `${left(kind)} ${kind}`);
    rows.push({
      name,
      value: `${(left('heap') / 1024).toFixed(1)} KB`,
      note: things.join(', '),
      limit: `${heapLimit / 1024} KB and 0`,
      broken: left('heap') > heapLimit || kinds.some((kind) => left(kind) > 0),
    });
  }
  return [
    {
      title: `Left after ${cycles.toLocaleString('en')} elements have come and gone`,
      measured:
        'What the page holds more than before, after the garbage was collected. The median of three times in one page.',
      rows,
    },
  ];
}

/**
 * @template {Record<string, number>} Counts
 * @param {Counts} after @param {Counts} before
 * @returns {Counts}
 */
const difference = (after, before) =>
  /** @type {Counts} */ (
    Object.fromEntries(Object.entries(after).map(([name, value]) => [name, value - (before[name] ?? NaN)]))
  );

/** @param {import('playwright-core').Page} visited @param {import('playwright-core').CDPSession} cdp */
async function counts(visited, cdp) {
  // Longer than the element waits with anything that it does after a change of the page.
  await visited.waitForTimeout(300);
  // What a first collection lets go of in the document, a second one collects in the heap.
  for (let time = 0; time < 3; time++) await cdp.send('HeapProfiler.collectGarbage');
  const live = /** @type {{timers: number, channels: number, observers: number}} */ (
    await visited.evaluate(() => Reflect.get(window, 'live')())
  );
  return {
    ...live,
    nodes: await metric(cdp, 'Nodes'),
    listeners: await metric(cdp, 'JSEventListeners'),
    heap: await metric(cdp, 'JSHeapUsedSize'),
  };
}

/** In the page, before any other script: counts what the browser does not. */
function count() {
  /** @type {Record<'timers' | 'channels' | 'observers', Set<unknown>>} */
  const live = { timers: new Set(), channels: new Set(), observers: new Set() };
  const { setTimeout, clearTimeout, setInterval, clearInterval, BroadcastChannel, MutationObserver } = window;
  Object.assign(window, {
    live: () => Object.fromEntries(Object.entries(live).map(([kind, { size }]) => [kind, size])),
    setTimeout(/** @type {any} */ work, /** @type {any[]} */ ...rest) {
      const timer = setTimeout(() => {
        live.timers.delete(timer);
        work(...rest.slice(1));
      }, rest[0]);
      live.timers.add(timer);
      return timer;
    },
    clearTimeout(/** @type {number} */ timer) {
      live.timers.delete(timer);
      clearTimeout(timer);
    },
    setInterval(/** @type {[any]} */ ...rest) {
      const timer = setInterval(...rest);
      live.timers.add(timer);
      return timer;
    },
    clearInterval(/** @type {number} */ timer) {
      live.timers.delete(timer);
      clearInterval(timer);
    },
    BroadcastChannel: class extends BroadcastChannel {
      constructor(/** @type {string} */ name) {
        super(name);
        live.channels.add(this);
      }
      /** @override */
      close() {
        live.channels.delete(this);
        super.close();
      }
    },
    MutationObserver: class extends MutationObserver {
      /** @override */
      observe(/** @type {Parameters<MutationObserver['observe']>} */ ...rest) {
        live.observers.add(this);
        super.observe(...rest);
      }
      /** @override */
      disconnect() {
        live.observers.delete(this);
        super.disconnect();
      }
    },
  });
}

/** In the page: an element comes, for what only the first one begins, and goes. @param {{html: string, ends?: string}} options */
async function prepare({ html, ends }) {
  const place = /** @type {HTMLElement} */ (document.querySelector('#place'));
  place.innerHTML = html;
  const element = /** @type {any} */ (place.firstElementChild);
  while (ends && element.status !== ends) await new Promise((resolve) => setTimeout(resolve, 10));
  place.replaceChildren();
}

/** In the page. @param {{html: string, cycles: number, again: boolean}} options */
async function comeAndGo({ html, cycles, again }) {
  const place = /** @type {HTMLElement} */ (document.querySelector('#place'));
  /** @type {any} */
  let element;
  for (let cycle = 0; cycle < cycles; cycle++) {
    if (element && again) place.append(element);
    else {
      place.innerHTML = html;
      element = place.firstElementChild;
    }
    await element.updateComplete;
    // Some stay until the session has shown itself in them, others do not.
    if (cycle % 10 === 0) await new Promise((resolve) => setTimeout(resolve));
    element.remove();
  }
}
