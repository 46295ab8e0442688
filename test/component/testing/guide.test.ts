import { expect } from '@open-wc/testing';
import type { ErrorCode } from '../../../src/explanations.js';
import { MessengerApi } from '../../../src/testing/index.js';
import { closePages, openPage, Visitor } from '../../harness/page.js';

afterEach(closePages);

const guide = await (await fetch(new URL('../../../docs/testing.md', import.meta.url))).text();
const rows = [...guide.matchAll(/^\| `(api\.[^`]+)` +\| `([\w/-]+)` +\|$/gm)];

describe('The failures of docs/testing.md', () => {
  it('are a table', () => expect(rows).to.have.length.above(5));

  for (const [, setting, code] of rows)
    it(`${setting}: ${code}`, async () => {
      const visitor = new Visitor();
      const api = new MessengerApi({ deploymentId: visitor.deploymentId });
      new Function('api', setting!)(api);
      const page = await openPage({ authorize: true, messenger: 'injected', visitor, api });
      const isExchange = code!.startsWith('exchange/');
      if (isExchange) {
        await page.status('signed-out');
        page.button.click();
      }
      const told = page.fails(code as ErrorCode);
      // Some is told by what does not come in time, which counts from when Messenger's script has run.
      await page.scriptRan;
      await page.quiet();
      page.clock.passes(isExchange ? 1_000 : 10_000);
      await told;
    });
});
