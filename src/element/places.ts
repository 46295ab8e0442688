import { failure } from '../failure.js';
import { createElement, listen, queryAll, read } from '../readings.js';
import { explain } from '../session/explain.js';
import type { GenesysAuthMessenger } from './element.js';

/**
 * Where the page's authors want a button who may not use scripts or the element's own tag:
 * `<div data-genesys-auth-messenger></div>`. Every sanitizer lets visitors post such a thing, too, so a place is a place and
 * nothing else: it configures nothing, and takes nothing away.
 */
const selector = '[data-genesys-auth-messenger]';

const tagName = 'genesys-auth-messenger';

/** A page with more has been flooded. */
const limit = 20;
/** A label in a place is text of at most so many characters. */
const labelLimit = 60;

/** How soon after a change of the page is looked again, in milliseconds. */
const patience = 200;

/**
 * Looks now, and again soon after the page has changed. To look at every single change would cost a page that changes
 * often many times its own work.
 */
function whileThePageChanges(document: Document, look: () => void): void {
  const observer = new MutationObserver(() => {
    observer.disconnect();
    setTimeout(follow, patience);
  });
  const follow = () => {
    look();
    observer.observe(document, { childList: true, subtree: true });
  };
  follow();
  listen(document, 'DOMContentLoaded', look);
}

/** Sets an element into every place, also of those that come later. */
export function fillPlaces(document: Document): void {
  const filled = new Set<Element>();
  whileThePageChanges(document, () => {
    for (const place of filled) if (!place.isConnected) filled.delete(place);
    for (const found of queryAll(document, selector)) {
      if (!isPlace(found) || (filled.size >= limit && !filled.has(found))) continue;
      filled.add(found);
      // One that was taken out and put back, or is a copy, has its element already; a router may have emptied another.
      if (!found.querySelector(tagName)) set(document, found);
    }
  });
}

/** A form's own names can be taken over by what is in it; what somebody is writing is not the page yet. */
function isPlace(found: Element): found is HTMLElement {
  if (!(found instanceof HTMLElement) || found instanceof HTMLFormElement) return false;
  if (found instanceof HTMLScriptElement || found.localName === tagName) return false;
  const outer = found.parentElement && Element.prototype.closest.call(found.parentElement, selector);
  return !outer && !found.isContentEditable;
}

/** The place keeps what it had, out of sight: it was there for visitors without scripts. */
function set(document: Document, place: HTMLElement): void {
  const element = createElement(document, tagName);
  for (const label of ['login-label', 'logout-label']) {
    const text = place.getAttribute(`data-${label}`)?.trim().slice(0, labelLimit);
    if (text) element.setAttribute(label, text);
  }
  const content = createElement(document, 'span');
  content.style.setProperty('display', 'none', 'important');
  content.append(...place.childNodes);
  place.append(content, element);
}

/**
 * Sets the element of the script's own tag: at `data-target`, else where the script stands in the body. Where a router
 * replaces the page's content, it is set there again.
 *
 * @param target `data-target`: a selector; empty: nowhere; undefined: not given
 */
export function setOwnElement(
  document: Document,
  element: GenesysAuthMessenger,
  script: HTMLScriptElement,
  target: string | undefined,
): void {
  if (target === '' || element.isConnected) return;
  if (target === undefined) {
    if (read(document, 'head')?.contains(script)) {
      void explain(failure('configuration/target', 'the script is in the head'));
    } else script.after(element);
    return;
  }
  let isSelector = true;
  whileThePageChanges(document, () => {
    if (element.isConnected || !isSelector) return;
    try {
      const [found] = queryAll(document, target);
      // A router that keeps copies of its pages has put one back.
      if (!found?.querySelector(':scope > ' + tagName)) found?.append(element);
    } catch {
      isSelector = false;
      void explain(failure('configuration/target', `data-target="${target}"`));
    }
  });
}
