// A real WordPress, Debian's, in a folder of its own that is gone afterwards: PHP's own server, and a MariaDB that listens
// on a socket in that folder.
import { execFile, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { ended, freePort, says } from '../harness/programs.mjs';

const run = promisify(execFile);
export const file = fileURLToPath(
  new URL('../../demo/wordpress/genesys-auth-messenger.php', import.meta.url),
);

/** Where Debian's package has it. */
const source = '/usr/share/wordpress';

/** Below the host that the deployments of the local world allow. */
const host = 'wordpress.brand.localhost';

/** Everybody who writes, by role; the password is the same. */
export const staff = ['administrator', 'editor', 'author', 'contributor'];
export const password = randomBytes(12).toString('hex');

/** The files, and the database. */
export class WordPressHost {
  /** @type {(() => Promise<void>)[]} */
  #stops = [];

  /** @param {string} folder */
  constructor(folder) {
    this.folder = folder;
  }

  static async start() {
    const self = new WordPressHost(await mkdtemp(join(tmpdir(), 'wordpress-')));
    try {
      await self.#start();
    } catch (error) {
      await self.stop();
      throw error;
    }
    return self;
  }

  async #start() {
    const socket = join(this.folder, 'mysql.sock');
    const database = [
      '--no-defaults',
      `--datadir=${join(this.folder, 'db')}`,
      `--user=${userInfo().username}`,
    ];
    await run('mariadb-install-db', [
      ...database,
      '--auth-root-authentication-method=normal',
      '--skip-test-db',
    ]);
    const server = spawn('/usr/sbin/mariadbd', [...database, `--socket=${socket}`, '--skip-networking']);
    this.#stops.push(() => ended(server));
    await says(server, /ready for connections/);
    await run('mariadb', [
      '--no-defaults',
      `--socket=${socket}`,
      '--user=root',
      '-e',
      'CREATE DATABASE wordpress',
    ]);

    const files = join(this.folder, 'web/blog');
    await mkdir(files, { recursive: true });
    await cp(source, files, { recursive: true, dereference: true });
    await writeFile(join(files, 'wp-config.php'), configuration(socket, join(this.folder, 'debug.log')));
  }

  /**
   * A site of its own, installed, with its staff.
   * @param {string} [path] Below which it stands: empty, or `/blog`.
   */
  async site(path = '') {
    const port = await freePort();
    const files = join(this.folder, 'web/blog');
    const env = {
      ...process.env,
      SITE: `http://${host}:${port}${path}`,
      TABLES: path ? 'blog_' : 'wp_',
      PHP_CLI_SERVER_WORKERS: '3',
    };
    const root = path ? join(this.folder, 'web') : files;
    // In a group: the workers of PHP's server outlive it otherwise.
    const server = spawn('php', ['-S', `127.0.0.1:${port}`, '-t', root], { env, detached: true });
    this.#stops.push(() => ended(server, true));
    await says(server, /started/);
    const site = new WordPressSite(env.SITE, files, env);
    await site.install();
    return site;
  }

  /** What PHP has complained about in our file. */
  async complaints() {
    const log = await readFile(join(this.folder, 'debug.log'), 'utf8').catch(() => '');
    return log.split('\n').filter((line) => line.includes('genesys-auth-messenger'));
  }

  async stop() {
    for (const stop of this.#stops.reverse()) await stop();
    await rm(this.folder, { recursive: true, force: true });
  }
}

/** One site, as whoever runs the server sees it. */
export class WordPressSite {
  #files;
  #env;

  /** @param {string} address @param {string} files @param {NodeJS.ProcessEnv} env */
  constructor(address, files, env) {
    this.address = address;
    this.#files = files;
    this.#env = env;
  }

  /** @param {string} path */
  url(path) {
    return this.address + path;
  }

  /**
   * @param {string} code PHP that has WordPress around it. @param {unknown} [input] Is `$input`.
   * @param {string} [before] PHP before WordPress.
   * @returns {Promise<any>} What it returns.
   */
  async php(code, input, before = '') {
    const script = `${before} require 'wp-load.php'; $input = json_decode($argv[1], true); echo json_encode((function () use ($input) { ${code} })());`;
    const { stdout } = await run('php', ['-r', script, '--', JSON.stringify(input ?? null)], {
      cwd: this.#files,
      env: this.#env,
    });
    return JSON.parse(stdout);
  }

  async install() {
    await this.php(
      `require 'wp-admin/includes/upgrade.php';
      add_filter('pre_wp_mail', '__return_true');
      wp_install('Lumenwick', 'administrator', 'administrator@example.com', false, '', $input['password']);
      foreach (array_slice($input['staff'], 1) as $role)
        wp_insert_user(['user_login' => $role, 'user_pass' => $input['password'], 'user_email' => "$role@example.com", 'role' => $role]);`,
      { staff, password },
      "define('WP_INSTALLING', true);",
    );
  }

  /**
   * As new, but for posts and pages, with the settings that are given.
   * @param {{settings?: Record<string, string>, permalinks?: string, theme?: string, plugin?: 'active' | 'inactive' | 'missing'}} [state]
   */
  async reset({ settings = {}, permalinks = '', theme = 'twentytwentythree', plugin = 'active' } = {}) {
    const plugins = join(this.#files, 'wp-content/plugins');
    await rm(join(plugins, 'genesys-auth-messenger'), { recursive: true, force: true });
    await rm(join(plugins, 'genesys-auth-messenger.php'), { force: true });
    if (plugin !== 'missing') await cp(file, join(plugins, 'genesys-auth-messenger.php'));
    await this.php(
      `require_once 'wp-admin/includes/plugin.php';
      $file = 'genesys-auth-messenger.php';
      deactivate_plugins([$file, "genesys-auth-messenger/$file"]);
      if ($input['plugin'] === 'active') activate_plugin($file);
      delete_option('genesys_auth_messenger');
      if ($input['settings']) update_option('genesys_auth_messenger', $input['settings']);
      update_option('show_on_front', 'posts');
      switch_theme($input['theme']);
      $GLOBALS['wp_rewrite']->set_permalink_structure($input['permalinks']);
      flush_rewrite_rules();`,
      { settings, permalinks, theme, plugin },
    );
  }

  /** @param {{title?: string, content?: string, type?: 'page' | 'post'}} post @returns {Promise<{id: number, path: string}>} */
  async publish({ title = 'Contact', content = '[genesys_auth_messenger]', type = 'page' }) {
    const { id, link } = await this.php(
      `$id = wp_insert_post(['post_title' => $input['title'], 'post_content' => $input['content'], 'post_type' => $input['type'], 'post_status' => 'publish']);
      return ['id' => $id, 'link' => get_permalink($id)];`,
      { title, content, type },
    );
    return { id, path: link.slice(this.address.length) };
  }
}

/** @param {string} socket @param {string} log */
const configuration = (socket, log) => `<?php
define('DB_NAME', 'wordpress');
define('DB_USER', 'root');
define('DB_PASSWORD', '');
define('DB_HOST', 'localhost:${socket}');
define('DB_CHARSET', 'utf8mb4');
define('DB_COLLATE', '');
$table_prefix = getenv('TABLES');
define('WP_HOME', getenv('SITE'));
define('WP_SITEURL', getenv('SITE'));
${[
  'AUTH_KEY',
  'SECURE_AUTH_KEY',
  'LOGGED_IN_KEY',
  'NONCE_KEY',
  'AUTH_SALT',
  'SECURE_AUTH_SALT',
  'LOGGED_IN_SALT',
  'NONCE_SALT',
]
  .map((name) => `define('${name}', '${randomBytes(32).toString('hex')}');`)
  .join('\n')}
define('WP_HTTP_BLOCK_EXTERNAL', true);
define('AUTOMATIC_UPDATER_DISABLED', true);
define('DISABLE_WP_CRON', true);
define('WP_DEBUG', true);
define('WP_DEBUG_DISPLAY', false);
define('WP_DEBUG_LOG', '${log}');
define('FS_METHOD', 'direct');
define('ABSPATH', __DIR__ . '/');
$_SERVER += ['HTTP_HOST' => '${host}', 'SERVER_NAME' => '${host}', 'REQUEST_URI' => '/'];
require ABSPATH . 'wp-settings.php';
`;
