/** Time as the model's world sees it: it passes only when a step of the story says so. */
export class Clock {
  /** Milliseconds since 1970. */
  now = Date.UTC(2026, 10, 22);
  readonly #timers: { at: number; run: () => void }[] = [];

  /** @returns a function that cancels it */
  after(milliseconds: number, run: () => void): () => void {
    const timer = { at: this.now + milliseconds, run };
    const later = this.#timers.findIndex(({ at }) => at > timer.at);
    this.#timers.splice(later < 0 ? this.#timers.length : later, 0, timer);
    return () => {
      const index = this.#timers.indexOf(timer);
      if (index >= 0) this.#timers.splice(index, 1);
    };
  }

  /** Lets time go by, with everything that falls due in it, in order. */
  async pass(milliseconds: number): Promise<void> {
    const end = this.now + milliseconds;
    await promisesSettled();
    for (let count = 0; this.#timers[0] && this.#timers[0].at <= end; count++) {
      if (count > 5_000) throw new Error('it goes on for ever');
      const { at, run } = this.#timers.shift()!;
      this.now = Math.max(this.now, at);
      run();
      await promisesSettled();
    }
    this.now = end;
  }

  /** The computer sleeps: what fell due in the meantime happens, late, when it wakes up. */
  async sleep(milliseconds: number): Promise<void> {
    this.now += milliseconds;
    await this.pass(0);
  }
}

/** Resolves when no promise has anything left to do. */
const promisesSettled = () => new Promise<void>((resolve) => setImmediate(resolve));
