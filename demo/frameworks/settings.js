/** What the server has put into the page: deploymentId, environment, issuer, clientId. */
export const settings = JSON.parse(document.querySelector('#settings')?.textContent ?? '{}');
