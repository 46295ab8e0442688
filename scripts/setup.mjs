// What a fresh machine needs before anything else can run. Node's own modules only: nothing else is here yet.
import { execFileSync } from 'node:child_process';
import { accessSync, constants, existsSync, lstatSync, statSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { npm } from './npm.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));

/**
 * Browsers that the tests can drive: variables that name one, programs that are needed, each by any of its names on PATH,
 * and the packages of Debian that have them.
 */
const engines = {
  chromium: {
    variables: ['CHROMIUM_PATH', 'CHROME_PATH'],
    // The headless shell has nothing of a browser's own windows, and takes half the time.
    programs: [
      ['chromium-headless-shell', 'chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'],
    ],
    packages: ['chromium-headless-shell'],
  },
  // The whole browser, for what the shell does not have: a back/forward cache.
  desktop: {
    variables: ['CHROME_PATH'],
    programs: [['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']],
    packages: ['chromium'],
  },
  firefox: {
    variables: ['FIREFOX_PATH'],
    programs: [['firefox-esr', 'firefox']],
    packages: ['firefox-esr'],
  },
  // The driver brings the browser, and the browser needs a display.
  webkit: {
    variables: [],
    programs: [['WebKitWebDriver'], ['Xvfb']],
    packages: ['webkit2gtk-driver', 'xvfb'],
  },
};

/** Nothing that phones home or needs a graphics card; Debian's Chromium cannot build its sandbox in a container. */
export const chromiumArgs = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/**
 * Makes sure that Node is new enough and that the dependencies are those of the lock file; `npm ci`, if they are not.
 * Ends the process, with one line that says what to do, when that cannot be had.
 */
export function ensureDependencies() {
  const [major = 0] = process.versions.node.split('.').map(Number);
  if (major < 20) fail(`Node 20 or newer is needed; this is ${process.version}.`);
  installPackages('.');
}

/** @param {string} folder Below the root, with a lock file. */
function installPackages(folder) {
  const cwd = join(root, folder);
  // A linked folder belongs to another checkout, and `npm ci` would empty it there.
  const modules = lstatSync(join(cwd, 'node_modules'), { throwIfNoEntry: false });
  if (modules?.isSymbolicLink()) return;
  // npm writes this file last, so an installation that was interrupted does not count.
  const installed = modified(join(cwd, 'node_modules/.package-lock.json'));
  if (installed >= modified(join(cwd, 'package-lock.json'))) return;
  const command = folder === '.' ? 'npm ci' : `npm ci --prefix ${folder}`;
  console.log(`Installing dependencies (${command}) …`);
  try {
    npm(['ci', '--no-progress', '--loglevel=error'], { cwd, stdio: ['ignore', 'ignore', 'inherit'] });
  } catch {
    fail(`The dependencies could not be installed. Is the npm registry within reach? Try: ${command}`);
  }
}

/**
 * Finds a browser, or installs Debian's where that is allowed. Ends the process, with one line that says what to do, when
 * there is none.
 * @param {keyof typeof engines} [engine]
 * @returns {string} The path of the browser, or of its driver.
 */
export function ensureBrowser(engine = 'chromium') {
  const { variables, programs, packages } = engines[engine];
  for (const variable of variables) {
    const named = process.env[variable];
    if (named) return executable(named) ? named : fail(`${variable} names ${named}, which cannot be run.`);
  }
  const find = () => {
    const [path, ...more] = programs.map(onPath);
    return more.every(Boolean) ? path : undefined;
  };
  const found = find();
  if (found) return found;
  const hint = variables.length ? ` or set ${variables[0]} to one` : '';
  return install('a browser', packages, find, hint);
}

/** A WordPress that the tests can copy, and what runs it, as `ensureBrowser`. */
export function ensureWordPress() {
  const files = ['wp-load.php', 'wp-content/themes/twentytwentyone', 'wp-content/themes/twentytwentythree'];
  const find = () =>
    files.every((file) => existsSync(join('/usr/share/wordpress', file))) &&
    [['php'], ['mariadb-install-db'], ['/usr/sbin/mariadbd']].every(onPath);
  const themes = ['wordpress-theme-twentytwentyone', 'wordpress-theme-twentytwentythree'];
  const packages = ['wordpress', ...themes, 'php-cli', 'php-mysql', 'mariadb-server'];
  if (!find()) install('WordPress', packages, find);
}

/** Libraries that ours is measured beside, as `ensureDependencies`. */
export const ensureAlternatives = () => installPackages('bench');

/** OpenID providers that the tests can start, as `ensureBrowser`: packages of npm and of Debian. */
export function ensureProviders() {
  installPackages('test/providers');
  const perl = [
    'Lemonldap/NG/Portal.pm',
    'GD/SecurityImage.pm',
    'Image/Magick.pm',
    'IO/String.pm',
    'String/Random.pm',
  ];
  const files = [
    '/usr/bin/glewlwyd',
    '/usr/lib/python3/dist-packages/oauth2_provider',
    ...perl.map((file) => `/usr/share/perl5/${file}`),
  ];
  const find = () => [['plackup'], ['sqlite3']].every(onPath) && files.every((file) => existsSync(file));
  const packages = [
    // The second, so that the first needs no MariaDB.
    ...['glewlwyd', 'dbconfig-sqlite3'],
    'python3-django-oauth-toolkit',
    // The others, because it loads what draws captchas also where there are none, and says of two only that they are good to have.
    'liblemonldap-ng-portal-perl',
    ...['libgd-securityimage-perl', 'libimage-magick-perl', 'libio-string-perl', 'libstring-random-perl'],
  ];
  if (!find()) install('OpenID providers', packages, find);
}

/**
 * @template T
 * @param {string} what @param {string[]} packages @param {() => T} find @param {string} [hint] Another way to have it.
 * @returns {NonNullable<T>} What is found afterwards.
 */
function install(what, packages, find, hint = '') {
  const command = `apt-get install ${packages.join(' ')}`;
  const apt = packageInstaller();
  if (apt) {
    console.log(`Installing ${what} for the tests (${command}) …`);
    try {
      apt('update');
      apt('install', '-y', '--no-install-recommends', ...packages);
    } catch {
      fail(`This could not be installed: ${what}. Try: apt-get update && ${command}`);
    }
  }
  return find() || fail(`The tests need ${what}: install ${packages.join(' and ')} (${command})${hint}.`);
}

/** @returns {((...args: string[]) => void) | undefined} apt-get, if this user may install with it without being asked. */
function packageInstaller() {
  const aptGet = onPath(['apt-get']);
  if (!aptGet) return undefined;
  const sudo = process.getuid?.() === 0 ? undefined : onPath(['sudo']);
  if (process.getuid?.() !== 0 && !(sudo && succeeds(sudo, '-n', 'true'))) return undefined;
  const [command = aptGet, ...before] = sudo ? [sudo, '-n', aptGet] : [aptGet];
  return (...args) =>
    void execFileSync(command, [...before, ...args], {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    });
}

/** @param {string} command @param {string[]} args */
function succeeds(command, ...args) {
  try {
    execFileSync(command, args, { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** @param {string[]} names @returns {string | undefined} The first of them that is on PATH. */
function onPath(names) {
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean);
  return names.flatMap((name) => folders.map((folder) => resolve(folder, name))).find(executable);
}

/** @param {string} path */
function executable(path) {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

/** @param {string} path @returns {number} Milliseconds since 1970; 0 for a file that is not there. */
function modified(path) {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

/** @param {string} line @returns {never} */
function fail(line) {
  console.error(line);
  process.exit(1);
}
