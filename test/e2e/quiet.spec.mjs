// What nobody can clean: the browser's own record of a navigation, and the address in what a policy reports. A quiet redirect page
// (our file and nothing else, named in `redirect-uri`) keeps the answer out of the records of all other pages.
import { expect, pageWith, test } from './fixtures.mjs';

/** @typedef {import('./fixtures.mjs').Visitor} Visitor */

/** The page's markup asks for a picture that the policy reports, before any script runs. */
const reported = { 'content-security-policy-report-only': "img-src 'none'" };
const picture = '<img src="/hill.svg" alt="">';
const quiet = `<!doctype html><html lang="en"><title>One moment</title>
  <script src="/assets/genesys-auth-messenger.js"></script></html>`;

/**
 * Signs in on a page that reports violations of its policy.
 * @param {Visitor} visitor
 * @param {Record<string, string>} attributes
 * @returns {Promise<{entry: string, reports: string[]}>} The address in the record of the navigation, and those in reports.
 */
async function signsIn(visitor, attributes) {
  const { page, world } = visitor;
  /** @type {string[]} */
  const reports = [];
  await page.exposeFunction('report', (/** @type {string} */ address) => reports.push(address));
  await page.addInitScript(() =>
    addEventListener('securitypolicyviolation', ({ documentURI }) =>
      /** @type {any} */ (window).report(documentURI),
    ),
  );
  // The picture comes before our file, as those of a page do.
  const html = pageWith(attributes).replace('<script', `${picture}<script`);
  await world.site.page('/own.html', html, reported);
  await visitor.opens('/own.html');
  await visitor.signsIn();
  await visitor.isSignedIn();
  await expect.poll(() => reports.length).toBeGreaterThanOrEqual(2);
  const entry = await page.evaluate(() => performance.getEntriesByType('navigation')[0]?.name ?? '');
  return { entry, reports };
}

const answer = /[?&]code=/;

test.describe('the page on which the answer arrives', { tag: '@chromium' }, () => {
  test('keeps it in the record of the navigation and in policy reports, which no script can clean', async ({
    visitor,
  }) => {
    const { entry, reports } = await signsIn(visitor, {});
    expect(entry).toMatch(answer);
    expect(reports.filter((address) => answer.test(address))).not.toEqual([]);
    expect(visitor.page.url()).toBe(visitor.world.site.url('/own.html'));
  });

  test('being a quiet one, no other page has the answer in its record or in a report', async ({
    visitor,
  }) => {
    await visitor.world.site.page('/quiet.html', quiet);
    const { entry, reports } = await signsIn(visitor, { 'redirect-uri': '/quiet.html' });
    expect(entry).toBe(visitor.world.site.url('/own.html'));
    expect(reports.filter((address) => answer.test(address))).toEqual([]);
  });
});
