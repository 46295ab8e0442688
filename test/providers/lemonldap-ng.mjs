// Debian's portal, with its accounts for demonstrations.
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** @type {import('./fixtures.mjs').OpenIdProvider} */
export default {
  behaviour: {
    iss: false,
    session: true,
    silent: true,
    answersUnknown: false,
    keepsRequest: true,
    sameSite: 'Lax',
    maxAge: true,
    logout: 'returns',
    refresh: 'openid profile email',
  },
  async start({ run, client, folder, port, origin, redirectUri, account }) {
    const { publicKey, privateKey } = generateKeyPairSync('rsa', {
      modulusLength: 2048,
      publicKeyEncoding: { type: 'spki', format: 'pem' },
      privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    });
    /** @param {string} name */
    const place = async (name) => {
      await mkdir(join(folder, name, 'lock'), { recursive: true });
      return join(folder, name);
    };
    const sessions = { Directory: await place('sessions'), LockDirectory: join(folder, 'sessions/lock') };
    const lasting = { Directory: await place('psessions'), LockDirectory: join(folder, 'psessions/lock') };
    const configuration = {
      cfgNum: 1,
      locationRules: { [new URL(origin).hostname]: { default: 'accept' } },
      exportedHeaders: {},
      cfgAuthor: 'test',
      cfgDate: 1,
      domain: new URL(origin).hostname,
      portal: `${origin}/`,
      authentication: 'Demo',
      userDB: 'Same',
      passwordDB: 'Demo',
      registerDB: 'Null',
      whatToTrace: '_whatToTrace',
      macros: { _whatToTrace: '$uid' },
      demoExportedVars: { cn: 'cn', mail: 'mail', uid: 'uid' },
      globalStorage: 'Apache::Session::File',
      globalStorageOptions: {
        ...sessions,
        generateModule: 'Lemonldap::NG::Common::Apache::Session::Generate::SHA256',
      },
      persistentStorage: 'Apache::Session::File',
      persistentStorageOptions: lasting,
      localSessionStorageOptions: { cache_root: await place('cache') },
      key: randomBytes(16).toString('hex'),
      issuerDBOpenIDConnectActivation: 1,
      oidcServicePrivateKeySig: privateKey,
      oidcServicePublicKeySig: publicKey,
      oidcServiceKeyIdSig: 'one',
      oidcRPMetaDataOptions: {
        brand: {
          oidcRPMetaDataOptionsClientID: client.id,
          oidcRPMetaDataOptionsClientSecret: client.secret,
          oidcRPMetaDataOptionsRedirectUris: redirectUri,
          oidcRPMetaDataOptionsPostLogoutRedirectUris: redirectUri,
          oidcRPMetaDataOptionsIDTokenSignAlg: 'RS256',
          oidcRPMetaDataOptionsBypassConsent: 1,
          oidcRPMetaDataOptionsIDTokenForceClaims: 1,
          oidcRPMetaDataOptionsRefreshToken: 1,
          // Without it, any verifier will do.
          oidcRPMetaDataOptionsRequirePKCE: 1,
        },
      },
      oidcRPMetaDataExportedVars: { brand: { name: 'cn', email: 'mail' } },
    };
    await writeFile(join(folder, 'lmConf-1.json'), JSON.stringify(configuration));
    const file = join(folder, 'lemonldap-ng.ini');
    await writeFile(
      file,
      `[all]\nlogLevel=warn\n[configuration]\ntype=File\ndirName=${folder}\n[portal]\nstaticPrefix=/static\ntemplateDir=/usr/share/lemonldap-ng/portal/templates\nlanguages=en\n`,
    );
    const program = `use Plack::Builder; use Lemonldap::NG::Portal::Main; use Lemonldap::NG::Portal::UserDB::Demo;
      # Its demonstration has accounts of its own.
      $Lemonldap::NG::Portal::UserDB::Demo::demoAccounts{${account.login}} = { uid => '${account.login}', cn => '${account.name}', mail => '${account.email}' };
      builder {
        enable 'Static', path => sub { s!^/static/!! }, root => '/usr/share/lemonldap-ng/portal/htdocs/static';
        enable 'Static', path => sub { s!^/javascript/!! }, root => '/usr/share/javascript';
        Lemonldap::NG::Portal::Main->run({});
      };`;
    await run(
      /Accepting connections/,
      'plackup',
      ['--host', '127.0.0.1', '--port', String(port), '-e', program],
      {
        LLNG_DEFAULTCONFFILE: file,
      },
    );
    // The slash belongs to it.
    return { issuer: `${origin}/` };
  },
  async fillsIn(page, { login }) {
    await page.locator('input[name=user]').fill(login);
    await page.locator('input[name=password]').fill(login);
    await page.getByRole('button', { name: 'Connect' }).click();
  },
  async logsOut(page) {
    await page.getByRole('button', { name: 'Accept' }).click();
  },
};
