// How long a page is busy with the click that opens the sign-in window, beside `window.open` by hand.
import { centre, clickHere } from './click.mjs';
import { popupByHand, popupSignIn } from './hand-written.mjs';
import { compare, inPage, interleave, pick } from './measure.mjs';
import { file, page, script, tag } from './pages.mjs';

/** As slow as a cheap phone. */
const rate = 4;
const limit = 1.1;

/** How long a click is waited for, in milliseconds. */
const patience = 5_000;

/** @typedef {{duration: number, processing: number}} Clicked In milliseconds. */

/** @param {import('./measure.mjs').Setting} setting @returns {Promise<import('./measure.mjs').Figure[]>} */
export async function measurePopup({ browser, world, rounds = 15 }) {
  const body = script(file) + tag({ mode: 'popup', loading: 'lazy' });
  const toProvider = `${world.provider.issuer}/login/**`;
  /** @type {Record<string, {address: string, leadsTo: string}>} */
  const pages = {
    'window.open by hand': {
      address: await world.site.page('/popup-by-hand', popupByHand),
      leadsTo: 'about:blank',
    },
    'the same, and to the provider': {
      address: await world.site.page('/popup-sign-in', popupSignIn(world)),
      leadsTo: toProvider,
    },
    ours: { address: await world.site.page('/popup', page(body)), leadsTo: toProvider },
  };
  /** @param {string} variant @returns {Promise<Clicked>} */
  const measure = async (variant) => (await attempt(variant)) ?? measure(variant);
  const attempt = (/** @type {string} */ variant) =>
    inPage(browser, async (visited, cdp) => {
      await visited.addInitScript(noteClick);
      await cdp.send('Emulation.setCPUThrottlingRate', { rate });
      const { address, leadsTo } = /** @type {typeof pages[string]} */ (pages[variant]);
      await visited.goto(address);
      const button = visited.getByRole('button', { name: 'Log in' });
      await button.waitFor();
      await visited.waitForLoadState('networkidle');
      await visited.mouse.move(...(await centre(button)));
      await visited.waitForTimeout(500);
      const opened = visited.waitForEvent('popup');
      await clickHere(visited);
      // A page behind a new window may not be drawn again, and then tells nothing of its click.
      const clicked = await Promise.race([
        visited.evaluate(() => Reflect.get(window, 'clicked')),
        visited.waitForTimeout(patience),
      ]);
      // A window that is closed on its way, in a process that is slowed, may never close.
      const popup = await opened;
      await popup.waitForURL(leadsTo, { waitUntil: 'commit' });
      await cdp.send('Emulation.setCPUThrottlingRate', { rate: 1 });
      await popup.close();
      return clicked;
    });
  const samples = await interleave(Object.keys(pages), rounds, measure);
  return [
    {
      title: `Interaction to Next Paint of the click that opens a popup, at ${rate}× CPU throttling`,
      measured:
        'The longest event timing entry of the click, from the event to the next paint. The browser rounds it to 8 ms, so that one step is more than the limit allows.',
      rows: compare(pick(samples, 'duration'), { ours: limit }),
    },
    {
      title: 'The handlers of the same click',
      measured:
        "From the first handler's begin to the last one's end, not rounded. Opening the window is most of it. The second row is a whole sign-in by hand.",
      rows: compare(pick(samples, 'processing'), { ours: limit }),
    },
  ];
}

/** In the page, before any other script. */
function noteClick() {
  Object.assign(window, {
    clicked: new Promise((resolve) => {
      /** @type {PerformanceEventTiming[]} */
      const seen = [];
      new PerformanceObserver((list) => {
        seen.push(.../** @type {PerformanceEventTiming[]} */ (list.getEntries()));
        const click = seen.find(({ name }) => name === 'click');
        if (!click) return;
        const parts = seen.filter(({ interactionId }) => interactionId === click.interactionId);
        resolve({
          duration: Math.max(...parts.map(({ duration }) => duration)),
          processing: click.processingEnd - click.processingStart,
        });
      }).observe(/** @type {PerformanceObserverInit} */ ({ type: 'event', durationThreshold: 16 }));
    }),
  });
}
