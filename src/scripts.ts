import { failure } from './failure.js';
import { createElement, isMarkup, read } from './readings.js';

/** Scripts that are put into the page: Genesys' bootstrap, and parts of this element. */

let pageNonce = '';

/** For injected scripts: the nonce of the tag that configures. */
export function useNonce(nonce: string | undefined): void {
  pageNonce = nonce || pageNonce;
}

interface ScriptUrls {
  createScriptURL(url: string): string;
}
interface TrustedTypes {
  createPolicy(name: string, rules: ScriptUrls): ScriptUrls;
}

/** Made once: a page can forbid a second policy of the same name. */
let policy: ScriptUrls | undefined;

/** Where the page asks for Trusted Types, under the policy name `genesys-auth-messenger`. */
function trusted({ trustedTypes }: { trustedTypes?: TrustedTypes }, url: string): string {
  try {
    if (!isMarkup(trustedTypes))
      policy ??= trustedTypes?.createPolicy('genesys-auth-messenger', { createScriptURL: (value) => value });
  } catch {
    // Not allowed: the page may have a default policy, or demand none.
  }
  return policy?.createScriptURL(url) ?? url;
}

/**
 * A script element that carries the page's nonce, not yet in the page.
 *
 * @throws Failure `messenger/blocked` where the page's Trusted Types refuse the address: Messenger's is refused as ours are
 */
export function newScript(window: Window, url: string): HTMLScriptElement {
  const script = createElement(window.document, 'script');
  if (pageNonce) script.nonce = pageNonce;
  try {
    script.src = trusted(window as { trustedTypes?: TrustedTypes }, url);
  } catch (cause) {
    throw failure('messenger/blocked', 'refused by Trusted Types', { cause });
  }
  return script;
}

/** Where Genesys' snippet puts its script, too. */
export const scriptPlace = (document: Document): HTMLElement =>
  read(document, 'head') ?? read(document, 'documentElement');

export function insertScript({ document }: Window, script: HTMLScriptElement): void {
  scriptPlace(document).append(script);
}

/**
 * Loads a module with its integrity, and imports it. `import()` itself checks no integrity, and WebKit runs a file that
 * was refused for it: so the module comes by a script element, and is imported only after that has loaded.
 *
 * @throws Failure `configuration/chunk-missing`; `messenger/blocked` as for `newScript`
 */
export async function importIntact(window: Window, url: string, integrity: string): Promise<unknown> {
  const script = newScript(window, url);
  try {
    script.type = 'module';
    script.integrity = integrity;
    script.crossOrigin = 'anonymous';
    const loaded = new Promise((resolve, reject) => {
      script.addEventListener('load', resolve);
      script.addEventListener('error', reject);
    });
    insertScript(window, script);
    await loaded.finally(() => script.remove());
    return await import(/* @vite-ignore */ url);
  } catch (cause) {
    throw failure('configuration/chunk-missing', url.split('#')[0], { cause });
  }
}
