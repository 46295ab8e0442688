import assert from 'node:assert/strict';
import { it } from 'node:test';
import { BaseElement } from '../../../src/element/base.js';

/** What the element below has been told of. */
class Element extends BaseElement {
  static override readonly observedAttributes = ['client-id', 'silent'];
  static override readonly switches = ['silent'];

  static {
    this.defineProperties(['labels']);
  }

  declare clientId: unknown;
  declare silent: unknown;
  declare labels: unknown;
  readonly told: string[] = [];

  protected override changed(property: string): void {
    this.told.push(property);
  }

  protected override update(): void {
    this.told.push('update');
  }
}

/** In a page, or in none. There is no browser here, so the test says which. */
function create(isConnected = true): Element {
  const element = new Element();
  // An element's own is inherited. What is enumerable on the object itself was set by the page.
  Object.defineProperty(element, 'isConnected', { value: isConnected, writable: true });
  return element;
}

it('several changes are told at once and drawn once; a later one is drawn again', async () => {
  const element = create();
  element.clientId = 'brand';
  element.labels = {};
  assert.deepEqual(element.told, ['clientId', 'labels']);
  await element.updateComplete;
  assert.deepEqual(element.told.splice(0), ['clientId', 'labels', 'update']);
  element.clientId = 'other';
  await element.updateComplete;
  assert.deepEqual(element.told, ['clientId', 'update']);
  assert.equal(element.clientId, 'other');
});

it('a value that is there already is no change', async () => {
  const element = create();
  element.clientId = 'brand';
  await element.updateComplete;
  element.told.length = 0;
  element.clientId = 'brand';
  await element.updateComplete;
  assert.deepEqual(element.told, []);
});

it('out of a page, changes are told and not drawn', async () => {
  const element = create(false);
  element.clientId = 'brand';
  await element.updateComplete;
  assert.deepEqual(element.told, ['clientId']);
});

it('an attribute sets its property; a switch is on unless it says false, or is taken away', () => {
  const element = create();
  element.attributeChangedCallback('client-id', null, 'false');
  assert.equal(element.clientId, 'false');
  for (const [value, isOn] of [
    ['', true],
    ['true', true],
    ['false', false],
    [null, false],
  ] as const) {
    element.attributeChangedCallback('silent', null, value);
    assert.equal(element.silent, isOn, `silent=${value}`);
  }
});

it('what a page has set before the element was defined counts when it comes into the page', async () => {
  const element = create();
  const early = { clientId: 'early', brandsOwn: 'kept' };
  for (const [name, value] of Object.entries(early))
    Object.defineProperty(element, name, {
      value,
      enumerable: true,
      configurable: true,
      writable: true,
    });
  // What a page has fixed there, nobody can take away.
  Object.defineProperty(element, 'fixed', { value: 'kept', enumerable: true });
  element.connectedCallback();
  await element.updateComplete;
  assert.deepEqual(element.told, ['clientId', 'update']);
  assert.equal(element.clientId, 'early');
  element.attributeChangedCallback('client-id', null, 'late');
  assert.equal(element.clientId, 'late', 'no property of its own hides that of the class');
  assert.equal((element as unknown as typeof early).brandsOwn, 'kept');
});

it('the properties can be listed, as those of the browser’s own elements can', () => {
  assert.deepEqual(Object.keys(Element.prototype), ['clientId', 'silent', 'labels']);
});

it('by itself, an element has neither attributes nor switches', () => {
  assert.deepEqual([BaseElement.observedAttributes, BaseElement.switches], [[], []]);
});
