/** The site's memory across tabs: localStorage, which may be refused. Holds no secret, only what is and what is not. */
export interface SiteMemory {
  get(key: string): string | null;
  /** @param value undefined removes it */
  set(key: string, value: string | undefined): void;
}

export function siteMemory(window: Window): SiteMemory {
  /** Refused or full: everything works without, only less well across tabs. */
  const attempt = <T>(work: (storage: Storage) => T): T | undefined => {
    try {
      return work(window.localStorage);
    } catch {
      return undefined;
    }
  };
  return {
    get: (key) => attempt((storage) => storage.getItem(key)) ?? null,
    set: (key, value) =>
      attempt((storage) => (value === undefined ? storage.removeItem(key) : storage.setItem(key, value))),
  };
}
