import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** @typedef {import('@web/test-runner').TestSuiteResult} Suite */

/** @param {Suite | undefined} suite @returns {import('@web/test-runner').TestResult[]} */
const testsIn = (suite) => (suite ? [...suite.tests, ...suite.suites.flatMap(testsIn)] : []);

/**
 * For web-test-runner: leaves the counts in a file, for the sum over all suites.
 * @param {string} file
 * @returns {import('@web/test-runner').Reporter}
 */
export const countingReporter = (file) => ({
  onTestRunFinished({ sessions }) {
    const tests = sessions.flatMap(({ testResults }) => testsIn(testResults)).filter((test) => !test.skipped);
    const passed = tests.filter((test) => test.passed).length;
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, JSON.stringify({ passed, failed: tests.length - passed }));
  },
});
