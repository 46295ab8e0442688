import type { AuthCodeGrant, CommandRequest, DeploymentConfig } from '../../../src/testing/index.js';

/**
 * What happened, in order: `[event, data]`, `['getAuthCode', commander]`, with `forceUpdate` as a third, the same for
 * `reAuthenticate`, and `[command, how it ended, with what]` for a command of the page.
 */
export type Happening = [what: string, ...unknown[]];

/** A page with the bootstrap and an `AuthProvider` in its queue, and what the real bootstrap 2.2.8 did there. */
export interface Scenario {
  /** What the plugin does at its nth call of getAuthCode. reAuthenticate is resolved at once. Default: nothing. */
  getAuthCode?: (call: CommandRequest, nth: number) => void;
  /** The answers of the API, one a call, the last for all others: a status, or a body with 200. Default: success. */
  api?: Partial<Record<'exchange' | 'refresh' | 'revoke', (number | object)[]>>;
  /** Default: all hosts are allowed, and the deployment is active and has authentication. */
  domains?: number | { allowedDomains: string[] };
  config?: number | DeploymentConfig;
  /** The visitor has signed in at an earlier visit. */
  returns?: true;
  /** The script is evaluated again while the first evaluation waits for `domains.json`. */
  evaluatedTwice?: true;
  /** What the page commands, one after the other, once all is quiet. */
  commands?: string[];

  happens: Happening[];
  /** Beside the deployment's files. */
  requests?: Happening[];
  /** The keys that are left in local storage, without what stands before them. */
  stored?: string[];
  /** `data('Auth.authenticated')`; undefined: the plugin was not registered. */
  authenticated?: boolean;
  /** Whether there is a chat. */
  chat?: true;
  /** An error that the SDK does not catch. */
  throws?: true;
}

const redirectUri = 'https://brand.example/';
const all = { authCode: 'c', redirectUri, nonce: 'n', maxAge: 60, codeVerifier: 'v' };
const grant = (nth: number): AuthCodeGrant => ({ authCode: `c${nth}`, redirectUri });

const codes: Scenario['getAuthCode'] = (call, nth) => call.resolve(grant(nth));
const threeCodes: Scenario['getAuthCode'] = (call, nth) => void (nth <= 3 && call.resolve(grant(nth)));
const empty: Scenario['getAuthCode'] = (call) => call.resolve({});

/** What the API answers when nothing else is said. */
export const success = { exchange: { jwt: 'jwt1', refreshToken: 'r1' }, refresh: { jwt: 'jwt2' } };
const tokens = success.exchange;
const noContent = { status: 204, statusText: 'No Content', data: '' };
export const problem = (status: number) => ({ status, code: 'x', message: 'm' });

const running: Happening[] = [
  ['GenesysJS.domainsReceived'],
  ['GenesysJS.configurationReceived'],
  ['GenesysJS.ready'],
];
const ready: Happening[] = [
  ['AuthProvider.ready', {}],
  ['Auth.ready', {}],
];
const asks: Happening = ['getAuthCode', 'Auth'];
const reAuthenticates: Happening = ['reAuthenticate', 'Auth'];
const authenticating = (nth: number): Happening => ['Auth.authenticating', grant(nth)];
const authenticated = (data: object = tokens): Happening => ['Auth.authenticated', data];
const authError: Happening = ['Auth.authError', {}];
const error = (status: number): Happening => ['Auth.error', problem(status)];
const loggedOut: Happening[] = [
  ['Auth.logout', 'resolved', noContent],
  ['Auth.loggedOut', noContent],
];

const started = [...running, ...ready];
const asked = [...started, asks];
const exchanging = [...asked, authenticating(1)];
const signedIn = [...exchanging, authenticated()];

const exchanges = (nth: number): Happening => ['POST exchange', { code: `c${nth}`, redirectUri }];
const refreshes: Happening = ['POST refresh', { refreshToken: 'r1' }];
const revokes = (jwt: string): Happening => ['DELETE revoke', `Bearer ${jwt}`];

const both = ['gcartkn', 'gcatkn'];

export const scenarios: Record<string, Scenario> = {
  'getAuthCode stays pending': { happens: asked, authenticated: false },
  'a visitor signs in': {
    getAuthCode: codes,
    happens: signedIn,
    requests: [exchanges(1)],
    stored: both,
    authenticated: true,
    chat: true,
  },
  'a grant has all fields': {
    getAuthCode: (call) => call.resolve(all),
    happens: [...asked, ['Auth.authenticating', { authCode: 'c', redirectUri }], authenticated()],
    requests: [['POST exchange', { code: 'c', redirectUri, codeVerifier: 'v', nonce: 'n', maxAge: 60 }]],
    stored: both,
    authenticated: true,
    chat: true,
  },
  'getAuthCode resolves an empty object': {
    getAuthCode: empty,
    happens: [...asked, authError],
    authenticated: false,
  },
  'getAuthCode resolves nothing': {
    getAuthCode: (call) => call.resolve(),
    happens: [...asked, authError],
    authenticated: false,
  },
  'getAuthCode rejects': {
    getAuthCode: (call) => call.reject('no'),
    happens: [...asked, ['Auth.authProviderError', {}]],
    authenticated: false,
  },
  'getAuthCode throws': {
    getAuthCode: () => {
      throw new Error('x');
    },
    happens: [...asked, ['Auth.authProviderError', {}]],
    authenticated: false,
  },

  ...Object.fromEntries(
    [400, 404, 500, 503].map((status): [string, Scenario] => [
      `the exchange answers ${status}`,
      {
        getAuthCode: codes,
        api: { exchange: [status] },
        happens: [...exchanging, error(status)],
        requests: [exchanges(1)],
        authenticated: false,
      },
    ]),
  ),
  'the exchange answers 401': {
    getAuthCode: threeCodes,
    api: { exchange: [401] },
    happens: [...exchanging, reAuthenticates, error(401)],
    requests: [exchanges(1)],
    authenticated: false,
  },
  'the exchange answers 401 and would accept the next code': {
    getAuthCode: threeCodes,
    api: { exchange: [401, tokens] },
    happens: [...exchanging, reAuthenticates, error(401)],
    requests: [exchanges(1)],
    authenticated: false,
  },
  'the exchange answers 504': {
    getAuthCode: threeCodes,
    api: { exchange: [504] },
    happens: [
      ...exchanging,
      asks,
      error(504),
      authenticating(2),
      asks,
      error(504),
      authenticating(3),
      asks,
      error(504),
    ],
    requests: [exchanges(1), exchanges(2), exchanges(3)],
    authenticated: false,
  },
  'the exchange answers without a JWT': {
    getAuthCode: codes,
    api: { exchange: [{}] },
    happens: exchanging,
    requests: [exchanges(1)],
    authenticated: false,
    throws: true,
  },

  'the host is not allowed': {
    domains: { allowedDomains: ['else.example'] },
    happens: [['GenesysJS.domainsReceived'], ['GenesysJS.domainNotAllowed']],
  },
  'domains.json answers 403': { domains: 403, happens: [] },
  'config.json answers 404': {
    config: 404,
    happens: [['GenesysJS.domainsReceived'], ['GenesysJS.ready'], ...ready],
    authenticated: false,
  },
  'the deployment is inactive': {
    config: { status: 'Inactive' },
    happens: started,
    authenticated: false,
  },
  'authentication is off': {
    config: { status: 'Active', auth: { enabled: false } },
    happens: started,
    authenticated: false,
    chat: true,
  },
  'the configuration does not speak of authentication': {
    config: { status: 'Active' },
    happens: started,
    authenticated: false,
    chat: true,
  },

  'a visitor returns': {
    returns: true,
    happens: started,
    stored: both,
    authenticated: true,
    chat: true,
  },
  'a visitor returns and logs out': {
    returns: true,
    commands: ['Auth.logout'],
    happens: [...started, ...loggedOut],
    requests: [revokes('jwt1')],
    authenticated: false,
    chat: true,
  },
  'a visitor logs out': {
    getAuthCode: codes,
    commands: ['Auth.logout'],
    happens: [...signedIn, ...loggedOut],
    requests: [exchanges(1), revokes('jwt1')],
    authenticated: false,
    chat: true,
  },
  'nobody logs out': {
    commands: ['Auth.logout'],
    happens: [...asked, ['Auth.logout', 'rejected', 'user is not authenticated']],
    authenticated: false,
  },
  'the first logout answers 401': {
    getAuthCode: codes,
    api: { revoke: [401, 204] },
    commands: ['Auth.logout'],
    happens: [...signedIn, authenticated(success.refresh), ...loggedOut],
    requests: [exchanges(1), revokes('jwt1'), refreshes, revokes('jwt2')],
    authenticated: false,
    chat: true,
  },
  'the logout answers 500': {
    getAuthCode: codes,
    api: { revoke: [500] },
    commands: ['Auth.logout'],
    happens: [...signedIn, ['Auth.logout', 'rejected', problem(500)], ['Auth.logoutError', { status: 500 }]],
    requests: [exchanges(1), revokes('jwt1')],
    authenticated: false,
    chat: true,
  },

  'a token is refreshed': {
    getAuthCode: codes,
    commands: ['Auth.refreshToken'],
    happens: [
      ...signedIn,
      ['Auth.refreshToken', 'resolved', success.refresh],
      authenticated(success.refresh),
    ],
    requests: [exchanges(1), refreshes],
    stored: both,
    authenticated: true,
    chat: true,
  },
  'the refresh answers 401': {
    getAuthCode: threeCodes,
    api: { refresh: [401] },
    commands: ['Auth.refreshToken'],
    happens: [
      ...signedIn,
      reAuthenticates,
      asks,
      ['Auth.refreshToken', 'rejected', 'Unable to fetch authentication token'],
      error(401),
      authenticating(2),
      authenticated(),
    ],
    requests: [exchanges(1), refreshes, exchanges(2)],
    stored: both,
    authenticated: true,
    chat: true,
  },
  'the refresh answers 500': {
    getAuthCode: codes,
    api: { refresh: [500] },
    commands: ['Auth.refreshToken'],
    happens: [
      ...signedIn,
      ['Auth.refreshToken', 'rejected', 'Unable to fetch authentication token'],
      error(500),
    ],
    requests: [exchanges(1), refreshes],
    stored: both,
    authenticated: false,
    chat: true,
  },
  'a refresh is wanted without a refresh token': {
    getAuthCode: threeCodes,
    api: { exchange: [{ jwt: 'j' }] },
    commands: ['Auth.refreshToken'],
    happens: [
      ...exchanging,
      authenticated({ jwt: 'j' }),
      ['getAuthCode', 'Auth', 'forceUpdate'],
      authenticating(2),
      ['Auth.refreshToken', 'resolved', { jwt: 'j' }],
      authenticated({ jwt: 'j' }),
    ],
    requests: [exchanges(1), exchanges(2)],
    stored: ['gcatkn'],
    authenticated: true,
    chat: true,
  },

  'the page wants tokens of a visitor who is signed in': {
    getAuthCode: threeCodes,
    commands: ['Auth.getTokens'],
    happens: [...signedIn, asks, authenticating(2), ['Auth.getTokens', 'resolved', tokens], authenticated()],
    requests: [exchanges(1), exchanges(2)],
    stored: both,
    authenticated: true,
    chat: true,
  },
  'the page wants tokens of a visitor who is signed out': {
    getAuthCode: empty,
    commands: ['Auth.getTokens'],
    happens: [...asked, authError, asks, ['Auth.getTokens', 'resolved', undefined], authError],
    authenticated: false,
  },
  'the page starts Messenger again': {
    getAuthCode: empty,
    commands: ['GenesysJS.init'],
    happens: [...asked, authError, asks, ['GenesysJS.init', 'resolved', undefined], authError],
    authenticated: false,
  },
  'the page has the visitor authenticate again': {
    getAuthCode: threeCodes,
    commands: ['Auth.reAuthenticate'],
    happens: [
      ...signedIn,
      reAuthenticates,
      asks,
      authenticating(2),
      ['Auth.reAuthenticate', 'resolved', tokens],
      authenticated(),
    ],
    requests: [exchanges(1), exchanges(2)],
    stored: both,
    authenticated: true,
    chat: true,
  },

  'a command is of no plugin': {
    commands: ['Nope.x'],
    happens: [...asked, ['Nope.x', 'rejected', 'Plugin does not exist']],
    authenticated: false,
  },
  'a command does not exist': {
    commands: ['Auth.nope', 'AuthProvider.nope', 'nope'],
    happens: [
      ...asked,
      ['Auth.nope', 'rejected', 'Command does not exist'],
      ['AuthProvider.nope', 'rejected', 'Command does not exist'],
      ['nope', 'rejected', 'Command does not exist'],
    ],
    authenticated: false,
  },
  'the page calls the plugin itself': {
    getAuthCode: (call) => void (call.commander !== 'Auth' && call.resolve({ who: call.commander })),
    commands: ['AuthProvider.getAuthCode'],
    happens: [
      ...asked,
      ['getAuthCode', 'Genesys'],
      ['AuthProvider.getAuthCode', 'resolved', { who: 'Genesys' }],
    ],
    authenticated: false,
  },
  // The queue of both is drained by the function of the last one; the first hears nothing more.
  'the script is evaluated twice': {
    getAuthCode: threeCodes,
    evaluatedTwice: true,
    happens: [...running, ['registerPlugin failed'], asks],
    requests: [exchanges(1)],
    stored: both,
    authenticated: true,
    chat: true,
  },
};
