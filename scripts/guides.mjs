// Writes the guides from what the setup page knows. `--check` only tells what has drifted. Needs dist/.
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { format, resolveConfig } from 'prettier';
import { fill, genesysSteps, providers } from '../dist/setup/providers/index.js';

/** @typedef {import('../dist/setup/providers/index.js').Provider} Provider */

/** What a reader puts their own values in place of. */
const examples = {
  page: 'https://www.brand.example/',
  redirectUri: 'https://www.brand.example/',
  origin: 'https://www.brand.example',
  pageHost: 'www.brand.example',
  clientId: '{client id}',
  b2cPolicy: 'https://brand.b2clogin.com/brand.onmicrosoft.com/B2C_1_signin',
};

const note = '<!-- Written by scripts/guides.mjs from src/setup/providers/: change it there. -->';
const untried =
  'Nothing on this page was tried against the real service. It rests on the specifications and on the documentation linked below; the flow itself was tried against oidc-provider, a certified implementation.';

const check = parseArgs({ options: { check: { type: 'boolean' } } }).values.check;
for (const [name, text] of [['index', index()], ...providers.map((one) => [one.id, guide(one)])]) {
  const file = fileURLToPath(new URL(`../docs/providers/${name}.md`, import.meta.url));
  const wanted = await format(`${text}\n`, { ...(await resolveConfig(file)), filepath: file });
  const written = await readFile(file, 'utf8').catch(() => '');
  if (written === wanted) continue;
  if (check) {
    console.warn(`docs/providers/${name}.md has drifted. Run: npm run docs`);
    process.exitCode = 1;
  } else {
    await writeFile(file, wanted);
  }
}

function index() {
  const rows = providers.map((one) => [
    `[${one.name}](${one.id}.md)`,
    one.application,
    one.redirectUri,
    one.iss,
    one.maxAge,
    Object.keys(one.signOutAttributes).length ? 'yes' : 'no',
  ]);
  return `# Providers

${note}

One page per provider: what to register there, what to enter in Genesys Cloud, which attributes the tag needs, and what the
provider says when a setting is wrong. The **setup page** (\`setup/\` beside the built files) shows the same with your own
values filled in, and checks them while you type.

![The setup page: values on the left, checks and the tag on the right](../images/setup-checked.png)

Whatever the provider: the client is **confidential**, because Genesys Cloud's servers redeem the code with its secret. It is
the _web application_ of every provider, and never the _single-page application_. The secret is entered in Genesys Cloud
and nowhere else.

${table(['Provider', 'Register as', 'Redirect URI', 'Names the issuer', '`max-age`', '`logout="provider"`'], rows)}

Another OpenID provider works, too, if it has the authorization code flow with PKCE (S256) and confidential clients.
[Five more were tried](tried.md): better-auth, django-oauth-toolkit, Glewlwyd, LemonLDAP::NG and oauth2-mock-server.
None of the pages in the table was tried against the real service; each says what it rests on.`;
}

/** @param {Provider} provider */
function guide(provider) {
  const { name, issuer, application, errors, notes, sources } = provider;
  const [address = '{issuer}'] = issuer.match(/^https:\/\/(\{[^}]*\}|[^\s{},;])+/) ?? [];
  const below = `${address.replace(/\/$/, '')}/.well-known/openid-configuration`;
  const discoveryUri = fill(provider.discoveryUri ?? below, examples);
  const text = (/** @type {string} */ template) => fill(template, { ...examples, discoveryUri });
  const attributes = {
    ...provider.attributes,
    ...provider.refreshAttributes,
    ...provider.signOutAttributes,
  };
  return `# ${name}

${note}

${untried}

The examples are for a page at \`${examples.redirectUri}\`.

${table(
  ['', ''],
  [
    ['The issuer in its console', provider.consoleName],
    ['Issuer', issuer.replace(/https:\/\/(\{[^}]*\}|[^\s{},;])+/g, '`$&`')],
    ['Register as', application],
    ['Redirect URI', provider.redirectUri],
    ['Discovery in the browser (CORS)', text(provider.cors)],
    ['Refresh token', provider.refresh],
    ['Names the issuer (\`iss\`)', provider.iss],
    ['`max-age`', provider.maxAge],
    ['`logout="provider"`', provider.signOut],
  ],
)}

## What to paste into the setup page

It understands each of these. The brand in them is made up:

${provider.pasteable.map((line) => `- \`${line}\``).join('\n')}

## At ${name}

${list(provider.steps.map(text))}

## In Genesys Cloud

${list(genesysSteps.map(text))}

## The tag

\`\`\`html
${tag(attributes)}
\`\`\`

${purposes(provider)}

## What it says when a setting is wrong

${table(['It says', 'What to change'], errors)}

A provider that does not know the client or the redirect URI keeps the visitor on a page of its own: the element cannot
see that. What the element does see:

${table(
  ['Code', 'Most likely'],
  [
    [
      '`provider/unreachable`',
      'The issuer is wrong, or the browser may not read the discovery document: see _Discovery in the browser_ above.',
    ],
    [
      '`provider/issuer-mismatch`',
      'The attribute `issuer` differs from the discovery document, often by a slash at the end.',
    ],
    [
      '`provider/error`, `provider/denied`',
      'The provider sent the visitor back with an error; its words stand in the message.',
    ],
    [
      '`exchange/refused`',
      'Genesys Cloud could not redeem the code: client secret, client id, discovery URI, or the kind of application.',
    ],
  ],
)}
${notes.length ? `\n## Good to know\n\n${notes.map((line) => `- ${line}`).join('\n')}\n` : ''}
## Sources

${sources.map((url) => `- <${url}>`).join('\n')}`;
}

/** @param {Record<string, string>} more */
function tag(more) {
  const attributes = {
    'deployment-id': '…',
    environment: '…',
    issuer: '…',
    'client-id': '…',
    ...more,
  };
  const lines = Object.entries(attributes).map(
    ([key, value]) => `  ${key}="${fill(value, examples).replaceAll('&', '&amp;')}"`,
  );
  return `<genesys-auth-messenger\n${lines.join('\n')}\n></genesys-auth-messenger>`;
}

/** What the attributes beyond the required ones are for. @param {Provider} provider */
function purposes({ attributes = {}, refreshAttributes, signOutAttributes }) {
  const named = (/** @type {Record<string, string>} */ attributes) =>
    Object.keys(attributes)
      .map((name) => `\`${name}\``)
      .join(', ');
  const refresh = named(refreshAttributes);
  const signOut = named(signOutAttributes);
  const always = named(attributes);
  return [
    always && `Every tag for this provider needs these: ${always}.`,
    refresh && `For a session that Genesys Cloud renews without the visitor: ${refresh}.`,
    signOut && `To end the session at the provider as well: ${signOut}.`,
  ]
    .filter(Boolean)
    .join(' ');
}

/** @param {string[]} steps */
function list(steps) {
  return steps.map((step, index) => `${index + 1}. ${step}`).join('\n');
}

/** @param {string[]} head @param {string[][]} rows */
function table(head, rows) {
  const line = (/** @type {string[]} */ cells) =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
