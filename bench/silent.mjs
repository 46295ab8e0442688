// Signing in without a click, in a hidden frame, beside a frame that somebody made by hand; and what tabs ask that nobody sees.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launchPermissive } from '../test/e2e/fixtures.mjs';
import { answerByHand, frameByHand } from './hand-written.mjs';
import { logIn } from './log-in.mjs';
import { compare, interleave, pick } from './measure.mjs';
import { file, page, script, tag } from './pages.mjs';

const limit = 1.1;
const tabCount = 5;

/** @param {import('./measure.mjs').Setting} setting @returns {Promise<import('./measure.mjs').Figure[]>} */
export async function measureSilent({ browser, options, world, rounds = 15 }) {
  const answerPath = '/answer';
  const silent = page(script(file) + tag({ silent: '', 'redirect-uri': answerPath }));
  await world.site.page(answerPath, silent);
  await world.site.page('/answer-by-hand', answerByHand);
  const ours = await world.site.page('/silent', silent);
  const addresses = new Map([
    ['a frame by hand', await world.site.page('/frame', frameByHand(world, answerPath))],
    ['ours', ours],
    [
      'a frame and its answer by hand',
      await world.site.page('/frame-and-answer', frameByHand(world, '/answer-by-hand')),
    ],
  ]);
  const profile = await mkdtemp(join(tmpdir(), 'bench-'));
  // Where the provider's cookie reaches a frame.
  const context = await launchPermissive(browser.browserType(), options, profile);
  /** Nobody is signed in, except at the provider. */
  const freshTab = async () => {
    const tab = await context.newPage();
    await tab.goto(world.site.url('/answer-by-hand'));
    await tab.evaluate(() => localStorage.clear());
    return tab;
  };
  try {
    const first = await context.newPage();
    await first.goto(await world.site.page('/first', page(script(file) + tag())));
    await first.getByRole('button', { name: 'Log in' }).click();
    await logIn(first);
    await first.getByRole('button', { name: 'Log out' }).waitFor();
    await first.close();
    const measure = async (/** @type {string} */ variant) => {
      const tab = await freshTab();
      await tab.addInitScript(noteFrame);
      await tab.goto(addresses.get(variant) ?? '');
      const times = await tab.evaluate(() => Reflect.get(window, 'framed'));
      await tab.close();
      return times;
    };
    const samples = await interleave([...addresses.keys()], rounds, measure);
    const hidden = await hiddenTabs(freshTab, ours, world);
    return [
      {
        title: 'Silent sign-in, by the clock',
        measured:
          'From the frame coming to its going, with its answer. Both by hand and by ours the same request leads to the same redirect URI, whose page has our file; in the last row to a page of one statement.',
        rows: compare(pick(samples, 'trip'), { ours: limit }),
      },
      {
        title: `Silent sign-in in ${tabCount} tabs that nobody looks at`,
        measured: 'Authorization requests that the provider has seen.',
        rows: hidden,
      },
    ];
  } finally {
    await context.close();
    await rm(profile, { recursive: true, force: true });
  }
}

/**
 * @param {() => Promise<import('playwright-core').Page>} freshTab @param {string} address
 * @param {import('../demo/world/world.mjs').World} world
 */
async function hiddenTabs(freshTab, address, { provider, genesys }) {
  const tabs = [];
  for (let count = 0; count < tabCount; count++) tabs.push(await freshTab());
  provider.authorizationRequests = [];
  for (const tab of tabs) {
    await tab.addInitScript(hide);
    await tab.goto(address);
    // Messenger asks for the visitor then, who would be signed in silently.
    await tab.waitForLoadState('networkidle');
  }
  const before = provider.authorizationRequests.length;
  const redeemed = genesys.log.length;
  for (const tab of tabs) {
    await tab.evaluate(() => Reflect.get(window, 'reveal')());
    await tab.getByRole('button', { name: 'Log out' }).waitFor();
  }
  const after = provider.authorizationRequests.length;
  const signedIn = genesys.log.slice(redeemed).filter(({ ok }) => ok).length;
  for (const tab of tabs) await tab.close();
  return [
    { name: 'until they are seen', value: String(before), limit: '0', broken: before > 0 },
    {
      name: 'when they have been seen',
      value: String(after),
      note: `${signedIn} signed in`,
      limit: String(tabCount),
      broken: after > tabCount,
    },
  ];
}

/** In the page, before any other script. */
function noteFrame() {
  if (window.parent !== window) return;
  Object.assign(window, {
    framed: new Promise((resolve) => {
      let came = NaN;
      const isFrame = (/** @type {Node} */ node) => node instanceof HTMLIFrameElement;
      new MutationObserver((records) => {
        for (const { addedNodes, removedNodes } of records) {
          if ([...addedNodes].some(isFrame)) came = performance.now();
          if ([...removedNodes].some(isFrame)) resolve({ trip: performance.now() - came });
        }
      }).observe(document, { childList: true, subtree: true });
    }),
  });
}

/** In the page, before any other script: what a browser says in a tab behind others, which a headless one does not have. */
function hide() {
  let state = 'hidden';
  Object.defineProperty(Document.prototype, 'visibilityState', { get: () => state });
  Object.assign(window, {
    reveal() {
      state = 'visible';
      document.dispatchEvent(new Event('visibilitychange'));
    },
  });
}
