import { key } from '../names.js';
import type { SiteMemory } from '../site-memory.js';

/**
 * Who is signed in on the site, as the page names them, compared with who was when the visitor signed in here. Only a
 * digest is kept.
 */
export interface Account {
  /**
   * @param name undefined where the page does not say
   * @returns when it is known who that is: whether the page has named somebody else before; undefined where nothing has
   *   changed
   */
  use(deploymentId: string, name: string | undefined): Promise<boolean | undefined>;
  isSame(): boolean;
  keep(kept: boolean): void;
}

export function openAccount(memory: SiteMemory): Account {
  let current: string | undefined;
  let storageKey = '';
  /** Undefined while it is computed, and where that is not possible: it is then nobody's. */
  let digest: string | undefined;
  return {
    async use(deploymentId, name) {
      const before = current;
      const nextKey = key('account', deploymentId);
      if (name === before && nextKey === storageKey) return undefined;
      storageKey = nextKey;
      current = name;
      digest = undefined;
      const computed =
        name === undefined ? undefined : await digestOf(`${deploymentId.toLowerCase()} ${name}`);
      if (name !== current) return undefined;
      digest = computed;
      return !!before && name !== undefined;
    },
    isSame: () => current === undefined || digest === memory.get(storageKey),
    keep: (kept) => memory.set(storageKey, kept ? digest : undefined),
  };
}

async function digestOf(text: string): Promise<string | undefined> {
  try {
    const bytes = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
    return btoa(String.fromCharCode(...new Uint8Array(bytes)));
  } catch {
    return undefined;
  }
}
