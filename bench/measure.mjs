// How figures are taken and compared: rounds in which every variant has its turn, and medians over them.

/**
 * @typedef {object} Setting What a figure is taken in.
 * @property {import('playwright-core').Browser} browser
 * @property {import('playwright-core').LaunchOptions} options It was launched with.
 * @property {import('../demo/world/world.mjs').World} world
 * @property {number} [rounds] Instead of the figure's own.
 *
 * @typedef {object} Row
 * @property {string} name
 * @property {string} value
 * @property {number} [ratio] To the figure's first row.
 * @property {number} [bytes] Where a size is measured.
 * @property {string} [note]
 * @property {string} [limit] What it may be.
 * @property {boolean} [broken] It is more.
 *
 * @typedef {object} Figure
 * @property {string} title
 * @property {string} measured What the numbers are, in whole sentences.
 * @property {Row[]} rows
 */

/**
 * Every round measures each variant once, in an order that turns: a machine that grows slower does so for all alike.
 * @template Sample
 * @param {readonly string[]} variants
 * @param {number} rounds
 * @param {(variant: string) => Promise<Sample>} measure
 * @returns {Promise<Record<string, Sample[]>>} By variant, a sample for each round.
 */
export async function interleave(variants, rounds, measure) {
  /** @type {Record<string, Sample[]>} */
  const samples = Object.fromEntries(variants.map((variant) => [variant, []]));
  // What only the first load of all pays for: connections, the browser's own start.
  for (const variant of variants) await measure(variant);
  for (let round = 0; round < rounds; round++)
    for (const index of variants.keys()) {
      const variant = /** @type {string} */ (variants[(round + index) % variants.length]);
      samples[variant]?.push(await measure(variant));
    }
  return samples;
}

/** @param {readonly number[]} values */
export function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  const half = sorted.length / 2;
  return (at(sorted, Math.ceil(half) - 1) + at(sorted, Math.floor(half))) / 2;
}

/**
 * The variants beside the first of them: each round's samples are compared, and the median of these ratios counts. So what
 * slows a whole round does not.
 * @param {Record<string, number[]>} samples
 * @param {Record<string, number>} [limits] By variant.
 * @returns {Row[]}
 */
export function compare(samples, limits = {}) {
  const [base = []] = Object.values(samples);
  return Object.entries(samples).map(([name, taken]) => {
    const value = `${median(taken).toFixed(2)} ms`;
    if (taken === base) return { name, value };
    const ratio = median(taken.map((sample, round) => sample / at(base, round)));
    const limit = limits[name];
    return {
      name,
      value,
      ratio,
      ...(limit && { limit: `× ${limit.toFixed(2)}`, broken: ratio > limit }),
    };
  });
}

/**
 * One number of each sample.
 * @template {string} Key
 * @param {Record<string, Record<Key, number>[]>} samples
 * @param {Key} key
 * @returns {Record<string, number[]>}
 */
export const pick = (samples, key) =>
  Object.fromEntries(
    Object.entries(samples).map(([variant, taken]) => [variant, taken.map((sample) => sample[key])]),
  );

/** @param {readonly number[]} values @param {number} index */
const at = (values, index) => values[index] ?? NaN;

/**
 * A page in a profile of its own, closed afterwards.
 * @template Result
 * @param {import('playwright-core').Browser} browser
 * @param {(page: import('playwright-core').Page, cdp: import('playwright-core').CDPSession) => Promise<Result>} work
 * @returns {Promise<Result>}
 */
export async function inPage(browser, work) {
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    return await work(page, await context.newCDPSession(page));
  } finally {
    await context.close();
  }
}

/**
 * One of the browser's own counts of a page.
 * @param {import('playwright-core').CDPSession} cdp `Performance` is enabled.
 * @param {string} wanted Durations are in seconds.
 */
export async function metric(cdp, wanted) {
  const { metrics } = await cdp.send('Performance.getMetrics');
  return metrics.find(({ name }) => name === wanted)?.value ?? NaN;
}

/** How often the page's thread is looked at, in microseconds. */
const interval = 50;

/**
 * How long scripts of an origin run, in milliseconds, with what the browser does for them: from samples of the stack. The
 * browser's own `ScriptDuration` leaves out what runs in microtasks.
 * @param {import('playwright-core').CDPSession} cdp
 * @param {string} origin
 * @param {() => Promise<unknown>} work
 */
export async function scriptTime(cdp, origin, work) {
  await cdp.send('Profiler.enable');
  await cdp.send('Profiler.setSamplingInterval', { interval });
  await cdp.send('Profiler.start');
  await work();
  const { profile } = await cdp.send('Profiler.stop');
  const { nodes, samples = [], timeDeltas = [] } = profile;
  /** Stacks with a script of this origin in them. @type {Set<number>} */
  const own = new Set();
  // A node comes before its children.
  for (const { id, callFrame, children = [] } of nodes) {
    if (callFrame.url.startsWith(`${origin}/`)) own.add(id);
    if (own.has(id)) children.forEach((child) => own.add(child));
  }
  const taken = samples.map((id, index) => (own.has(id) ? (timeDeltas[index] ?? 0) : 0));
  return taken.reduce((sum, time) => sum + time, 0) / 1_000;
}
