import { createElement } from '../readings.js';
import type { Status } from '../session/facts.js';
import { adoptSheet } from '../sheets.js';
import { styles } from './styles.js';

/** What stands in the element's shadow tree. */
export interface Tree {
  /** One for login and logout, so that focus stays where it is when the one becomes the other. */
  button: HTMLButtonElement;
  /** Both are there at once, one of them unseen: so nothing moves. */
  labels: { login: HTMLElement; logout: HTMLElement };
  /** A polite live region, which nobody sees. */
  region: HTMLElement;
}

export function buildTree(root: ShadowRoot): Tree {
  const slot = (name: string) => Object.assign(createElement(document, 'slot'), { name });
  const labels = { login: createElement(document, 'span'), logout: createElement(document, 'span') };
  const button = createElement(document, 'button');
  button.type = 'button';
  // Not in the slot itself: tools that work out names by themselves, such as Playwright, take a slot's own text for seen.
  for (const name of ['login', 'logout'] as const) {
    const place = slot(name);
    place.append(labels[name]);
    button.append(place);
  }

  const region = createElement(document, 'span');
  region.setAttribute('role', 'status');

  root.append(button, slot('signed-in'), region);
  adoptSheet(root, styles);
  return { button, labels, region };
}

/** Starting, signing in or signing out. */
export const isBusy = (status: Status): boolean => status.includes('ing');

export function drawButton(button: HTMLButtonElement, status: Status, signedIn: boolean): void {
  const action = signedIn || status === 'signing-out' ? 'logout' : 'login';
  button.setAttribute('part', `button ${action}-button`);
  // One that is `disabled` would lose the focus.
  for (const name of ['aria-busy', 'aria-disabled']) button.setAttribute(name, String(isBusy(status)));
}

export function write(place: HTMLElement, text: string, lang: string): void {
  // The same again would have the page laid out anew.
  if (place.textContent !== text || place.lang !== lang)
    Object.assign(place, { textContent: text, lang, dir: 'auto' });
}
