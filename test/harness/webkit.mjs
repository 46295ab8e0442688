/**
 * WebKitGTK for the test runner, the engine nearest to Safari's that a Linux machine has. Its driver needs a display:
 * both are started for the run and ended after it.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { WebdriverLauncher } from '@web/test-runner-webdriver';

/** @typedef {import('node:child_process').ChildProcess} ChildProcess */

/** Loopback only: whoever reaches the driver can do everything that this user can. */
const hostname = '127.0.0.1';

export class WebKitLauncher extends WebdriverLauncher {
  /** The driver has one session, in which files run one after the other. */
  concurrency = 1;
  /** @type {ChildProcess[]} */
  #started = [];
  #options;

  constructor() {
    const options = {
      hostname,
      port: 0,
      path: '/',
      capabilities: {
        browserName: 'MiniBrowser',
        'wdio:enforceWebDriverClassic': true,
        // As the drivers of the other engines have it: a script's click may open a window.
        'webkitgtk:browserOptions': {
          args: ['--automation', '--javascript-can-open-windows-automatically=true'],
        },
      },
    };
    super(options);
    this.#options = options;
    process.once('exit', () => this.#end());
  }

  /** @param {import('@web/test-runner').TestRunnerCoreConfig} config */
  async initialize(config) {
    const display = await this.#startDisplay();
    this.#options.port = await this.#startDriver(display);
    // Told of more than one file at a time, the launcher would run them in frames, where the element signs in otherwise.
    await super.initialize({ ...config, concurrency: 1 });
    this.name = 'WebKitGTK';
  }

  async stop() {
    await super.stop();
    this.#end();
  }

  /** @returns {Promise<string>} The display's name. */
  async #startDisplay() {
    // Xvfb takes a free display and writes its number to the file descriptor.
    const command = ['Xvfb', '-displayfd', '3', '-screen', '0', '1280x1024x24', '-nolisten', 'tcp'];
    const xvfb = this.#start(command, process.env, ['ignore', 'ignore', 'ignore', 'pipe']);
    const ended = once(xvfb, 'exit').then(() =>
      Promise.reject(new Error('Xvfb ended before it had a display.')),
    );
    const [number] = await Promise.race([once(/** @type {any} */ (xvfb.stdio[3]), 'data'), ended]);
    return `:${String(number).trim()}`;
  }

  /** @param {string} display @returns {Promise<number>} The driver's port. */
  async #startDriver(display) {
    const port = await freePort();
    const command = ['WebKitWebDriver', `--host=${hostname}`, `--port=${port}`];
    const driver = this.#start(command, { ...process.env, DISPLAY: display }, 'ignore');
    // It does not say when it is ready.
    while (driver.exitCode === null) {
      const isReady = await fetch(`http://${hostname}:${port}/status`).then(
        ({ ok }) => ok,
        () => false,
      );
      if (isReady) return port;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error('WebKitWebDriver ended before it was ready.');
  }

  /** @param {string[]} command @param {NodeJS.ProcessEnv} env @param {import('node:child_process').StdioOptions} stdio */
  #start([program = '', ...args], env, stdio) {
    const child = spawn(program, args, { env, stdio });
    this.#started.push(child);
    return child;
  }

  /** The browser ends with its display, even where the driver could not end it. */
  #end() {
    for (const child of this.#started.splice(0)) child.kill();
  }
}

/** @returns {Promise<number>} */
async function freePort() {
  const server = createServer().listen(0, hostname);
  await once(server, 'listening');
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  server.close();
  await once(server, 'close');
  return port;
}
