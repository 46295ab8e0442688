import { afterEach, beforeEach } from 'node:test';

/** Within a `describe`: its tests have this `MutationObserver`. All unit tests are in one process, and others have theirs. */
export function observeWith(Observer: new (notice: () => void) => { observe(...what: never[]): void }): void {
  let others: PropertyDescriptor | undefined;
  beforeEach(() => {
    others = Object.getOwnPropertyDescriptor(globalThis, 'MutationObserver');
    Object.defineProperty(globalThis, 'MutationObserver', { value: Observer, configurable: true });
  });
  afterEach(() => {
    if (others) Object.defineProperty(globalThis, 'MutationObserver', others);
    else Reflect.deleteProperty(globalThis, 'MutationObserver');
  });
}
