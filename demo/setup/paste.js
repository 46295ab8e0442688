// What people have at hand: a Messenger snippet, a discovery address, a tag, or a single value.

/** @typedef {{deploymentId?: string, environment?: string, issuer?: string, clientId?: string}} Values */

const uuid = /[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}/i;
const wellKnown = '/.well-known/openid-configuration';

/**
 * Reads whatever was pasted. Quotes may have become typographic ones on the way.
 * @param {string} pasted
 * @returns {Values} Only what was found.
 */
export function understand(pasted) {
  const text = pasted.replace(/[\u2018\u2019\u201c\u201d\u00ab\u00bb]|&quot;|&#39;/g, "'").trim();
  /** @param {RegExp} pattern */
  const find = (pattern) => pattern.exec(text)?.[1]?.trim() || undefined;
  /** As a property of the snippet, or as an attribute of a tag. @param {string} property @param {string} attribute */
  const value = (property, attribute) =>
    find(new RegExp(`\\b(?:${property}['"]?\\s*:|${attribute}\\s*=)\\s*['"]([^'"]+)['"]`, 'i'));
  const address = find(/^(https?:\/\/\S+)$/);
  const found = {
    deploymentId:
      value('deploymentId', 'deployment-id') ?? (uuid.test(text) && text.length === 36 ? text : undefined),
    environment: value('environment', 'environment') ?? find(/\/\/apps\.([^/'"\s]+)\/genesys-bootstrap\//),
    issuer: value('issuer', 'issuer') ?? address?.replace(wellKnown, ''),
    clientId: value('clientId', 'client-id'),
  };
  return Object.fromEntries(Object.entries(found).filter(([, one]) => one !== undefined));
}

/** @param {string} issuer The address of its discovery document. */
export const discoveryUri = (issuer) => issuer.replace(/\/$/, '') + wellKnown;
