/** Nothing moves. The transparent border is there for forced colours, which draw it. */
const styles = `
  :host {
    display: inline-flex;
    align-items: center;
    gap: var(--genesys-auth-messenger-gap, 0.75em);
    font: var(--genesys-auth-messenger-font, inherit);
  }

  :host([hidden]) {
    display: none;
  }

  button {
    min-block-size: 2.5em;
    min-inline-size: 24px;
    padding-block: 0.5em;
    padding-inline: 1.25em;
    border: 1px solid var(--genesys-auth-messenger-border-color, transparent);
    border-radius: var(--genesys-auth-messenger-border-radius, 0.375em);
    background: var(--genesys-auth-messenger-background, #1d4ed8);
    color: var(--genesys-auth-messenger-color, #fff);
    font: inherit;
    font-weight: 600;
    cursor: pointer;
  }

  button:hover {
    filter: brightness(1.12);
  }

  button:focus-visible {
    outline: 2px solid var(--genesys-auth-messenger-focus-color, Highlight);
    outline-offset: 2px;
  }

  button:disabled {
    opacity: 0.65;
    cursor: progress;
    filter: none;
  }

  [part='status'] {
    color: var(--genesys-auth-messenger-status-color, inherit);
    font-size: 0.875em;
  }

  .quiet {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
`;

let sheet: CSSStyleSheet | undefined;

/** One for all elements. */
export function sharedSheet(): CSSStyleSheet {
  if (!sheet) {
    sheet = new CSSStyleSheet();
    sheet.replaceSync(styles);
  }
  return sheet;
}
