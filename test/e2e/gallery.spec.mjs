// The gallery: everything that the element can look like, on one page and without Messenger or a provider.
import { createRequire } from 'node:module';
import { expect, test } from './fixtures.mjs';

/** @typedef {import('./fixtures.mjs').Visitor} Visitor */

const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

// Whoever does not want movement sees a busy button that stands still: what is judged is the same each time.
test.use({ viewport: { width: 1400, height: 900 }, contextOptions: { reducedMotion: 'reduce' } });

/** @param {Visitor} visitor Opens the gallery, and waits until every language is there. */
async function opens({ page, world }) {
  await page.goto(world.site.url('/gallery.html'), { waitUntil: 'networkidle' });
  await expect(page.getByRole('status').last()).not.toBeEmpty();
}

test('is accessible, light and dark, in both directions, and asks nobody but its own site', async ({
  visitor,
}) => {
  const { page, world } = visitor;
  /** @type {string[]} */
  const requests = [];
  page.on('request', (request) => requests.push(request.url()));
  await opens(visitor);
  // In the page itself: what `AxeBuilder` carries out of a page with so many elements takes many times as long.
  await page.addScriptTag({ path: axe });
  const violations = await page.evaluate(async () => {
    const results = await /** @type {any} */ (window).axe.run(document, { resultTypes: ['violations'] });
    return results.violations.map((/** @type {any} */ { id, nodes }) => [id, nodes[0].html]);
  });
  expect(violations).toEqual([]);
  expect(requests.filter((url) => !url.startsWith(`${world.site.origin}/`))).toEqual([]);
  expect(visitor.console).toEqual([]);
});

/** What there is of the element for screen readers, by the name of the state: a button, and a sentence. */
const heard = {
  starting: ['button "Log in" [disabled]', 'status'],
  'signed-out': ['button "Log in"', 'status: You are logged out.'],
  again: ['button "Log in"', 'status: Log in again to continue.'],
  'signing-in': ['button "Log in" [disabled]', 'status: One moment…'],
  'signed-in': ['button "Log out"', 'status: You are signed in.'],
  'signing-out': ['button "Log out" [disabled]', 'status: One moment…'],
  failed: ['button "Log in"', 'status: Signing in did not work. Please try again.'],
  unavailable: ['button "Log in"', 'status: Signing in is not possible at the moment.'],
};

test('screen readers get one button in each state, by its label, and one sentence', async ({ visitor }) => {
  await opens(visitor);
  const elements = visitor.page.locator('#light td.plain genesys-auth-messenger');
  await expect(elements).toHaveCount(Object.keys(heard).length);
  await expect(elements.first().getByRole('status')).toHaveText('');
  for (const [state, items] of Object.entries(heard)) {
    const tree = ['/children: equal', ...items].map((item) => `- ${item}`).join('\n');
    await expect(elements.and(visitor.page.locator(`[data-state="${state}"]`))).toMatchAriaSnapshot(tree);
  }
});
