import type { Ports } from './ports.js';
import { type Wait, timeLimits, type waitsOf } from './rules.js';

/** The timers of what is to come in time: one for each wait, from when it is first waited for. */
export class Waits {
  readonly #running = new Map<Wait, { of: unknown; cancel?: () => void }>();

  constructor(
    readonly ports: Pick<Ports, 'after'>,
    readonly inVain: (wait: Wait) => void,
  ) {}

  /** @param waits all that is waited for now */
  update(waits: ReturnType<typeof waitsOf>): void {
    for (const wait of Object.keys(timeLimits) as Wait[]) {
      const of = waits[wait];
      const running = this.#running.get(wait);
      if (running?.of === of) continue;
      running?.cancel?.();
      const entry: { of: unknown; cancel?: () => void } = { of };
      this.#running.set(wait, entry);
      if (!of) continue;
      entry.cancel = this.ports.after(timeLimits[wait], () => {
        // A timer that could not be cancelled is of another wait.
        if (this.#running.get(wait) !== entry) return;
        this.#running.delete(wait);
        this.inVain(wait);
      });
    }
  }
}
