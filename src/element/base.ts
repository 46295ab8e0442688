/** HTMLElement; on a server, where there is none, the class is only imported. */
const Native = globalThis.HTMLElement ?? (Object as unknown as typeof HTMLElement);

const camelCase = (name: string): string =>
  name.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());

/** Properties that attributes set, and one update for all that changes at once. */
export abstract class BaseElement extends Native {
  /** Each sets the property of the same name in camelCase. */
  static readonly observedAttributes: readonly string[] = [];
  /** Those of them that are on or off. Frameworks write `silent="false"` for a property that is false. */
  static readonly switches: readonly string[] = [];

  /** Settles when what has changed is drawn. */
  updateComplete: Promise<void> = Promise.resolve();
  #updating = false;
  readonly #values: Record<string, unknown> = {};

  /** The properties of the attributes, and others that no attribute sets. */
  protected static defineProperties(others: readonly string[]): void {
    for (const name of [...this.observedAttributes.map(camelCase), ...others])
      Object.defineProperty(this.prototype, name, {
        get(this: BaseElement) {
          return this.#values[name];
        },
        set(this: BaseElement, value: unknown) {
          if (value === this.#values[name]) return;
          this.#values[name] = value;
          this.changed(name);
          this.requestUpdate();
        },
        enumerable: true,
      });
  }

  protected abstract changed(property: string): void;

  /** Draws. Called while the element is in a page. */
  protected abstract update(): void;

  protected requestUpdate(): void {
    if (this.#updating) return;
    this.#updating = true;
    this.updateComplete = Promise.resolve().then(() => {
      this.#updating = false;
      if (this.isConnected) this.update();
    });
  }

  attributeChangedCallback(name: string, _: string | null, value: string | null): void {
    const { switches } = this.constructor as typeof BaseElement;
    const property = switches.includes(name) ? value !== null && value !== 'false' : value;
    Object.assign(this, { [camelCase(name)]: property });
  }

  connectedCallback(): void {
    // What was set before the element was defined hides the property of the class.
    for (const [name, value] of Object.entries(this)) {
      if (!(name in Object.getPrototypeOf(this))) continue;
      delete (this as Record<string, unknown>)[name];
      Object.assign(this, { [name]: value });
    }
    this.requestUpdate();
  }
}
