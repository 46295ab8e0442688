/**
 * Import for its effect: a `listen()` without a host is bound to 127.0.0.1. The test runner's server drops the host
 * when it is `localhost` and would otherwise listen on every interface.
 */
import net from 'node:net';

const listen = net.Server.prototype.listen;
net.Server.prototype.listen = function (/** @type {any[]} */ ...args) {
  const [first, second] = args;
  if (first && typeof first === 'object' && first.port != null && !first.host) {
    args[0] = { ...first, host: '127.0.0.1' };
  } else if (/^\d+$/.test(String(first)) && typeof second !== 'string') {
    args.splice(1, 0, '127.0.0.1');
  }
  return listen.apply(this, /** @type {any} */ (args));
};
