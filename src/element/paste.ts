import { GenesysAuthMessenger } from './element.js';

/**
 * The forms in which the element is pasted where its own tag does not survive: an inert
 * `<div data-genesys-auth-messenger data-deployment-id="…">`, and the script's own tag with `data-` attributes.
 */
const pasted = '[data-genesys-auth-messenger], script[data-deployment-id][src*="genesys-auth-messenger"]';

/** Sets the element in place of every pasted form, also of those that come later. */
export function adoptPasted(document: Document): void {
  const adopted = new WeakSet<Element>();
  const adopt = (): void => {
    for (const found of document.querySelectorAll<HTMLElement>(pasted)) {
      const place = !adopted.has(found) && placeOf(found);
      if (!place) continue;
      adopted.add(found);
      place(newElement(found));
    }
  };
  adopt();
  new MutationObserver(adopt).observe(document, { childList: true, subtree: true });
}

/** Only attributes of ours: a filter that lets `data-` through vouches for no other. */
function newElement(pasted: HTMLElement): GenesysAuthMessenger {
  const element = pasted.ownerDocument.createElement('genesys-auth-messenger');
  for (const name of GenesysAuthMessenger.observedAttributes) {
    const value = pasted.getAttribute(`data-${name}`);
    if (value !== null) element.setAttribute(name, value);
  }
  element.nonce = pasted.nonce || element.nonce;
  return element;
}

/** @returns how to set the element there; undefined while there is no such place yet */
function placeOf(pasted: HTMLElement): ((element: HTMLElement) => void) | undefined {
  const { ownerDocument: document, dataset } = pasted;
  if (!(pasted instanceof HTMLScriptElement)) {
    // The content becomes the element's: it may hold labels for its slots.
    return (element) => {
      element.append(...pasted.childNodes);
      pasted.append(element);
    };
  }
  const target = dataset['target'] ? find(document, dataset['target']) : undefined;
  if (target) return (element) => target.append(element);
  // Nothing is seen in the head.
  if (target === undefined && !document.head.contains(pasted)) return (element) => pasted.after(element);
  return target === undefined && document.body ? (element) => document.body.append(element) : undefined;
}

function find(document: Document, selector: string): Element | null | undefined {
  try {
    return document.querySelector(selector);
  } catch {
    console.warn(`data-target is no CSS selector: ${selector}`);
    return undefined;
  }
}
