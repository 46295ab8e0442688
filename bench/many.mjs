// A thousand elements with one configuration in a page: a list of products, each with its button.
import { readFile } from 'node:fs/promises';
import { compare, inPage } from './measure.mjs';
import { file, page, script, tag } from './pages.mjs';
import { bareButton, startElements } from './start.mjs';

const count = 1_000;

/** @param {import('./measure.mjs').Setting} setting @returns {Promise<import('./measure.mjs').Figure[]>} */
export async function measureMany(setting) {
  const source = await readFile('dist/genesys-auth-messenger.js', 'utf8');
  const ours = { name: 'genesys-auth-messenger', source };
  const { processor, tasks } = await startElements(
    { ...setting, rounds: setting.rounds ?? 5 },
    {
      'bare custom elements': { ...bareButton, body: bareButton.body.repeat(count) },
      'ours, lazy': { ...ours, body: tag({ loading: 'lazy' }).repeat(count) },
      'ours, eager': { ...ours, body: tag().repeat(count) },
    },
  );
  const number = count.toLocaleString('en');
  return [
    {
      title: `${number} elements, from the file's first statement to the last button`,
      measured: "Processor time of the page's thread at 4× CPU throttling, with the layout.",
      rows: compare(processor),
    },
    {
      title: `All work of a page with ${number} elements`,
      measured: 'As for one element. Divide by a thousand, and it is µs for an element.',
      rows: compare(tasks),
    },
    {
      title: `What a page with ${number} elements fetches`,
      measured: 'With `silent`, so that it asks for everything by itself.',
      rows: await fetched(setting),
    },
  ];
}

/** @param {import('./measure.mjs').Setting} setting */
async function fetched({ browser, world }) {
  /** @type {string[]} */
  const urls = [];
  await world.site.page('/many', page(script(file) + tag({ silent: '' }).repeat(count)));
  await inPage(browser, async (visited) => {
    visited.on('request', (request) => {
      // A hidden frame ends on the same page, and reads its answer there.
      if (request.frame() === visited.mainFrame()) urls.push(new URL(request.url()).pathname);
    });
    await visited.goto(world.site.url('/many'));
    await visited.getByRole('button', { name: 'Log in' }).first().waitFor();
    await visited.waitForFunction(() =>
      [...document.querySelectorAll('genesys-auth-messenger')].every(
        (element) => Object(element).status === 'signed-out',
      ),
    );
  });
  const kinds = {
    'Messenger’s bootstrap': 'genesys.min.js',
    'the discovery document': 'openid-configuration',
    'the part for signing in': 'genesys-auth-messenger.sign-in.js',
  };
  return Object.entries(kinds).map(([name, end]) => {
    const times = urls.filter((url) => url.endsWith(end)).length;
    return { name, value: String(times), limit: '1', broken: times > 1 };
  });
}
