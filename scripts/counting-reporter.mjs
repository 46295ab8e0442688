import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** @typedef {import('@web/test-runner').TestSuiteResult} Suite */

/**
 * All tests, each under its whole name.
 *
 * @param {Suite | undefined} suite
 * @returns {import('@web/test-runner').TestResult[]}
 */
const testsIn = (suite) =>
  suite
    ? [...suite.tests, ...suite.suites.flatMap(testsIn)].map((test) => ({
        ...test,
        name: `${suite.name} ${test.name}`.trim(),
      }))
    : [];

/**
 * For web-test-runner: leaves the counts in a file, for the sum over all suites, with what failed and the names of tests that were left out.
 * @param {string} file
 * @returns {import('@web/test-runner').Reporter}
 */
export const countingReporter = (file) => ({
  onTestRunFinished({ sessions }) {
    const tests = sessions.flatMap(({ testResults }) => testsIn(testResults));
    const ran = tests.filter((test) => !test.skipped);
    const skipped = tests.filter((test) => test.skipped).map(({ name }) => name);
    const failures = ran
      .filter((test) => !test.passed)
      .map(({ name, error }) => ({ title: name, message: error?.message ?? '' }));
    const passed = ran.length - failures.length;
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, JSON.stringify({ passed, failed: failures.length, failures, skipped }));
  },
});
