import type { Page, Profile, Tokens } from './types.js';

/**
 * Messenger's tokens, which outlive the page: `localStorage`, keys `_{deploymentId}:gcatkn` (JWT) and `:gcartkn`
 * (refresh token), in 2.2.8 without the deployment: `_gcatkn` (docs/messenger.md §6). Held in memory where storage is refused.
 */
export class TokenStore {
  readonly #storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;
  readonly #prefix: string;

  constructor(page: Page, profile: Profile, deploymentId: string) {
    this.#storage = storageOf(page);
    this.#prefix = profile === '2.2.8' ? '_' : `_${deploymentId}:`;
  }

  get(): Tokens | undefined {
    const jwt = this.#storage.getItem(`${this.#prefix}gcatkn`);
    const refreshToken = this.#storage.getItem(`${this.#prefix}gcartkn`);
    return jwt ? { jwt, ...(refreshToken && { refreshToken }) } : undefined;
  }

  set({ jwt, refreshToken }: Tokens): void {
    this.#storage.setItem(`${this.#prefix}gcatkn`, jwt);
    if (refreshToken) this.#storage.setItem(`${this.#prefix}gcartkn`, refreshToken);
  }

  wipe(): void {
    this.#storage.removeItem(`${this.#prefix}gcatkn`);
    this.#storage.removeItem(`${this.#prefix}gcartkn`);
  }
}

function storageOf(page: Page): Pick<Storage, 'getItem' | 'setItem' | 'removeItem'> {
  try {
    return page.localStorage;
  } catch {
    const memory = new Map<string, string>();
    return {
      getItem: (key) => memory.get(key) ?? null,
      setItem: (key, value) => void memory.set(key, value),
      removeItem: (key) => void memory.delete(key),
    };
  }
}
