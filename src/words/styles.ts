/** What is for everybody's eyes stands beside the flow, where it moves nothing. */
export const styles = `
  [part='status'] {
    position: absolute;
    z-index: 1;
    inset-block-start: calc(100% + 0.375em);
    inset-inline-start: 0;
    inline-size: max-content;
    max-inline-size: min(22em, 80vw);
    padding: 0.5em 0.75em;
    border: 1px solid;
    border-color: color-mix(in srgb, currentColor 35%, transparent);
    box-shadow: 0 0.25em 1em rgb(0 0 0 / 0.2);
    border-radius: var(--genesys-auth-messenger-border-radius, 0.375em);
    background: var(--genesys-auth-messenger-status-background, Canvas);
    color: var(--genesys-auth-messenger-status-color, CanvasText);
    font-size: 0.875em;
    text-align: start;
    pointer-events: none;
    white-space: normal;
  }

  /* A box of its own: its text may run the other way than the page's. */
  [part='status'] slot {
    display: block;
  }

  ::slotted([slot='status']) {
    pointer-events: auto;
  }
`;
