// What lies between a visitor's click and the navigation to the provider, beside a page that somebody wrote by hand.
import { compare, inPage, interleave, scriptTime } from './measure.mjs';
import { handWrittenPage } from './hand-written.mjs';
import { file, page, script, tag } from './pages.mjs';

/** Of the script between the click and the navigation. */
const limit = 1.5;

/** How long the pointer rests on the button before a warm click, in milliseconds. */
const rest = 500;

const byHand = 'the page by hand';
const limits = { 'ours, lazy': limit, 'ours, eager': limit };

/** @param {import('./measure.mjs').Setting} setting @returns {Promise<import('./measure.mjs').Figure[]>} */
export async function measureClick({ browser, world, rounds = 15 }) {
  const addresses = new Map([
    [byHand, await handWrittenPage(world)],
    ['ours, lazy', await world.site.page('/lazy', page(script(file) + tag({ loading: 'lazy' })))],
    ['ours, eager', await world.site.page('/eager', page(script(file) + tag()))],
  ]);
  /** @typedef {{visited: import('playwright-core').Page, cdp: import('playwright-core').CDPSession}} There */
  /**
   * @param {boolean} warm
   * @param {(click: () => Promise<unknown>, there: There) => Promise<number>} take What is measured, in milliseconds.
   * @returns {(variant: string) => Promise<number>}
   */
  const measure = (warm, take) => (variant) =>
    inPage(browser, async (visited, cdp) => {
      await visited.addInitScript(noteLeaving);
      await visited.goto(addresses.get(variant) ?? '');
      const button = visited.getByRole('button', { name: 'Log in' });
      await button.waitFor();
      // What the page does when it has loaded is over.
      await visited.waitForLoadState('networkidle');
      if (warm) await visited.mouse.move(...(await centre(button)));
      await visited.waitForTimeout(rest);
      // The visitor stays, so that the page can be asked.
      const asked = new Promise((resolve) =>
        world.provider.faults.set('authorization', { status: 204, body: '', when: () => (resolve(0), true) }),
      );
      const click = async () => {
        if (warm) await clickHere(visited);
        // Neither pointer nor key has come near the button before, as with a finger.
        else await button.evaluate((found) => /** @type {HTMLElement} */ (found).click());
        await asked;
      };
      return take(click, { visited, cdp });
    });
  const { origin } = new URL(addresses.get(byHand) ?? '');
  /** @type {Parameters<typeof measure>[1]} */
  const ownScript = (click, { cdp }) => scriptTime(cdp, origin, click);
  /** @type {Parameters<typeof measure>[1]} */
  const toNavigation = async (click, { visited }) => {
    await click();
    return visited.evaluate(() => Reflect.get(window, 'leftAfter'));
  };
  const take = (/** @type {Parameters<typeof measure>} */ ...how) =>
    interleave([...addresses.keys()], rounds, measure(...how));
  const warm = { script: await take(true, ownScript), wall: await take(true, toNavigation) };
  const cold = await take(false, toNavigation);
  return [
    {
      title: 'Script between a warm click and the navigation to the provider',
      measured: `By samples of the stack, with what the browser does for a script. Warm: the pointer has rested on the button for ${rest} ms, and what a click needs is there.`,
      rows: compare(warm.script, limits),
    },
    {
      title: 'From a warm click to the navigation, by the clock',
      measured: 'From the time of the click event to the `navigate` event of the page.',
      rows: compare(warm.wall),
    },
    {
      title: 'From a cold click to the navigation, by the clock',
      measured:
        'Cold: neither pointer nor key has come near the button. The page by hand then fetches the discovery document, ours also the part for signing in.',
      rows: compare(cold),
    },
    {
      title: 'What a cold click fetches',
      measured: 'Both are held back: whatever waits for the other is not asked for.',
      rows: [await fetchedByColdClick({ browser, world }, addresses.get('ours, lazy') ?? '')],
    },
  ];
}

/** @param {Pick<import('./measure.mjs').Setting, 'browser' | 'world'>} setting @param {string} address */
async function fetchedByColdClick({ browser, world }, address) {
  const fetched = new Set();
  const isPart = (/** @type {string} */ url) => url.endsWith('.sign-in.js');
  await inPage(browser, async (visited) => {
    await visited.goto(address);
    const button = visited.getByRole('button', { name: 'Log in' });
    await button.waitFor();
    const until = new Promise(() => {});
    world.site.faults.set('asset', { until, when: ({ url = '' }) => isPart(url) });
    world.provider.faults.set('discovery', { until });
    const requests = ['the part', 'the discovery document'].map(async (name) => {
      const isWanted = (/** @type {import('playwright-core').Request} */ request) =>
        name === 'the part' ? isPart(request.url()) : request.url().endsWith('/openid-configuration');
      await visited.waitForRequest(isWanted, { timeout: 5_000 }).then(
        () => fetched.add(name),
        () => {},
      );
    });
    await button.evaluate((found) => /** @type {HTMLElement} */ (found).click());
    await Promise.all(requests);
  });
  world.site.faults.clear();
  world.provider.faults.clear();
  return {
    name: 'ours, lazy',
    value: [...fetched].join(' and ') || 'nothing',
    limit: 'both at once',
    broken: fetched.size < 2,
  };
}

/** @param {import('playwright-core').Page} visited */
export async function clickHere({ mouse }) {
  await mouse.down();
  await mouse.up();
}

/** @param {import('playwright-core').Locator} button @returns {Promise<[number, number]>} */
export async function centre(button) {
  const { x = NaN, y = NaN, width = NaN, height = NaN } = (await button.boundingBox()) ?? {};
  return [x + width / 2, y + height / 2];
}

/** In the page, before any other script. */
function noteLeaving() {
  let clicked = NaN;
  addEventListener('click', ({ timeStamp }) => (clicked = timeStamp), true);
  /** @type {EventTarget} */ (Reflect.get(window, 'navigation'))?.addEventListener('navigate', () =>
    Object.assign(window, { leftAfter: performance.now() - clicked }),
  );
}
