import { key } from '../names.js';
import type { SiteMemory } from '../site-memory.js';

/**
 * Who is signed in on the site, as the page names them, compared with who was when the visitor signed in here. Only a
 * digest is kept.
 */
export class Account {
  readonly #memory: SiteMemory;
  #name?: string | undefined;
  #key = '';
  /** Empty while it is computed, and where that is not possible: it is then nobody's. */
  #digest = '';

  constructor(memory: SiteMemory) {
    this.#memory = memory;
  }

  /**
   * @param name undefined where the page does not say
   * @returns when it is known who that is: whether the page has named somebody else before; undefined where nothing has
   *   changed
   */
  async use(deploymentId: string, name: string | undefined): Promise<boolean | undefined> {
    const before = this.#name;
    const storageKey = key('account', deploymentId);
    if (name === before && storageKey === this.#key) return undefined;
    this.#key = storageKey;
    this.#name = name;
    this.#digest = '';
    const digest = name === undefined ? '' : await digestOf(`${deploymentId.toLowerCase()} ${name}`);
    if (name !== this.#name) return undefined;
    this.#digest = digest;
    return !!before && name !== undefined;
  }

  get isUsed(): boolean {
    return this.#name !== undefined;
  }

  get isSame(): boolean {
    return !this.isUsed || (this.#digest !== '' && this.#digest === this.#memory.get(this.#key));
  }

  keep(kept: boolean): void {
    this.#memory.set(this.#key, (kept && this.#digest) || undefined);
  }
}

async function digestOf(text: string): Promise<string> {
  try {
    const bytes = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
    return btoa(String.fromCharCode(...new Uint8Array(bytes)));
  } catch {
    return '';
  }
}
