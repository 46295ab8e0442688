/** The site's memory across tabs: localStorage, which may be refused. Holds no secret, only what is and what is not. */
export class SiteMemory {
  readonly #window: Window;

  constructor(window: Window) {
    this.#window = window;
  }

  get(key: string): string | null {
    return this.#try((storage) => storage.getItem(key)) ?? null;
  }

  /** @param value undefined removes it */
  set(key: string, value: string | undefined): void {
    this.#try((storage) => (value === undefined ? storage.removeItem(key) : storage.setItem(key, value)));
  }

  #try<T>(work: (storage: Storage) => T): T | undefined {
    try {
      return work(this.#window.localStorage);
    } catch {
      // Refused or full: everything works without, only less well across tabs.
      return undefined;
    }
  }
}
