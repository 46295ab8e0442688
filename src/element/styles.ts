/**
 * Quiet, and the page's own: its font, its colours, light or dark. Nothing moves: both labels take their room at once, the
 * button is wide enough for every language, and the status text stands outside the flow.
 */
export const styles = `
  :host {
    position: relative;
    display: inline-flex;
    align-items: center;
    gap: var(--genesys-auth-messenger-gap, 0.75em);
    min-inline-size: min(var(--genesys-auth-messenger-inline-size, 12em), 100%);
    min-block-size: max(2.5em, 24px);
    box-sizing: border-box;
    vertical-align: middle;
    font: var(--genesys-auth-messenger-font, inherit);
  }

  :host([hidden]),
  [hidden] {
    display: none !important;
  }

  button {
    position: relative;
    flex: 1;
    display: inline-grid;
    align-items: center;
    align-self: stretch;
    min-inline-size: 24px;
    padding: 0.4em 1.4em;
    border: 1px solid var(--genesys-auth-messenger-border-color, currentColor);
    border-radius: var(--genesys-auth-messenger-border-radius, 0.375em);
    background: var(--genesys-auth-messenger-background, transparent);
    color: var(--genesys-auth-messenger-color, inherit);
    font: inherit;
    text-align: center;
    white-space: nowrap;
    cursor: pointer;
  }

  button slot {
    display: block;
    grid-area: 1 / 1;
  }

  [part~='login-button'] [name='logout'],
  [part~='logout-button'] [name='login'],
  [part~='login-button'] + slot {
    visibility: hidden;
  }

  button:hover {
    box-shadow: inset 0 0 0 9em rgb(127 127 127 / 0.15);
  }

  button:focus-visible {
    outline: 2px solid var(--genesys-auth-messenger-focus-color, currentColor);
    outline-offset: 2px;
  }

  [aria-busy='true'] {
    cursor: progress;
    opacity: 0.65;
    animation: busy 1s 0.3s infinite alternate;
  }

  @keyframes busy {
    to {
      opacity: 0.5;
    }
  }

  @media (prefers-reduced-motion) {
    button {
      animation: none !important;
    }
  }

  @media (forced-colors: active) {
    [aria-busy='true'] {
      opacity: 1;
      animation: none;
      color: GrayText;
    }
  }

  [role='status'] {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
`;
