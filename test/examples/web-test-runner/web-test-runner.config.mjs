import { esbuildPlugin } from '@web/dev-server-esbuild';
import { chromeLauncher } from '@web/test-runner-chrome';

export default {
  files: 'test/examples/web-test-runner/*.test.ts',
  nodeResolve: true,
  plugins: [esbuildPlugin({ ts: true })],
  // Without a path: the Chrome that is installed.
  browsers: [chromeLauncher({ launchOptions: { executablePath: process.env.CHROMIUM_PATH } })],
  testFramework: { config: { timeout: 10_000 } },
};
