// The Content-Security-Policy that a page with the element needs, for the documentation and for the tests that prove it.

/**
 * @typedef {object} Hosts
 * @property {string} domain The region's.
 * @property {string} issuer The provider's origin, or what stands for it.
 * @property {boolean} [local] A Genesys Cloud on one's own machine, without encryption.
 */

/**
 * What a strict page adds for Messenger and the provider (docs/messenger.md §7); in hidden frames the provider comes
 * back to the page itself. Scripts need no host: under
 * `'strict-dynamic'` the nonce of the pasted script vouches for those that it adds.
 *
 * @param {Hosts} hosts
 * @returns {Record<string, string>} Sources by directive.
 */
export function strictSources({ domain, issuer, local = false }) {
  const web = local ? 'http' : 'https';
  const socket = local ? 'ws' : 'wss';
  return {
    'connect-src': `${web}://api-cdn.${domain} ${web}://api.${domain} ${socket}://webmessaging.${domain} ${issuer}`,
    'frame-src': `${web}://apps.${domain} 'self' ${issuer}`,
  };
}

/**
 * The whole policy of a page that has nothing else.
 *
 * @param {Hosts & {nonce: string}} hosts
 */
export function strictPolicy({ nonce, ...hosts }) {
  const directives = {
    'default-src': "'none'",
    'script-src': `'nonce-${nonce}' 'strict-dynamic'`,
    'style-src': "'self'",
    'img-src': "'self'",
    // A nonce vouches for a script, not for the address that an injected <base> would make of its `src`.
    'base-uri': "'none'",
    ...strictSources(hosts),
    'require-trusted-types-for': "'script'",
  };
  return written(directives);
}

/** @param {Record<string, string>} directives */
export function written(directives) {
  return Object.entries(directives)
    .map(([name, sources]) => `${name} ${sources};`)
    .join('\n');
}
