import { read } from '../readings.js';

/**
 * The language of the part of the page where an element stands, as it is written there, or on the hosts of the shadow trees
 * around it; else the visitor's.
 *
 * @param observer is told of changes. It looks at what stands around, each for itself: who watches whole trees makes the
 * page pay for every node that it removes.
 */
export function languageAt(element: Element, observer?: MutationObserver): string {
  let lang = '';
  for (let node: Node | null = element; node;) {
    const own = read(node as HTMLElement, 'lang');
    if (own !== undefined) observer?.observe(node, { attributeFilter: ['lang'] });
    lang ||= own ?? '';
    node = read(node, 'parentNode') ?? (node instanceof ShadowRoot ? node.host : null);
  }
  return lang || navigator.language;
}
