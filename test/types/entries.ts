// What a TypeScript project sees of each entry. Compiled by test/unit/types.test.ts, never run.
import 'genesys-auth-messenger/define';
import {
  type AuthMessengerError,
  type Authorize,
  type ErrorCode,
  type GenesysFunction,
  type GenesysPlugin,
  type GenesysAuthMessengerEvents,
  type Grant,
  GenesysAuthMessenger,
  errors,
} from 'genesys-auth-messenger';
import { bootMessenger } from 'genesys-auth-messenger/testing';

declare global {
  // As many pages do, also where all declarations are checked.
  interface Window {
    Genesys: (command: string, action: string, data: unknown) => void;
  }
}

export const element: GenesysAuthMessenger = document.createElement('genesys-auth-messenger');
element.deploymentId = '6b1f4a52-9d7e-4c3b-8a65-2f0e9c7d1b34';
const grant: Grant = { authCode: 'code', redirectUri: 'https://brand.example/' };
const authorize: Authorize = async ({ interactive }) => (interactive ? grant : undefined);
element.authorize = authorize;
// @ts-expect-error: what is going on is for the element to say
element.status = 'signed-in';
element.signIn();

export const code: ErrorCode = 'configuration/issuer';
export const [message]: readonly [string, string] = errors[code];
export const onFailed = ({ detail }: GenesysAuthMessengerEvents['signInFailed']): AuthMessengerError =>
  detail;
export const double = bootMessenger;
export const genesys = window.Genesys satisfies GenesysFunction;
export const register = (plugin: GenesysPlugin): void => plugin.ready();
