/**
 * WebKitGTK, the engine nearest to Safari's that a Linux machine has. Its driver needs a display: both are started here, and
 * end with this process at the latest.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';

/** @typedef {import('node:child_process').ChildProcess} ChildProcess */
/** @typedef {Awaited<ReturnType<typeof startDriver>>} Driver */

/** Loopback only: whoever reaches the driver can do everything that this user can. */
const hostname = '127.0.0.1';

export async function startDriver() {
  /** @type {ChildProcess[]} */
  const started = [];
  /** @type {Start} */
  const start = ([program = '', ...args], env, stdio) => {
    const child = spawn(program, args, { env, stdio });
    started.push(child);
    return child;
  };
  /** The browser ends with its display, even where the driver could not end it. */
  const stop = () => {
    for (const child of started.splice(0)) child.kill();
  };
  process.once('exit', stop);
  const port = await startOn(await startDisplay(start), start);
  return { port, stop };
}

/**
 * What a session is asked for with.
 * @param {number} port The driver's.
 * @param {string[]} [args] More of the browser's.
 */
export const sessionOptions = (port, args = []) => ({
  hostname,
  port,
  path: '/',
  capabilities: {
    browserName: 'MiniBrowser',
    'wdio:enforceWebDriverClassic': true,
    'webkitgtk:browserOptions': { args: ['--automation', ...args] },
  },
});

/**
 * @callback Start
 * @param {string[]} command
 * @param {NodeJS.ProcessEnv} env
 * @param {import('node:child_process').StdioOptions} stdio
 * @returns {ChildProcess}
 */

/** @param {Start} start @returns {Promise<string>} The display's name. */
async function startDisplay(start) {
  // Xvfb takes a free display and writes its number to the file descriptor.
  const command = ['Xvfb', '-displayfd', '3', '-screen', '0', '1280x1024x24', '-nolisten', 'tcp'];
  const xvfb = start(command, process.env, ['ignore', 'ignore', 'ignore', 'pipe']);
  const ended = once(xvfb, 'exit').then(() =>
    Promise.reject(new Error('Xvfb ended before it had a display.')),
  );
  const [number] = await Promise.race([once(/** @type {any} */ (xvfb.stdio[3]), 'data'), ended]);
  return `:${String(number).trim()}`;
}

/** @param {string} display @param {Start} start @returns {Promise<number>} The driver's port. */
async function startOn(display, start) {
  const port = await freePort();
  const command = ['WebKitWebDriver', `--host=${hostname}`, `--port=${port}`];
  const driver = start(command, { ...process.env, DISPLAY: display }, 'ignore');
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

/** @returns {Promise<number>} */
async function freePort() {
  const server = createServer().listen(0, hostname);
  await once(server, 'listening');
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  server.close();
  await once(server, 'close');
  return port;
}
