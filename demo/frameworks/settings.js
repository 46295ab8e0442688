/** On a server, what the site fills in. */
const placeholders = {
  deploymentId: '%DEPLOYMENT_ID%',
  environment: '%ENVIRONMENT%',
  issuer: '%ISSUER%',
  clientId: '%CLIENT_ID%',
};

/** What the server has put into the page. */
export const settings = globalThis.document
  ? JSON.parse(document.querySelector('#settings').textContent)
  : placeholders;
