import { attempt } from '../attempt.js';
import { key } from '../names.js';

/**
 * What this tab knows of hidden frames: `asked` the provider in vain, `signed-in` in sight since then, and
 * `useless` when it was in vain even so, because third-party cookies are blocked.
 */
type FrameRecord = 'asked' | 'signed-in' | 'useless' | null;

const read = (storage: Storage) => storage.getItem(key('frames')) as FrameRecord;

const write = (storage: Storage, record: string) => attempt(() => storage.setItem(key('frames'), record));

export function canUseFrame(storage: Storage): boolean {
  const record = read(storage);
  return record !== 'asked' && record !== 'useless';
}

export function frameFailed(storage: Storage): void {
  write(storage, read(storage) === 'signed-in' ? 'useless' : 'asked');
}

/** There is a session at the provider now, so a frame that does not find it never will. */
export function signedInVisibly(storage: Storage): void {
  if (read(storage) !== 'useless') write(storage, 'signed-in');
}

export function frameWorked(storage: Storage): void {
  storage.removeItem(key('frames'));
}
