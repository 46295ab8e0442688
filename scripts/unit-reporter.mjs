/** Reporter of the unit tests: failures in full, successes as a number, and the counts in a file. */
import { mkdirSync, writeFileSync } from 'node:fs';

/** @param {AsyncIterable<any>} events */
export default async function* report(events) {
  const counts = { passed: 0, failed: 0, failures: /** @type {{title: string, message: string}[]} */ ([]) };
  /** The titles around a test of a file, outermost first. @type {Map<string, string[]>} */
  const around = new Map();
  for await (const { type, data } of events) {
    const titles = around.get(data.file) ?? [];
    if (type === 'test:start') around.set(data.file, [...titles.slice(0, data.nesting), data.name]);
    if (type === 'test:diagnostic' && data.nesting === 1) yield `${data.message}\n`;
    if (type === 'test:stdout' || type === 'test:stderr') yield data.message;
    const isSuite = data.details?.type === 'suite';
    if (type === 'test:pass' && !isSuite && !data.skip) counts.passed++;
    if (type === 'test:fail' && !isSuite) {
      const title = `${[...titles.slice(0, data.nesting), data.name].join(' › ')} (${data.file}:${data.line})`;
      const message = String(data.details.error?.cause?.stack ?? data.details.error);
      counts.failed++;
      counts.failures.push({ title, message });
      yield `\n✖ ${title}\n${message}\n`;
    }
  }
  mkdirSync('test-results', { recursive: true });
  writeFileSync('test-results/unit.json', JSON.stringify(counts));
  yield `unit: ${counts.passed} passed, ${counts.failed} failed\n`;
}
