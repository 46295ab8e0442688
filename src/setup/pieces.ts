// Small pieces of the page.

/** `code`, **strong** and *emphasis*. */
export function rich(written: string): (Node | string)[] {
  return written.split(/(`[^`]+`|\*\*[^*]+\*\*|\*[^*]+\*)/).map((piece) => {
    if (/^`.+`$/.test(piece)) return made('code', piece.slice(1, -1));
    if (/^\*\*.+\*\*$/.test(piece)) return made('strong', piece.slice(2, -2));
    return /^\*.+\*$/.test(piece) ? made('em', piece.slice(1, -1)) : piece;
  });
}

export function made<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  content: string | (Node | string)[],
): HTMLElementTagNameMap[Name] {
  const element = document.createElement(name);
  element.append(...(typeof content === 'string' ? [content] : content));
  return element;
}

export function madeButton(text: string, press: (button: HTMLButtonElement) => void): HTMLButtonElement {
  const button = made('button', text);
  button.type = 'button';
  button.addEventListener('click', () => press(button));
  return button;
}

/** Copies the text of a figure. */
export function copyButton(figure: HTMLElement): HTMLButtonElement {
  const button = madeButton('Copy', () => {
    const text = figure.querySelector('pre')?.textContent ?? '';
    const copied = navigator.clipboard?.writeText(text) ?? Promise.reject();
    void copied.then(
      () => (button.textContent = 'Copied'),
      () => (button.textContent = 'Select and copy by hand'),
    );
  });
  figure.addEventListener('pointerleave', () => (button.textContent = 'Copy'));
  return button;
}
