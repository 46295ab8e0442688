import { auth0 } from './auth0.js';
import { b2c } from './b2c.js';
import { cognito } from './cognito.js';
import { entra } from './entra.js';
import { google } from './google.js';
import { keycloak } from './keycloak.js';
import { okta } from './okta.js';
import { otherProvider } from './other.js';
import { ping } from './ping.js';
import type { Attributes, Provider } from './provider.js';
import { salesforce } from './salesforce.js';

export { otherProvider };
export type { Attributes, Provider };

export const providers: readonly Provider[] = [
  okta,
  auth0,
  entra,
  b2c,
  keycloak,
  cognito,
  ping,
  google,
  salesforce,
];

/** What an administrator sets in Genesys Cloud, whatever the provider. Also `{discoveryUri}` and `{pageHost}`. */
export const genesysSteps = [
  '**Menu > IT and Integrations > Integrations** (older menus: **Admin > Integrations > Integrations**), **+**: install **OpenID Connect Messenger Configuration**.',
  '**Configuration > Properties**: the discovery URI is `{discoveryUri}`; leave **Implicit Flow Support** off.',
  '**Configuration > Credentials**: client id `{clientId}`, and the **client secret** that the provider gave you. The secret goes nowhere else.',
  'Set the integration to **Active**.',
  '**Menu > Digital and Telephony > Message > Messenger Configurations** (older: **Admin > Message**): turn on **Authentication** and choose the integration. Save a **new version**.',
  '**Messenger Deployments**, in the same menu: assign that version, set the status to **Active**, and allow the domain `{pageHost}`.',
];

export const providerOf = (issuer: string): Provider =>
  providers.find(({ issuers }) => issuers?.test(issuer)) ?? otherProvider;

/** Fills placeholders in; unknown ones stay. */
export const fill = (text: string, values: Record<string, string>): string =>
  text.replace(/\{([a-zA-Z0-9]+)\}/g, (placeholder, name: string) => values[name] || placeholder);
