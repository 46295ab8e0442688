import { failure } from '../failure.js';
import { parseUrl } from '../urls.js';

/**
 * What a page must be before anybody can sign in here, whatever its element says.
 *
 * @param ownSignIn the page obtains codes itself
 * @throws Failure `configuration/insecure-context`, `configuration/framed`, `configuration/storage-blocked`
 */
export function checkSurroundings(window: Window, ownSignIn: boolean): void {
  if (!window.isSecureContext) throw failure('configuration/insecure-context');
  // First: such a frame may have no storage either, and that is not what its author can mend.
  if (!ownSignIn && isInForeignFrame(window)) throw failure('configuration/framed');
  try {
    window.sessionStorage.getItem('');
  } catch {
    throw failure('configuration/storage-blocked');
  }
}

/**
 * Whether the page is shown in a frame of another site. There browsers part its storage from that of the same site in a
 * window of its own, and a provider's Cross-Origin-Opener-Policy cuts the opener: no answer finds its way home.
 */
function isInForeignFrame(window: Window): boolean {
  if (window.parent === window) return false;
  const { ancestorOrigins, hostname } = window.location;
  if (ancestorOrigins)
    return [...ancestorOrigins].some((origin) => siteOf(parseUrl(origin)?.hostname) !== siteOf(hostname));
  // Firefox does not tell; a page of this very origin can be looked into.
  try {
    return window.top!.location.hostname === undefined;
  } catch {
    return true;
  }
}

/** Without the list of public suffixes: the last two labels, or three where they end as in `co.uk`. */
const siteOf = (hostname = ''): string =>
  /[^.]+(\.(ac|com?|edu|gov?|net?|org?))?\.[^.]+$/.exec(hostname)?.[0] ?? hostname;
