/**
 * A plugin for the test runner's server: Messenger's bootstrap script at the address where the element looks for it,
 * `http://apps.<domain>/genesys-bootstrap/genesys.min.js`. The script hands over to the page (page.ts). What the server
 * does with a request stands in the domain: `blocked-….localhost` gets no script, `flaky-….localhost` only from the
 * second request on.
 *
 * @returns {import('@web/dev-server-core').Plugin}
 */
export function messengerServer() {
  /** @type {Set<string>} */
  const refused = new Set();
  return {
    name: 'messenger-server',
    serve(context) {
      const { path, host } = context;
      if (path !== '/genesys-bootstrap/genesys.min.js') return undefined;
      const isRefused =
        host.startsWith('apps.blocked-') || (host.startsWith('apps.flaky-') && !refused.has(host));
      refused.add(host);
      if (isRefused) {
        // Not by a status: a browser keeps that answer for as long as the page lives, and does not ask again. Nor by
        // cutting the connection: Firefox asks again by itself. So by a redirect to a port that browsers refuse.
        context.res.writeHead(302, { location: 'http://localhost:1/' }).end();
        context.respond = false;
      }
      return { body: 'messengerArrives();', type: 'js' };
    },
  };
}
