import { parseUrl } from '../urls.js';

/**
 * Whether the page is shown in a frame of another site. There browsers part its storage from that of the same site in a
 * window of its own, and a provider's Cross-Origin-Opener-Policy cuts the opener: no answer finds its way home.
 */
export function isInForeignFrame(window: Window): boolean {
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

/** Without the list of public suffixes: the last two labels, or three where the second is as short as in `co.uk`. */
function siteOf(hostname = ''): string {
  const labels = hostname.split('.');
  const long = labels.length > 2 && labels.at(-2)!.length <= 3;
  return labels.slice(long ? -3 : -2).join('.');
}
