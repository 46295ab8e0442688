// The servers of the local world, spoken to over a bare socket: what no browser and no fetch would send.
import assert from 'node:assert/strict';
import net from 'node:net';
import { after, before, describe, test } from 'node:test';

/** The part of the world that is used here; it is JavaScript, which this project's types do not cover. */
interface World {
  site: { origin: string };
  provider: { issuer: string };
  genesys: { domain: string };
  stop(): Promise<void>;
}

let world: World;
const servers: Record<string, { port: number; names: string[] }> = {};
const errors: unknown[][] = [];
const { error } = console;

/** Sends these bytes and reads until the server closes the connection. */
function send(port: number, bytes: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let answer = '';
    const socket = net.connect(port, '127.0.0.1', () => socket.write(bytes, 'latin1'));
    socket.setEncoding('latin1');
    socket.on('data', (data) => (answer += data));
    socket.on('close', () => resolve(answer));
    // A server that has seen enough may cut off what is still being sent.
    socket.on('error', (reason) => (answer ? resolve(answer) : reject(reason)));
  });
}

const get = (port: number, target: string, host: string) =>
  send(port, `GET ${target} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`);
const statusOf = (answer: string) => Number(/^HTTP\/1\.1 (\d{3}) /.exec(answer)?.[1]);
const bodyOf = (answer: string) => answer.slice(answer.indexOf('\r\n\r\n') + 4);

describe('the local servers', () => {
  before(async () => {
    const { startWorld } = await import(new URL('../../../demo/world/world.mjs', import.meta.url).href);
    world = (await startWorld()) as World;
    const port = (address: string) => Number(new URL(address).port);
    const domain = 'genesys.localhost';
    servers['the site'] = {
      port: port(world.site.origin),
      names: ['brand.localhost', 'cdn.localhost', 'brand.test'],
    };
    servers['the provider'] = { port: port(world.provider.issuer), names: ['login.localhost'] };
    servers['Genesys Cloud'] = {
      port: port(`http://${world.genesys.domain}`),
      names: [`apps.${domain}`, `api.${domain}`, `api-cdn.${domain}`],
    };
    console.error = (...said: unknown[]) => void errors.push(said);
  });

  after(async () => {
    console.error = error;
    await world.stop();
  });

  test('each server answers for its own names, in whatever letters, and 421 for any other', async () => {
    for (const [server, { port, names }] of Object.entries(servers)) {
      for (const name of [...names, names[0]!.toUpperCase()]) {
        const status = statusOf(await get(port, '/', `${name}:${port}`));
        assert.ok(status === 200 || status === 404, `${server} as ${name}: ${status}`);
      }
      const foreign = [
        'evil.example',
        'localhost',
        '127.0.0.1',
        `${names[0]}.evil.example`,
        `evil.${names[0]}`,
        '',
        '[',
      ];
      for (const host of foreign) {
        const answer = await get(port, '/', `${host}:${port}`);
        assert.equal(statusOf(answer), 421, `${server} as ${host}`);
        assert.equal(bodyOf(answer), '', `${server} as ${host}`);
      }
    }
  });

  const malformed = {
    'two slashes': '//',
    'two slashes and a host': '//evil.example/',
    'a slash and a backslash': '/\\evil.example/',
    'a backslash': '\\',
    'an encoded backslash': '/..%5cpackage.json',
    'half an address': 'http://[',
    'the absolute form': 'http://evil.example/',
    'another scheme': 'file:///etc/passwd',
    'no slash': 'index.html',
    'an asterisk': '*',
    'an escape that is none': '/%ZZ',
    'an escape that is no character': '/assets/%E0%A4%A.js',
    'half an escape': '/login/%',
    'an encoded null byte': '/index.html%00.png',
    'a null byte': '/index\0.html',
    'an encoded line break': '/%0d%0aset-cookie:a=b',
    'a space': '/a b',
    'more than a server reads': `/${'a'.repeat(100_000)}`,
  };

  test('a malformed address is answered 400, without a stack in the body or on the console', async () => {
    errors.length = 0;
    for (const [server, { port, names }] of Object.entries(servers)) {
      for (const [what, target] of Object.entries(malformed)) {
        const answer = await get(port, target, `${names[0]}:${port}`);
        assert.equal(statusOf(answer), 400, `${server}, ${what}: ${answer.slice(0, 200)}`);
        assert.equal(bodyOf(answer), '', `${server}, ${what}`);
      }
    }
    assert.deepEqual(errors, []);
  });

  test('an odd but well-formed address is answered without an error of the server', async () => {
    errors.length = 0;
    const odd = [
      '/?',
      '/?a=%ZZ',
      '/?a=\\',
      '/?//',
      '/a//b',
      '/..',
      '/..%2f..%2fpackage.json',
      '/%2e%2e/x',
      `/${'a'.repeat(9_000)}`,
    ];
    for (const [server, { port, names }] of Object.entries(servers)) {
      for (const target of odd) {
        const status = statusOf(await get(port, target, `${names[0]}:${port}`));
        assert.ok(status === 200 || status === 404, `${server}, ${target.slice(0, 30)}: ${status}`);
      }
    }
    assert.deepEqual(errors, []);
  });
});
