// A world with somebody else's provider in it, and a visitor who finds their way on its pages.
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { resolveLocalhostNames } from '../../demo/world/loopback.mjs';
import { startWorld, visitors } from '../../demo/world/world.mjs';
import { test as base, expect } from '../e2e/fixtures.mjs';
import { ended, freePort, says } from '../harness/programs.mjs';

export { expect };

/** @typedef {import('@playwright/test').Page} Page */
/** @typedef {import('../../demo/world/world.mjs').World} World */
/** @typedef {import('../e2e/fixtures.mjs').Visitor} Visitor */
/** @typedef {import('../e2e/fixtures.mjs').Messenger} Messenger */

/** One file each. */
export const names = [
  'oauth2-mock-server',
  'better-auth',
  'django-oauth-toolkit',
  'glewlwyd',
  'lemonldap-ng',
];

/**
 * @typedef {object} Installation What a provider is started with.
 * @property {string} folder Empty, and gone afterwards.
 * @property {(started: RegExp, program: string, args: string[], env?: NodeJS.ProcessEnv) => Promise<void>} run Starts a
 *   program, which ends with the tests, and waits until it writes that it has started.
 * @property {number} port
 * @property {string} origin Below the brand's host, as `login.brand.example` is; to be listened to on 127.0.0.1.
 * @property {{id: string, secret: string}} client Letters and digits only: some do not decode what a Basic header holds (RFC
 *   6749 §2.3.1).
 * @property {string} redirectUri The client's only one. After a logout it is the address to return to, too.
 * @property {import('../../demo/world/visitors.mjs').Visitor} account The only one.
 */

/**
 * @typedef {object} Running
 * @property {string} issuer
 * @property {string} [discoveryUri] Where the issuer does not tell it.
 * @property {{id: string, secret: string}} [client] Where it makes its own.
 * @property {Record<string, string>} [attributes] What the tag needs beside issuer and client.
 * @property {() => Promise<void>} [stop]
 */

/**
 * @typedef {object} Behaviour What the stories expect, and docs/providers/tried.md says.
 * @property {boolean} iss Authorization responses name the issuer (RFC 9207).
 * @property {boolean} maxAge The ID token tells when the visitor signed in, without which Genesys Cloud refuses a maximum age.
 * @property {boolean} session The provider knows a visitor again.
 * @property {boolean} silent It answers `prompt=none` with a code, and needs no ID token for it.
 * @property {boolean} answersUnknown It answers `prompt=none` for a visitor without a session, and not with its login page.
 * @property {boolean} [keepsRequest] It answers the next login with the request of the frame that showed its login page.
 * @property {'Lax' | 'None' | 'Strict'} [sameSite] Of its session's cookie.
 * @property {Change[]} [accepts] A code is redeemed all the same.
 * @property {string} refresh The scopes for which it gives a refresh token.
 * @property {'returns' | 'stays' | 'impossible'} logout The visitor is back on the page, or stays at the provider, whose session
 *   has ended; or it needs an ID token, which a browser here never has.
 */

/** @typedef {'verifier' | 'nonce' | 'redirect URI' | 'client secret'} Change Another one than that of the request. */

/**
 * @typedef {object} OpenIdProvider
 * @property {Behaviour} behaviour
 * @property {(installation: Installation) => Promise<Running>} start
 * @property {(page: Page, account: Installation['account']) => Promise<void>} fillsIn Signs in on its login page.
 * @property {(page: Page) => Promise<void>} [logsOut] Confirms it on its page.
 */

/**
 * `provider`, its name; `tried`, what its file says; `attributes`, what the tag needs there.
 * @type {import('@playwright/test').TestType<
 *   import('@playwright/test').PlaywrightTestArgs & import('@playwright/test').PlaywrightTestOptions &
 *     {visitor: Visitor, messenger: Messenger, attributes: Record<string, string>},
 *   import('@playwright/test').PlaywrightWorkerArgs & import('@playwright/test').PlaywrightWorkerOptions &
 *     {provider: string, tried: OpenIdProvider, world: World}
 * >}
 */
export const test = /** @type {any} */ (base).extend(
  /** @type {any} */ ({
    provider: ['', { scope: 'worker', option: true }],
    tried: [
      async (/** @type {any} */ { provider }, /** @type {any} */ use) =>
        use((await import(`./${provider}.mjs`)).default),
      { scope: 'worker' },
    ],
    installation: [
      async (/** @type {any} */ { tried }, /** @type {any} */ use) => {
        resolveLocalhostNames();
        const client = { id: 'lumenwick', secret: randomBytes(24).toString('hex') };
        const folder = await mkdtemp(join(tmpdir(), 'provider-'));
        const [port, sitePort] = [await freePort(), await freePort()];
        /** @type {import('node:child_process').ChildProcess[]} */
        const programs = [];
        /** @type {Installation['run']} */
        const run = async (started, program, args, env) => {
          const child = spawn(program, args, { env: { ...process.env, ...env } });
          programs.push(child);
          await says(child, started);
        };
        try {
          /** @type {Running} */
          const running = await tried.start({
            ...{ folder, run, port, client, account: visitors.ada },
            origin: `http://login.brand.localhost:${port}`,
            redirectUri: `http://brand.localhost:${sitePort}/own.html`,
          });
          await use({ client, ...running, sitePort });
          await running.stop?.();
        } finally {
          for (const program of programs) await ended(program);
          await rm(folder, { recursive: true, force: true });
        }
      },
      { scope: 'worker', timeout: 120_000 },
    ],
    world: [
      async (/** @type {any} */ { installation }, /** @type {any} */ use) => {
        const { issuer, discoveryUri, client, sitePort } = installation;
        const nothing = { register() {}, reset() {}, stop: async () => {} };
        const provider = { issuer, discoveryUri, clients: { web: client }, ...nothing };
        const world = await startWorld({ port: sitePort, provider });
        await use(world);
        await world.stop();
      },
      { scope: 'worker' },
    ],
    attributes: async (/** @type {any} */ { installation }, /** @type {any} */ use) =>
      use(installation.attributes ?? {}),
    visitor: async (/** @type {any} */ { visitor, tried }, /** @type {any} */ use) => {
      visitor.fillsIn = (/** @type {'ada'} */ who, _password = '', where = visitor.page) =>
        tried.fillsIn(where, visitors[who]);
      await use(visitor);
    },
  }),
);
