import type { Ports } from './ports.js';
import type { Wait, waitsOf } from './rules.js';

/** The timers of what is to come in time: one for each wait, from when it is first waited for. */
export class Waits {
  readonly #running = new Map<Wait, { of: unknown; cancel: () => void }>();

  constructor(
    readonly ports: Pick<Ports, 'after'>,
    readonly inVain: (wait: Wait) => void,
  ) {}

  /** @param waits all that is waited for now */
  update(waits: ReturnType<typeof waitsOf>): void {
    for (const [wait, { of, cancel }] of this.#running) {
      if (waits.some((other) => other.wait === wait && other.of === of)) continue;
      cancel();
      this.#running.delete(wait);
    }
    for (const { wait, of, limit } of waits) {
      if (this.#running.has(wait)) continue;
      const cancel = this.ports.after(limit, () => {
        // A timer that could not be cancelled is of another wait.
        if (this.#running.get(wait) !== entry) return;
        this.#running.delete(wait);
        this.inVain(wait);
      });
      const entry = { of, cancel };
      this.#running.set(wait, entry);
    }
  }
}
