import { attempt } from './attempt.js';

/** The site's memory across tabs: localStorage, which may be refused. Holds no secret, only what is and what is not. */
export interface SiteMemory {
  get(key: string): string | null;
  /** @param value undefined removes it */
  set(key: string, value: string | undefined): void;
}

export function siteMemory(window: Window): SiteMemory {
  // Refused or full: everything works without, only less well across tabs.
  return {
    get: (key) => attempt(() => window.localStorage.getItem(key)) ?? null,
    set: (key, value) =>
      attempt(() => {
        const { localStorage } = window;
        return value === undefined ? localStorage.removeItem(key) : localStorage.setItem(key, value);
      }),
  };
}
