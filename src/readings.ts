/**
 * Safe readings of a page. Names in a page lie: `<img name="currentScript">` stands in for `document.currentScript`, and
 * `<a id="Genesys">` for `window.Genesys`, whoever posted it (DOM clobbering; HTML, "named properties" of Window and
 * Document). Whatever markup can stand in for is read here, through the prototype, or checked for its type. A lint rule
 * keeps such readings out of all other files.
 */

/** A property of the document, or of an element such as a form, as the browser defines it. */
export const read = <T extends object, K extends keyof T>(of: T, name: K): T[K] =>
  Reflect.get(Object.getPrototypeOf(of) as T, name, of) as T[K];

export const createElement = <K extends keyof HTMLElementTagNameMap>(
  document: Document,
  tag: K,
): HTMLElementTagNameMap[K] =>
  read(document, 'createElement').call(document, tag) as HTMLElementTagNameMap[K];

/** What a selector finds in the whole document, in its order. */
export const queryAll = (document: Document, selector: string): Element[] => [
  ...read(document, 'querySelectorAll').call(document, selector),
];

/** Listens to the document. */
export function listen(
  document: Document,
  type: string,
  listener: (event: Event) => void,
  options?: AddEventListenerOptions,
): void {
  read(document, 'addEventListener').call(document, type, listener, options);
}

export const hasFocus = (document: Document): boolean => read(document, 'hasFocus').call(document);

/** The tag of the script that is being evaluated. A module has none. */
export function currentScript(document: Document): HTMLScriptElement | undefined {
  const script = read(document, 'currentScript');
  return script instanceof HTMLScriptElement ? script : undefined;
}

/** Whether a value of the global object is something that the page's markup named. */
export const isMarkup = (value: unknown): boolean =>
  typeof value === 'object' &&
  value !== null &&
  (value instanceof Node || value instanceof HTMLCollection || 'postMessage' in value);
