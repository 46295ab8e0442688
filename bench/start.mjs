// How long the element takes to start, beside the least that an element can be; and whether it ever holds the page up.
import { readFile } from 'node:fs/promises';
import { compare, inPage, interleave, median, metric, pick } from './measure.mjs';
import { bareElement, file, litElement, page, script, tag } from './pages.mjs';

/** As slow as a cheap phone. */
const rate = 4;
const limit = 1.6;

/**
 * @typedef {object} Element An element that has drawn its button when that has text.
 * @property {string} name Of its tag.
 * @property {string} source Of the script that defines it.
 * @property {string} body The page's, with one tag or more.
 */

/** @param {import('./measure.mjs').Setting} setting @returns {Promise<import('./measure.mjs').Figure[]>} */
export async function measureStart(setting) {
  const ours = await readFile('dist/genesys-auth-messenger.js', 'utf8');
  const { processor, wall, tasks } = await startElements(setting, {
    'a bare custom element': bareButton,
    'a Lit element': {
      name: 'lit-button',
      source: await litElement(),
      body: '<lit-button></lit-button>',
    },
    'ours, lazy': { name: 'genesys-auth-messenger', source: ours, body: tag({ loading: 'lazy' }) },
    'ours, eager': { name: 'genesys-auth-messenger', source: ours, body: tag() },
  });
  return [
    {
      title: `From the file's first statement to its button, at ${rate}× CPU throttling`,
      measured:
        "Processor time of the page's thread, until the button has its label and its layout. Nothing of Messenger's is in it.",
      rows: compare(processor, { 'ours, lazy': limit, 'ours, eager': limit }),
    },
    {
      title: 'The same, by the clock',
      measured:
        'With waits, such as for the storage of another process, and with whatever else runs on the machine.',
      rows: compare(wall),
    },
    {
      title: `All work of the page as it starts, at ${rate}× CPU throttling`,
      measured:
        "Processor time of the page's tasks: reading the page, too, and 100 ms after the drawing, without Messenger's own.",
      rows: compare(tasks),
    },
  ];
}

export const bareButton = {
  name: 'bare-button',
  source: bareElement,
  body: '<bare-button></bare-button>',
};

/**
 * Measures how elements start, in milliseconds.
 * @param {import('./measure.mjs').Setting} setting
 * @param {Record<string, Element>} elements By variant.
 */
export async function startElements({ browser, world, rounds = 11 }, elements) {
  const measure = (/** @type {string} */ variant) =>
    inPage(browser, async (visited, cdp) => {
      const { name, source, body } = /** @type {Element} */ (elements[variant]);
      // After a first line that is a comment to the browser, as ours has one.
      const marked = source.replace(/^(\/\/.*\n)?/, "$1performance.mark('begun');");
      await world.site.page('/element.js', marked);
      await world.site.page('/bench', page(body + script('/element.js'), watch(name)));
      // Only ours is measured: Messenger's own script never comes.
      const release = world.genesys.faults.hold('bootstrap');
      await cdp.send('Performance.enable', { timeDomain: 'threadTicks' });
      await cdp.send('Emulation.setCPUThrottlingRate', { rate });
      const before = await metric(cdp, 'TaskDuration');
      // Marks and nothing else: to trace more would slow what is traced.
      await browser.startTracing(visited, { categories: ['-*', 'blink.user_timing'] });
      await visited.goto(world.site.url('/bench'), { waitUntil: 'domcontentloaded' });
      await visited.evaluate(() => Reflect.get(window, 'drawn'));
      // What follows the drawing belongs to the start, too.
      await visited.waitForTimeout(100);
      const tasks = 1_000 * ((await metric(cdp, 'TaskDuration')) - before);
      const marks = eventsOf(await browser.stopTracing());
      release();
      const [begun, drawn] = ['begun', 'drawn'].map((mark) => marks.find(({ name }) => name === mark));
      if (!begun || !drawn) throw new Error(`${variant} has not drawn its button`);
      return {
        processor: ((drawn.tts ?? NaN) - (begun.tts ?? NaN)) / 1_000,
        wall: (drawn.ts - begun.ts) / 1_000,
        tasks,
      };
    });
  const samples = await interleave(Object.keys(elements), rounds, measure);
  return {
    processor: pick(samples, 'processor'),
    wall: pick(samples, 'wall'),
    tasks: pick(samples, 'tasks'),
  };
}

/** Marks when the last element has drawn its button. @param {string} name Of its tag. */
const watch = (name) => `<script>
  window.drawn = customElements.whenDefined('${name}').then(async () => {
    const { shadowRoot } = [...document.querySelectorAll('${name}')].at(-1);
    // By microtasks, as elements draw: nothing else has its turn between.
    for (let turn = 0; turn < 1_000; turn++) {
      const button = shadowRoot.querySelector('button');
      if (button?.textContent.trim()) {
        button.getBoundingClientRect();
        return void performance.mark('drawn');
      }
      await null;
    }
  });
</script>`;

/** @param {import('./measure.mjs').Setting} setting @returns {Promise<import('./measure.mjs').Figure[]>} */
export async function measureTasks({ browser, world, rounds = 5 }) {
  const bodies = new Map([
    ['lazy', tag({ loading: 'lazy' })],
    ['eager', tag()],
  ]);
  const measure = (/** @type {string} */ variant) =>
    inPage(browser, async (visited, cdp) => {
      await world.site.page('/bench', page(script(file) + bodies.get(variant)));
      await cdp.send('Emulation.setCPUThrottlingRate', { rate });
      await browser.startTracing(visited, { categories: ['-*', 'toplevel', 'devtools.timeline'] });
      await visited.goto(world.site.url('/bench'));
      await visited.waitForFunction(
        () => Object(document.querySelector('genesys-auth-messenger')).status === 'signed-out',
      );
      return Math.max(...tasksOfOurs(eventsOf(await browser.stopTracing())));
    });
  const samples = await interleave([...bodies.keys()], rounds, measure);
  return [
    {
      title: `The longest task with script of ours until somebody can log in, at ${rate}× CPU throttling`,
      measured: 'By the clock. A task of 50 ms or more is a long one.',
      rows: Object.entries(samples).map(([name, taken]) => ({
        name,
        value: `${median(taken).toFixed(2)} ms`,
        note: `long in ${taken.filter((time) => time >= 50).length} of ${taken.length}`,
      })),
    },
  ];
}

/**
 * @typedef {object} TraceEvent Times are in microseconds: `ts` by the clock, `tts` of the thread.
 * @property {string} name
 * @property {number} pid
 * @property {number} tid
 * @property {number} ts
 * @property {number} [tts]
 * @property {number} [dur]
 * @property {{data?: {url?: string}}} [args]
 */

/** @param {Buffer} trace @returns {TraceEvent[]} */
const eventsOf = (trace) => JSON.parse(String(trace)).traceEvents;

/** @param {readonly TraceEvent[]} events @returns {number[]} Durations in milliseconds. */
function tasksOfOurs(events) {
  // Not the page's own, in which the browser finds that it has to load the file.
  const ours = events.filter(
    ({ name, args }) => /^(EvaluateScript|FunctionCall)$/.test(name) && args?.data?.url?.endsWith(file),
  );
  const holds = (/** @type {TraceEvent} */ task, /** @type {TraceEvent} */ { pid, tid, ts }) =>
    task.pid === pid && task.tid === tid && task.ts <= ts && ts <= task.ts + (task.dur ?? 0);
  return events
    .filter((event) => event.name.endsWith('RunTask') && ours.some((script) => holds(event, script)))
    .map(({ dur = 0 }) => dur / 1_000);
}
