// What the setup page hands out: the tag in its three forms, and the policy that it needs.

/** @typedef {Record<string, string>} Attributes By name; an empty value is an attribute without one. */
/** @typedef {{src: string, integrity?: string}} File The pasted file. */

/** @param {string} text */
const escaped = (text) => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');

/** @param {Attributes} attributes @param {string} [prefix] */
const lines = (attributes, prefix = '') =>
  Object.entries(attributes).map(([name, value]) => `  ${prefix}${name}${value && `="${escaped(value)}"`}`);

/** @param {File} file @returns {Attributes} */
const loading = ({ src, integrity }) => ({
  src,
  ...(integrity ? { integrity, crossorigin: 'anonymous' } : {}),
  async: '',
});

/** @param {string} name @param {string[]} written */
const tag = (name, written) => `<${name}\n${written.join('\n')}\n></${name}>`;

/** @param {File} file */
const elementScript = (file) => `<script${lines(loading(file)).join('').replace(/ {2}/g, ' ')}></script>`;

/**
 * The three forms of paste, by what each is for. A place configures nothing, so the script beside it does.
 * @param {Attributes} attributes
 * @param {File} file
 * @returns {Record<'element' | 'script' | 'place', string>}
 */
export function forms(attributes, file) {
  const script = (/** @type {Attributes} */ more = {}) =>
    tag('script', lines({ ...loading(file), ...more }).concat(lines(attributes, 'data-')));
  return {
    element: `${tag('genesys-auth-messenger', lines(attributes))}\n${elementScript(file)}`,
    script: script(),
    place: `${script({ 'data-target': '' })}\n\n<div data-genesys-auth-messenger></div>`,
  };
}

/**
 * What a strict Content-Security-Policy says (docs/messenger.md §7).
 * @param {object} needs
 * @param {string} needs.bootstrap The address of the region's Messenger script.
 * @param {string} needs.file The address of the pasted file.
 * @param {string} needs.issuer
 * @param {string} [needs.authorization] The authorization endpoint; another host than the issuer's with some providers.
 * @param {boolean} needs.discovery Whether the discovery document is read.
 */
export function policy({ bootstrap, file, issuer, authorization = issuer, discovery }) {
  const apps = new URL(bootstrap).origin;
  const service = (/** @type {string} */ name) => apps.replace('//apps.', `//${name}.`);
  const socket = service('webmessaging').replace(/^http/, 'ws');
  const origin = (/** @type {string} */ url) => new URL(url).origin;
  const directives = {
    'script-src': [origin(file), apps],
    'frame-src': [apps, "'self'", origin(authorization)],
    'connect-src': [service('api-cdn'), service('api'), socket, ...(discovery ? [origin(issuer)] : [])],
    'base-uri': ["'none'"],
  };
  return Object.entries(directives)
    .map(([name, sources]) => `${name} ${sources.join(' ')};`)
    .join('\n');
}
