// Programs of others that tests start, wait for and end.
import { once } from 'node:events';
import { createServer } from 'node:net';

/** @typedef {import('node:child_process').ChildProcess} ChildProcess */

/** Waits until a program has started. @param {ChildProcess} server @param {RegExp} line What it then writes. */
export async function says(server, line) {
  let said = '';
  await /** @type {Promise<void>} */ (
    new Promise((resolve, reject) => {
      for (const output of [server.stdout, server.stderr])
        output?.on('data', (data) => line.test((said += data)) && resolve());
      server.once('error', reject);
      server.once('exit', () => reject(new Error(said)));
    })
  );
}

/** @param {ChildProcess} server @param {boolean} [group] */
export async function ended(server, group = false) {
  if (server.exitCode !== null || !server.pid) return;
  const exit = once(server, 'exit');
  process.kill(group ? -server.pid : server.pid, 'SIGTERM');
  await exit;
}

export async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  server.close();
  await once(server, 'close');
  return port;
}
