import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { hideMessenger, watchMessenger } from '../../../src/messenger/nodes.js';
import { observeWith } from './observe.js';

/** How long a router may take to put back what it keeps, in milliseconds. */
const patience = 500;

/** What Messenger has put into a page. */
interface TestNode {
  isConnected: boolean;
}

class Observer {
  static last: Observer | undefined;
  /** What is looked at, and how. */
  static readonly observed: [place: object, options: object][] = [];

  constructor(readonly notice: () => void) {
    Observer.last = this;
  }

  observe(place: object, options: object): void {
    Observer.observed.push([place, options]);
  }
}

/** A page, and who watches over it. */
class TestDocument {
  static nodes: TestNode[] = [];
  static readonly selectors: string[] = [];
  static body: object = {};
  static readonly html: object = {};

  get body(): object {
    return TestDocument.body;
  }
  get documentElement(): object {
    return TestDocument.html;
  }
  querySelectorAll(selector: string): TestNode[] {
    TestDocument.selectors.push(selector);
    return TestDocument.nodes;
  }
}

const node = (): TestNode => ({ isConnected: true });

describe('What Messenger has put into the page, docs/messenger.md §7', () => {
  observeWith(Observer);
  beforeEach(() => Observer.observed.splice(0));

  it('is missed when it has been gone for half a second, and told once', (t) => {
    t.mock.timers.enable({ apis: ['setTimeout'] });
    let gone = 0;
    TestDocument.nodes = [node(), node()];
    watchMessenger({ document: new TestDocument() } as unknown as Window, () => gone++);
    const [one, other] = TestDocument.nodes as [TestNode, TestNode];

    one.isConnected = false;
    Observer.last!.notice();
    t.mock.timers.tick(10 * patience);
    assert.equal(gone, 0, 'one of two is enough');

    other.isConnected = false;
    TestDocument.nodes = [];
    Observer.last!.notice();
    t.mock.timers.tick(patience - 1);
    assert.equal(gone, 0);
    t.mock.timers.tick(1);
    assert.equal(gone, 1);

    Observer.last!.notice();
    t.mock.timers.tick(10 * patience);
    assert.equal(gone, 1, 'what is gone cannot go');
  });

  it('may come back, or another in its place', (t) => {
    t.mock.timers.enable({ apis: ['setTimeout'] });
    let gone = 0;
    const first = node();
    TestDocument.nodes = [first];
    watchMessenger({ document: new TestDocument() } as unknown as Window, () => gone++);
    first.isConnected = false;
    TestDocument.nodes = [];
    Observer.last!.notice();
    first.isConnected = true;
    t.mock.timers.tick(patience);
    assert.equal(gone, 0, 'the same');

    const second = node();
    first.isConnected = false;
    TestDocument.nodes = [second];
    Observer.last!.notice();
    t.mock.timers.tick(patience);
    second.isConnected = false;
    TestDocument.nodes = [];
    Observer.last!.notice();
    t.mock.timers.tick(patience);
    assert.equal(gone, 1, 'the other is watched over, too');
  });

  it('may come late', (t) => {
    t.mock.timers.enable({ apis: ['setTimeout'] });
    let gone = 0;
    TestDocument.nodes = [];
    watchMessenger({ document: new TestDocument() } as unknown as Window, () => gone++);
    t.mock.timers.tick(10 * patience);
    assert.equal(gone, 0, 'nothing was there yet');
    const late = node();
    TestDocument.nodes = [late];
    Observer.last!.notice();
    late.isConnected = false;
    TestDocument.nodes = [];
    Observer.last!.notice();
    t.mock.timers.tick(patience);
    assert.equal(gone, 1);
  });

  it('is looked for where Messenger puts it, and nothing deeper costs anything', () => {
    TestDocument.nodes = [node()];
    watchMessenger({ document: new TestDocument() } as unknown as Window, () => {});
    assert.deepEqual(Observer.observed, [
      [TestDocument.html, { childList: true }],
      [TestDocument.body, { childList: true }],
    ]);
    assert.equal(
      TestDocument.selectors.at(-1),
      '#genesys-messenger, [id^="genesys-mxg"], iframe[id^="genesys-"]',
    );
    TestDocument.body = {};
    Observer.last!.notice();
    assert.equal(Observer.observed.at(-1)![0], TestDocument.body, 'a router may bring another body');
  });

  it('is kept out of sight, and shown again', () => {
    const sheets: Sheet[] = [];
    class Sheet {
      disabled = false;
      text = '';
      replaceSync(text: string): void {
        this.text = text;
      }
    }
    class Styled {
      get adoptedStyleSheets(): Sheet[] {
        return sheets;
      }
      get defaultView(): object {
        return { CSSStyleSheet: Sheet };
      }
    }
    const document = new Styled() as unknown as Document;
    hideMessenger(document, true);
    assert.equal(sheets.length, 1);
    assert.equal(sheets[0]!.disabled, false);
    assert.equal(
      sheets[0]!.text,
      ':is(#genesys-messenger, [id^="genesys-mxg"], iframe[id^="genesys-"]) { visibility: hidden !important }',
    );
    hideMessenger(document, false);
    assert.deepEqual(
      sheets.map(({ disabled }) => disabled),
      [true],
    );
  });

  it('stays in sight in a browser that has no such sheets', () => {
    class Old {
      get defaultView(): object {
        return {};
      }
    }
    hideMessenger(new Old() as unknown as Document, true);
  });
});
