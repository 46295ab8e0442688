/**
 * The language of the part of the page where an element stands, as it is written there, or on the hosts of the shadow trees
 * around it; else the visitor's.
 *
 * @param observer is told of changes
 */
export function languageAt(element: Element, observer?: MutationObserver): string {
  let lang = '';
  for (let node: Element | undefined = element; node;) {
    lang ||= node.closest<HTMLElement>('[lang]')?.lang ?? '';
    const root: Node = node.getRootNode();
    observer?.observe(root, { attributeFilter: ['lang'], subtree: true });
    node = root instanceof ShadowRoot ? root.host : undefined;
  }
  return lang || navigator.language;
}
