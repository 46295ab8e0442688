import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { regionOf } from '../../src/regions.js';

/** docs/messenger.md §1, Regions: name, short name, domain. */
const regions: [name: string, short: string | undefined, domain: string][] = [
  ['prod', 'use1', 'mypurecloud.com'],
  ['fedramp-use2-core', 'fedramp-use2', 'use2.us-gov-pure.cloud'],
  ['prod-usw2', 'usw2', 'usw2.pure.cloud'],
  ['prod-cac1', 'cac1', 'cac1.pure.cloud'],
  ['prod-mxc1', 'mxc1', 'mxc1.pure.cloud'],
  ['prod-sae1', 'sae1', 'sae1.pure.cloud'],
  ['prod-euw1', 'euw1', 'mypurecloud.ie'],
  ['prod-euw2', 'euw2', 'euw2.pure.cloud'],
  ['prod-euc1', 'euc1', 'mypurecloud.de'],
  ['prod-euc2', 'euc2', 'euc2.pure.cloud'],
  ['eusc-edee1-core', undefined, 'edee1.eusc-pure.cloud'],
  ['prod-mec1', 'mec1', 'mec1.pure.cloud'],
  ['prod-aps1', 'aps1', 'aps1.pure.cloud'],
  ['prod-apne1', 'apne1', 'mypurecloud.jp'],
  ['prod-apne2', 'apne2', 'apne2.pure.cloud'],
  ['prod-apne3', 'apne3', 'apne3.pure.cloud'],
  ['prod-apse1', 'apse1', 'apse1.pure.cloud'],
  ['prod-apse2', 'apse2', 'mypurecloud.com.au'],
];

describe('regionOf', () => {
  for (const [name, short, domain] of regions)
    it(`knows ${name}: ${domain}`, () => {
      const bootstrap = `https://apps.${domain}/genesys-bootstrap/genesys.min.js`;
      // Messenger builds differ in which form they know, so a name stays what the author wrote.
      for (const written of [name, short, name.toUpperCase(), short?.toUpperCase()])
        if (written)
          assert.deepEqual(regionOf(written, 'brand.example'), { environment: written, domain, bootstrap });
      for (const written of [domain, domain.toUpperCase(), ` ${domain}\n`])
        assert.deepEqual(regionOf(written, 'brand.example'), { environment: name, domain, bootstrap });
      assert.deepEqual(regionOf(` ${name}\t`, 'brand.example'), { environment: name, domain, bootstrap });
    });

  for (const written of ['localhost', 'localhost:4312', 'genesys.localhost', 'a.b-c.localhost:80'])
    it(`takes ${written} for a local Genesys Cloud, where the page itself is on loopback`, () => {
      for (const host of ['localhost', 'brand.localhost', '127.0.0.1', '[::1]'])
        assert.deepEqual(regionOf(written, host), {
          environment: written,
          domain: written,
          bootstrap: `http://apps.${written}/genesys-bootstrap/genesys.min.js`,
        });
      for (const host of ['brand.example', 'localhost.evil.example', 'notlocalhost', ''])
        assert.equal(regionOf(written, host), undefined);
    });

  const unknown = [
    '',
    'euc9',
    'prod-euc9',
    'prod-',
    'prod-prod',
    // Only what it begins with can be left out.
    'fedramp-prod-use2',
    'prod-mypurecloud.de',
    'prod euc1',
    'prod–euc1',
    'eu-central-1',
    'pure.cloud',
    'https://mypurecloud.de',
    'apps.mypurecloud.de',
    'mypurecloud.de/',
    'mypurecloud.de.evil.example',
    'evilmypurecloud.de',
    'localhost.evil.example',
    'notlocalhost',
    // Genesys Cloud has a host name, also on this machine.
    '127.0.0.1',
    '127.0.0.1:4312',
    '[::1]',
    'localhost:port',
    'localhost/x',
    'evil.example?.localhost',
    'evil.example/.localhost',
    'constructor',
    '__proto__',
  ];
  for (const written of unknown)
    it(`does not know ${JSON.stringify(written)}`, () =>
      assert.equal(regionOf(written, 'localhost'), undefined));
});
