// What the element costs a page that goes on adding nodes, as applications do.
import { snippet } from '../demo/world/beside.mjs';
import { compare, inPage, interleave, metric, pick } from './measure.mjs';
import { configuringScript, file, page, script, tag } from './pages.mjs';

const limit = 1.05;

/** A page that has ever had an observer, of whatever, pays for that with each node from then on. */
const observed = 'with an observer of its head only';

const messenger = `<script>${snippet()}</script>`;

/** Each with Messenger in it, and nobody signed in. */
const variants = {
  'the page without the element': messenger,
  [observed]: `${messenger}<script>new MutationObserver(() => {}).observe(document.head, { childList: true })</script>`,
  "with the element's tag": script(file) + tag(),
  "with the script's tag": configuringScript(),
  "with the script's tag and a target": `<p id="target"></p>${configuringScript({ 'data-target': '#target' })}`,
  "with the script's tag and a place": `${configuringScript()}<div data-genesys-auth-messenger></div>`,
};

const bodies = new Map(Object.entries(variants));

/** @typedef {{count: number, inTasks: boolean, batches: number}} Work */

/** Each often enough that whatever looks at the page from time to time does so meanwhile. @type {Record<string, Work>} */
const works = {
  microtasks: { count: 2_000, inTasks: false, batches: 100 },
  tasks: { count: 1_000, inTasks: true, batches: 12 },
};

/** @param {import('./measure.mjs').Setting} setting @returns {Promise<import('./measure.mjs').Figure[]>} */
export async function measureNodes({ browser, world, rounds = 7 }) {
  const measure = (/** @type {string} */ variant) =>
    inPage(browser, async (visited, cdp) => {
      const body = bodies.get(variant) ?? '';
      // Out of sight, so that drawing them is not what is measured.
      await world.site.page('/bench', page(`${body}<div id="nodes" hidden></div>`));
      await cdp.send('Performance.enable', { timeDomain: 'threadTicks' });
      await visited.goto(world.site.url('/bench'));
      if (body.includes(file)) {
        await visited.waitForFunction(() => {
          const elements = /** @type {any[]} */ ([...document.querySelectorAll('genesys-auth-messenger')]);
          return elements.length && elements.every(({ status }) => status === 'signed-out');
        });
      }
      await visited.evaluate(fill);
      /** @type {Record<string, number>} */
      const times = {};
      for (const [name, work] of Object.entries(works)) {
        await visited.evaluate(addNodes, { ...work, batches: 5 });
        const before = await metric(cdp, 'TaskDuration');
        await visited.evaluate(addNodes, work);
        times[name] = (1_000 * ((await metric(cdp, 'TaskDuration')) - before)) / work.batches;
      }
      return times;
    });
  const samples = await interleave([...bodies.keys()], rounds, measure);
  const limited = [...bodies.keys()].filter((variant) => variant !== observed);
  const limits = Object.fromEntries(limited.map((variant) => [variant, limit]));
  return [
    {
      title: 'Adding 2,000 nodes, each in a microtask of its own',
      measured:
        "Processor time of the page's thread, in a page of 20,000 elements that has Messenger, and nobody signed in. Other scripts of a page pay for whoever watches it.",
      rows: compare(pick(samples, 'microtasks'), limits),
    },
    {
      title: 'Adding 1,000 nodes, each in a task of its own',
      measured: 'The same.',
      rows: compare(pick(samples, 'tasks'), limits),
    },
  ];
}

/** In the page. */
function fill() {
  const many = document.createElement('div');
  many.hidden = true;
  many.innerHTML = '<p><b></b></p>'.repeat(10_000);
  document.body.append(many);
}

/** In the page. @param {Work} work */
async function addNodes({ count, inTasks, batches }) {
  const place = /** @type {HTMLElement} */ (document.querySelector('#nodes'));
  const { port1, port2 } = new MessageChannel();
  const nextTask = () =>
    new Promise((resolve) => {
      port1.onmessage = resolve;
      port2.postMessage(0);
    });
  for (let batch = 0; batch < batches; batch++) {
    for (let i = 0; i < count; i++) {
      place.append(document.createElement('i'));
      await (inTasks ? nextTask() : null);
    }
    place.replaceChildren();
    await nextTask();
  }
}
