// Debian's, in a project of Django's as it comes.
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** @type {import('./fixtures.mjs').OpenIdProvider} */
export default {
  behaviour: {
    iss: false,
    session: true,
    silent: true,
    answersUnknown: false,
    sameSite: 'Lax',
    maxAge: true,
    logout: 'returns',
    refresh: 'openid profile email',
  },
  async start({ run, folder, ...installation }) {
    const { privateKey: key } = generateKeyPairSync('rsa', {
      modulusLength: 2048,
      publicKeyEncoding: { type: 'spki', format: 'pem' },
      privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    });
    const secret = randomBytes(24).toString('base64url');
    const given = { ...installation, key, secret, database: join(folder, 'database') };
    const program = fileURLToPath(new URL('django-oauth-toolkit.py', import.meta.url));
    // Debian's: another Python on the path does not have Debian's packages.
    await run(/ready/, '/usr/bin/python3', [program], { INSTALLATION: JSON.stringify(given) });
    const issuer = `${installation.origin}/o`;
    return {
      issuer,
      // Without the slash it redirects, which browsers follow and servers need not.
      discoveryUri: `${issuer}/.well-known/openid-configuration/`,
      attributes: {
        // That redirect has no CORS header.
        'authorization-endpoint': `${issuer}/authorize/`,
        // Django's own, which the discovery document does not name.
        'end-session-endpoint': `${installation.origin}/accounts/logout/?next=${encodeURIComponent(installation.redirectUri)}`,
      },
    };
  },
  async fillsIn(page, { login, password }) {
    await page.getByLabel('Username').fill(login);
    await page.getByLabel('Password').fill(password);
    await page.getByRole('button', { name: 'Log in' }).click();
  },
};
