import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Failure } from '../../../src/failure.js';
import { checkSurroundings } from '../../../src/session/surroundings.js';

interface Surroundings {
  hostname?: string;
  /** The origins of the pages around this one, from the inside; without them the browser does not tell. */
  ancestors?: string[];
  /** The outermost page of another origin: it cannot be looked into. */
  foreignTop?: boolean;
  isSecureContext?: boolean;
  storageBlocked?: boolean;
}

/** A window as far as it is looked at, alone or in a frame. */
function windowOf(given: Surroundings & { framed: boolean }): Window {
  const { hostname = 'www.brand.example', ancestors, foreignTop, isSecureContext = true } = given;
  const refuse = () => {
    throw new DOMException('refused', 'SecurityError');
  };
  const location = { hostname, ...(ancestors && { ancestorOrigins: ancestors }) };
  const window: Record<string, unknown> = { isSecureContext, location };
  Object.defineProperty(window, 'sessionStorage', {
    get: () => (given.storageBlocked ? refuse() : { getItem: () => null }),
  });
  const outer = { location: {} };
  Object.defineProperty(outer.location, 'hostname', { get: () => (foreignTop ? refuse() : hostname) });
  window['parent'] = window['top'] = given.framed ? outer : window;
  return window as unknown as Window;
}

/** The code of what is refused; undefined where nothing is. */
function refusal(window: Window, ownSignIn = false): string | undefined {
  try {
    checkSurroundings(window, ownSignIn);
    return undefined;
  } catch (reason) {
    // Nothing else is put into words.
    assert.ok(reason instanceof Failure, String(reason));
    return reason.code;
  }
}

const framed = (hostname: string, ...ancestors: string[]) =>
  refusal(windowOf({ framed: true, hostname, ancestors }));

describe('a page', () => {
  it('by itself may sign visitors in, whether or not the browser tells of frames', () => {
    assert.equal(refusal(windowOf({ framed: false, ancestors: [] })), undefined);
    assert.equal(refusal(windowOf({ framed: false })), undefined);
  });

  it('without https is told so before anything else', () => {
    const given = { isSecureContext: false, storageBlocked: true, ancestors: ['https://portal.example'] };
    for (const ownSignIn of [false, true])
      assert.equal(
        refusal(windowOf({ framed: true, ...given }), ownSignIn),
        'configuration/insecure-context',
      );
  });

  it('without storage is told so, in a frame or not', () => {
    for (const given of [{ framed: false }, { framed: true }, { framed: true, ancestors: [] }])
      assert.equal(refusal(windowOf({ ...given, storageBlocked: true })), 'configuration/storage-blocked');
  });

  it('in a frame of another site hears of the frame: that is what takes its storage', () => {
    const given = { framed: true, storageBlocked: true, ancestors: ['https://portal.example'] };
    assert.equal(refusal(windowOf(given)), 'configuration/framed');
  });
});

describe('a page in a frame', () => {
  const same: [hostname: string, ...ancestors: string[]][] = [
    ['www.brand.example', 'https://www.brand.example'],
    ['www.brand.example', 'https://brand.example'],
    ['brand.example', 'https://a.b.brand.example:8443'],
    ['www.brand.example', 'https://shop.brand.example', 'https://brand.example'],
    ['www.brand.co.uk', 'https://shop.brand.co.uk'],
    ['brand.co.uk', 'https://www.brand.co.uk'],
    // For developers.
    ['localhost', 'http://localhost:3000'],
  ];
  for (const [hostname, ...ancestors] of same)
    it(`may be of the same site: ${hostname} in ${ancestors.join(' in ')}`, () =>
      assert.equal(framed(hostname, ...ancestors), undefined));

  const foreign: [hostname: string, ...ancestors: string[]][] = [
    ['www.brand.example', 'https://portal.example'],
    ['www.brand.example', 'https://www.brand.test'],
    ['brand.example', 'https://brand.example.portal.example'],
    // Alike at the end of a label only.
    ['brand.example', 'https://grand.example'],
    // Any of them parts the storage.
    ['www.brand.example', 'https://www.brand.example', 'https://portal.example'],
    ['www.brand.example', 'https://portal.example', 'https://www.brand.example'],
    ['localhost', 'https://portal.example'],
    ['www.brand.example', 'http://localhost:3000'],
    // Sandboxed: it has no name.
    ['www.brand.example', 'null'],
  ];
  // Everybody may have a name below these.
  const suffixes = 'ac.uk co.uk com.au edu.au go.jp gov.uk ne.jp net.au or.jp org.uk'.split(' ');
  for (const suffix of suffixes) foreign.push([`www.brand.${suffix}`, `https://www.portal.${suffix}`]);
  for (const [hostname, ...ancestors] of foreign)
    it(`must not be of another site: ${hostname} in ${ancestors.join(' in ')}`, () =>
      assert.equal(framed(hostname, ...ancestors), 'configuration/framed'));

  it('may be of any site where the page obtains codes itself', () => {
    const window = windowOf({ framed: true, ancestors: ['https://portal.example'] });
    assert.equal(refusal(window, true), undefined);
  });

  it('of a browser that does not tell must be able to look into the outermost page', () => {
    assert.equal(refusal(windowOf({ framed: true })), undefined);
    assert.equal(refusal(windowOf({ framed: true, foreignTop: true })), 'configuration/framed');
    assert.equal(refusal(windowOf({ framed: true, foreignTop: true }), true), undefined);
  });
});
