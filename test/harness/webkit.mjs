/** WebKitGTK for the test runner. */
import { WebdriverLauncher } from '@web/test-runner-webdriver';
import { sessionOptions, startDriver } from './webkit-driver.mjs';

export class WebKitLauncher extends WebdriverLauncher {
  /** The driver has one session, in which files run one after the other. */
  concurrency = 1;
  /** @type {import('./webkit-driver.mjs').Driver | undefined} */
  #driver;
  #options;

  constructor() {
    // As the drivers of the other engines have it: a script's click may open a window.
    const options = sessionOptions(0, ['--javascript-can-open-windows-automatically=true']);
    super(options);
    this.#options = options;
  }

  /** @override @param {import('@web/test-runner').TestRunnerCoreConfig} config */
  async initialize(config) {
    this.#driver = await startDriver();
    this.#options.port = this.#driver.port;
    // Told of more than one file at a time, the launcher would run them in frames, where the element signs in otherwise.
    await super.initialize({ ...config, concurrency: 1 });
    this.name = 'WebKitGTK';
  }

  /** @override */
  async stop() {
    await super.stop();
    this.#driver?.stop();
  }
}
