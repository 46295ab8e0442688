// Loopback only: servers that nobody else can reach, by their own names, and names under `.localhost` that Node can resolve.
import dns from 'node:dns';
import http from 'node:http';
import { syncBuiltinESMExports } from 'node:module';

/**
 * @typedef {object} Listener
 * @property {number} port
 * @property {() => Promise<void>} stop Closes the server and every connection, idle or not.
 */

/**
 * Listens on 127.0.0.1 and nowhere else.
 * @param {readonly string[]} names The host names that it answers for. A page of another name that resolves to loopback
 *   would otherwise read what is served here (DNS rebinding).
 * @param {(request: http.IncomingMessage, response: http.ServerResponse) => unknown} handler Gets requests for the path of
 *   a well-formed address. What it fails with is a 500.
 * @param {number} [port] 0, the default, lets the system choose a free one.
 * @returns {Promise<Listener>}
 * @throws {Error} When the port is taken.
 */
export async function listen(names, handler, port = 0) {
  const server = http.createServer(async (request, response) => {
    try {
      if (!isWellFormed(request.url ?? '')) return refuse(response, 400);
      const host = request.headers.host?.replace(/:\d+$/, '').toLowerCase() ?? '';
      if (!names.includes(host)) return refuse(response, 421);
      await handler(request, response);
    } catch (error) {
      console.error(error);
      if (!response.headersSent) response.writeHead(500);
      response.end();
    }
  });
  // A browser repeats, by itself, a request whose reused connection was cut; on a fresh one it does not.
  server.maxRequestsPerSocket = 1;
  // What Node's parser refuses, among it an address that is too long for it.
  server.on('clientError', (_error, socket) => {
    if (socket.writable) socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n');
  });
  await new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve(undefined));
  });
  const address = /** @type {import('node:net').AddressInfo} */ (server.address());
  return {
    port: address.port,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** @param {http.ServerResponse} response @param {number} status */
function refuse(response, status) {
  response.writeHead(status, { 'content-length': 0 }).end();
}

/**
 * The origin form (RFC 9112 §3.2.1), and a path that can be decoded: `//host` and `/\host` name another host to a parser of
 * URLs, and no path holds a backslash or a control character.
 * @param {string} target
 */
function isWellFormed(target) {
  const [path = ''] = target.split(/[?#]/);
  try {
    return /^\/(?!\/)/.test(path) && !/[\\\0-\x1f\x7f]/.test(decodeURIComponent(path));
  } catch {
    return false;
  }
}

/**
 * Makes names under `.localhost` resolve to loopback inside this process (RFC 6761 §6.3), as browsers do and some C
 * libraries do not. Calling it again changes nothing.
 */
export function resolveLocalhostNames() {
  if ('localhostNames' in dns.lookup) return;
  const lookup = dns.lookup;
  /** @param {string} name @param {any} options @param {any} [callback] */
  const loopback = (name, options, callback = options) => {
    if (!name.endsWith('.localhost')) return /** @type {any} */ (lookup)(name, options, callback);
    const answer = options.all ? [[{ address: '127.0.0.1', family: 4 }]] : ['127.0.0.1', 4];
    process.nextTick(callback, null, ...answer);
  };
  dns.lookup = /** @type {any} */ (Object.assign(loopback, lookup, { localhostNames: true }));
  syncBuiltinESMExports();
}
