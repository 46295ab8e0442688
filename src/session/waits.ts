import type { Ports } from './ports.js';
import { type Wait, timeLimits, type waitsOf } from './rules.js';

/**
 * The timers of what is to come in time: one for each wait, from when it is first waited for.
 *
 * @returns told of all that is waited for now
 */
export function openWaits(
  { after }: Pick<Ports, 'after'>,
  inVain: (wait: Wait) => void,
): (waits: ReturnType<typeof waitsOf>) => void {
  const running: Partial<Record<Wait, { of: unknown; cancel?: () => void }>> = {};
  return (waits) => {
    for (const wait of Object.keys(timeLimits) as Wait[]) {
      const of = waits[wait];
      if (running[wait]?.of === of) continue;
      running[wait]?.cancel?.();
      const timer: { of: unknown; cancel?: () => void } = (running[wait] = { of });
      if (!of) continue;
      timer.cancel = after(timeLimits[wait], () => {
        // A timer that could not be cancelled is of another wait.
        if (running[wait] !== timer) return;
        delete running[wait];
        inVain(wait);
      });
    }
  };
}
