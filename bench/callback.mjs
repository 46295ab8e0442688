// From the provider back to a chat that knows the visitor, beside a page that somebody wrote by hand.
import { handWrittenPage } from './hand-written.mjs';
import { logIn } from './log-in.mjs';
import { compare, inPage, interleave, pick } from './measure.mjs';
import { file, page, script, tag } from './pages.mjs';

/** @param {import('./measure.mjs').Setting} setting @returns {Promise<import('./measure.mjs').Figure[]>} */
export async function measureCallback({ browser, world, rounds = 15 }) {
  const addresses = new Map([
    ['the page by hand', await handWrittenPage(world)],
    ['ours', await world.site.page('/callback', page(script(file) + tag()))],
  ]);
  const samples = await inPage(browser, async (visited) => {
    const context = visited.context();
    await context.addInitScript(noteChat);
    const measure = async (/** @type {string} */ variant) => {
      const tab = await context.newPage();
      await tab.goto(addresses.get(variant) ?? '');
      await tab.getByRole('button', { name: 'Log in' }).click();
      if (!signedIn) await logIn(tab);
      signedIn = true;
      await tab.getByRole('button', { name: 'Open chat' }).waitFor();
      const times = await tab.evaluate(() => Reflect.get(window, 'authenticated'));
      // Nobody is signed in when the next one begins, except at the provider.
      await tab.evaluate(() => localStorage.clear());
      await tab.close();
      return times;
    };
    let signedIn = false;
    return interleave([...addresses.keys()], rounds, measure);
  });
  return [
    {
      title: 'From the callback to the authenticated chat, by the clock',
      measured:
        "From the first byte of the page that the provider leads back to until Messenger has exchanged the code (`Auth.authenticated`). Messenger's double and the local provider answer both alike.",
      rows: compare(pick(samples, 'authenticated')),
    },
  ];
}

/** In the page, before any other script. */
function noteChat() {
  /** @type {(times: {authenticated: number}) => void} */
  let note = () => {};
  Object.assign(window, { authenticated: new Promise((resolve) => (note = resolve)) });
  const [navigation] = /** @type {PerformanceNavigationTiming[]} */ (
    performance.getEntriesByType('navigation')
  );
  // What the bootstrap brings in the place of the snippet's function.
  const look = setInterval(() => {
    const genesys = Reflect.get(window, 'Genesys');
    if (!genesys) return;
    clearInterval(look);
    genesys('subscribe', 'Auth.authenticated', () =>
      note({ authenticated: performance.now() - (navigation?.responseStart ?? NaN) }),
    );
  }, 1);
}
