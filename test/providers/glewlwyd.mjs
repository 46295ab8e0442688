// Debian's, on SQLite, set up as an administrator does by its API.
import { execFile } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { cp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** Of the package: tables, and the administrator's first password. */
const tables = '/usr/share/dbconfig-common/data/glewlwyd/install/sqlite3';
const administrator = { username: 'admin', password: 'password' };

/** Speaks to the API as somebody who has logged in. @param {string} origin @param {{username: string, password: string}} who */
async function logIn(origin, who) {
  let cookie = '';
  /** @param {string} method @param {string} path @param {object} body */
  const call = async (method, path, body) => {
    const response = await fetch(`${origin}/api/${path}`, {
      method,
      headers: { 'content-type': 'application/json', cookie },
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    return response;
  };
  const response = await call('POST', 'auth/', who);
  cookie = response.headers.getSetCookie().join().replace(/;.*/, '');
  return call;
}

/** @type {import('./fixtures.mjs').OpenIdProvider} */
export default {
  behaviour: {
    iss: true,
    session: true,
    silent: false,
    answersUnknown: true,
    sameSite: 'Lax',
    maxAge: false,
    logout: 'impossible',
    refresh: 'openid profile email',
  },
  async start({ run, client, folder, port, origin, redirectUri, account }) {
    const database = join(folder, 'database');
    await promisify(execFile)('sqlite3', [database, `.read ${tables}`]);
    // It serves no links out of the folder, and Debian's libraries are such. Debian's configuration of the pages is a folder.
    const pages = join(folder, 'webapp');
    await cp('/usr/share/glewlwyd/webapp', pages, { recursive: true, dereference: true });
    await rm(join(pages, 'config.json'), { recursive: true });
    await cp('/usr/share/glewlwyd/templates/config.json', join(pages, 'config.json'));
    const file = join(folder, 'glewlwyd.conf');
    await writeFile(file, configuration({ port, origin, pages, database }));
    await run(/Glewlwyd started/, 'glewlwyd', ['-c', file]);

    const issuer = `${origin}/api/oidc`;
    const { publicKey: cert, privateKey: key } = generateKeyPairSync('rsa', {
      modulusLength: 2048,
      publicKeyEncoding: { type: 'spki', format: 'pem' },
      privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    });
    const call = await logIn(origin, administrator);
    await call('POST', 'mod/plugin/', {
      module: 'oidc',
      name: 'oidc',
      display_name: 'OpenID Connect',
      parameters: { ...parameters, iss: issuer, key, cert },
    });
    for (const name of ['profile', 'email'])
      await call('POST', 'scope/', {
        name,
        display_name: name,
        password_required: false,
        password_max_age: 0,
        scheme: {},
      });
    const scope = ['openid', 'profile', 'email'];
    const { login: username, password, name, email } = account;
    await call('POST', 'user/', { username, password, name, email, enabled: true, scope });
    await call('POST', 'client/', {
      client_id: client.id,
      client_secret: client.secret,
      confidential: true,
      enabled: true,
      redirect_uri: [redirectUri],
      post_logout_redirect_uris: redirectUri,
      authorization_type: ['code', 'refresh_token'],
      token_endpoint_auth_method: ['client_secret_basic'],
    });
    // It asks every visitor for consent; this one has been asked.
    const visitor = await logIn(origin, { username, password });
    await visitor('PUT', `auth/grant/${client.id}/`, { scope: scope.join(' ') });
    return { issuer };
  },
  async fillsIn(page, { login, password }) {
    await page.getByLabel('Login').fill(login);
    await page.getByLabel('Password').fill(password);
    await page.getByRole('button', { name: 'OK' }).click();
    await page.getByRole('button', { name: 'Continue' }).click();
  },
};

/** What the form of the administration has, and what of it is off by itself. */
const parameters = {
  'jwt-type': 'rsa',
  'jwt-key-size': '256',
  'access-token-duration': 3600,
  'refresh-token-duration': 1209600,
  'code-duration': 600,
  'refresh-token-rolling': false,
  'auth-type-code-enabled': true,
  'auth-type-refresh-enabled': true,
  'jwks-show': true,
  'subject-type': 'public',
  'pkce-allowed': true,
  'oauth-as-iss-id': true,
  'session-management-allowed': true,
  'session-cookie-name': 'GLEWLWYD2_OIDC_SID',
  'session-cookie-expiration': 2419200,
  'name-claim': 'mandatory',
};

/** @param {{port: number, origin: string, pages: string, database: string}} values */
const configuration = ({ port, origin, pages, database }) => `
port=${port}
bind_address="127.0.0.1"
external_url="${origin}"
login_url="login.html"
api_prefix="api"
static_files_path="${pages}"
allow_origin="*"
log_mode="console"
log_level="INFO"
cookie_same_site="empty"
session_key="GLEWLWYD2_SESSION_ID"
user_module_path="/usr/lib/glewlwyd/user"
client_module_path="/usr/lib/glewlwyd/client"
user_auth_scheme_module_path="/usr/lib/glewlwyd/scheme"
plugin_module_path="/usr/lib/glewlwyd/plugin"
hash_algorithm="SHA512"
database = { type = "sqlite3" path = "${database}" };
static_files_mime_types = (
  { extension = ".html" mime_type = "text/html" },
  { extension = ".css" mime_type = "text/css" },
  { extension = ".js" mime_type = "application/javascript" },
  { extension = ".json" mime_type = "application/json" }
)
`;
