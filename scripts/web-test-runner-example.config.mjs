/** The example of docs/testing.md as our tests run it: in the browser that all of them use, and counted. */
import { defaultReporter } from '@web/test-runner';
import example from '../test/examples/web-test-runner/web-test-runner.config.mjs';
import ours from '../web-test-runner.config.mjs';
import { countingReporter } from './counting-reporter.mjs';

/** @type {import('@web/test-runner').TestRunnerConfig} */
export default {
  ...example,
  hostname: ours.hostname,
  browsers: ours.browsers,
  reporters: [defaultReporter(), countingReporter('test-results/examples-web-test-runner.json')],
};
