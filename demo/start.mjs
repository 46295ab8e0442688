// `npm start`: the brand's pages, on this computer, against a local world or a real organisation.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { ensureDependencies } from '../scripts/setup.mjs';

const usage = `npm start                             everything local, nothing to configure
npm start -- --help                   this
npm start -- --port 8080              the site on a port of your choice
npm start -- --deployment-id … --environment … --issuer … --client-id …
                                      the same pages against a real organisation`;

const styles = { bold: 1, dim: 2, red: 31, green: 32 };

const options = readOptions();
ensureDependencies();
say('Building the element …');
build();
const { titles } = await import('./world/site.mjs');
const stop = await (options.real ? showRealOrganisation(options.real) : showLocalWorld());
console.log(dim('\n  Ctrl+C stops it.\n'));
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => stop().then(() => process.exit(0)));

/** @returns {Promise<() => Promise<void>>} Stops what has been started. */
async function showLocalWorld() {
  const { startWorld, visitors } = await import('./world/world.mjs');
  const { addFrameworkPages, frameworks } = await import('./frameworks/build.mjs');
  say('Starting the provider, Genesys Cloud and the site …');
  const world = await startWorld({ port: options.port, onRedemption: report }).catch(fail);
  say('Building the pages of frameworks …');
  await addFrameworkPages(world.site);
  heading('Lumenwick, a brand with a login and a chat');
  list(
    'Open',
    Object.entries(titles).map(([path, title]) => [world.site.url(path), title]),
  );
  list(
    'Frameworks',
    Object.entries(frameworks).map(([name, title]) => [world.site.url(`/frameworks/${name}/`), title]),
  );
  list('Set-up page', [
    [world.site.url('/assets/setup/index.html'), 'type in values, see them checked, copy the tag'],
  ]);
  list(
    'Log in as',
    Object.values(visitors).map(({ login, password, name }) => [`${login} / ${password}`, name]),
  );
  list('Behind it', [
    [world.provider.issuer, 'the OpenID provider'],
    [world.genesys.domain, 'Genesys Cloud, current Messenger'],
    [world.genesys228.domain, 'Genesys Cloud, Messenger 2.2.8'],
  ]);
  return world.stop;
}

/** @param {Record<string, string>} real @returns {Promise<() => Promise<void>>} Stops what has been started. */
async function showRealOrganisation(real) {
  const { startSite } = await import('./world/site.mjs');
  const site = await startSite({ values: valuesOf(real), port: options.port, host: 'localhost' }).catch(fail);
  heading('The pages of Lumenwick, against a real organisation');
  list(
    'Open',
    Object.entries(titles).map(([path, title]) => [site.url(path), title]),
  );
  list('With', Object.entries(real));
  console.log(
    '\n  Register the addresses above as redirect URIs at the provider, and allow the host localhost in the deployment.' +
      '\n  --port keeps them the same from one start to the next.',
  );
  return () => site.stop();
}

/** @returns {{port: number | undefined, real: Record<string, string> | undefined}} */
function readOptions() {
  const names = ['deployment-id', 'environment', 'issuer', 'client-id'];
  const string = /** @type {const} */ ({ type: 'string' });
  try {
    const known = Object.fromEntries([...names, 'port'].map((name) => [name, string]));
    const { values } = parseArgs({ options: { ...known, help: { type: 'boolean', short: 'h' } } });
    if (values.help) {
      console.log(usage);
      process.exit();
    }
    const { port, ...real } = /** @type {Record<string, string>} */ (values);
    const missing = names.filter((name) => !real[name]);
    if (missing.length && missing.length < names.length)
      throw new Error(`Missing: --${missing.join(', --')}`);
    if (port && !/^\d{1,5}$/.test(port)) throw new Error(`Not a port: ${port}`);
    return { port: port ? Number(port) : undefined, real: missing.length ? undefined : real };
  } catch (error) {
    return fail(error, `\n${usage}`);
  }
}

/** @param {Record<string, string>} real @returns {Record<string, string>} What the placeholders in pages stand for. */
function valuesOf({
  'deployment-id': deploymentId = '',
  environment = '',
  issuer = '',
  'client-id': clientId = '',
}) {
  return {
    DEPLOYMENT_ID: deploymentId,
    ENVIRONMENT: environment,
    ISSUER: issuer,
    CLIENT_ID: clientId,
    STEP_UP_DEPLOYMENT_ID: deploymentId,
    ENVIRONMENT_2_2_8: environment,
  };
}

/** Always, so that nobody looks at yesterday's file. */
function build() {
  const root = fileURLToPath(new URL('..', import.meta.url));
  const { status, stdout, stderr } = spawnSync(process.execPath, ['scripts/build.mjs'], {
    cwd: root,
    encoding: 'utf8',
  });
  if (status !== 0) fail(new Error(`The build failed.\n${stdout}${stderr}`));
}

/** @param {import('./world/genesys.mjs').Redemption} redemption */
function report({ ok, status, pkce, nonce, iss, maxAge, name, reason }) {
  const handedOver = { PKCE: pkce, nonce, 'max age': maxAge !== undefined, iss };
  const checked = Object.entries(handedOver).flatMap(([check, done]) => (done ? [check] : []));
  const line = ok
    ? `${paint('green', '✓')} ${name} is signed in; Genesys Cloud redeemed the code with ${checked.join(', ')}`
    : `${paint('red', '✗')} Genesys Cloud refused a code (${status || 'no answer'}): ${reason}`;
  console.log(`  ${dim(new Date().toLocaleTimeString('en-GB'))}  ${line}`);
}

/** @param {string} text What is being done. */
function say(text) {
  console.log(dim(text));
}

/** @param {string} text */
function heading(text) {
  console.log(`\n  ${paint('bold', text)}`);
}

/** @param {string} label @param {string[][]} rows */
function list(label, rows) {
  const width = Math.max(...rows.map(([first = '']) => first.length));
  console.log();
  rows.forEach(([first = '', second = ''], index) => {
    console.log(`  ${dim((index ? '' : label).padEnd(10))}  ${first.padEnd(width)}  ${dim(second)}`);
  });
}

/** @param {string} text */
function dim(text) {
  return paint('dim', text);
}

/** @param {keyof typeof styles} style @param {string} text */
function paint(style, text) {
  return process.stdout.isTTY ? `\x1b[${styles[style]}m${text}\x1b[0m` : text;
}

/** @param {any} error @param {string} [more] @returns {never} */
function fail(error, more = '') {
  console.error(`${error.message}${more}`);
  process.exit(1);
}
