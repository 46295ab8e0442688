import { attempt } from '../attempt.js';

/**
 * The loop guard: how often this tab may go to the provider by itself. A refused code must not lead to
 * page → provider → page for ever, which is what a wrong secret in Genesys Cloud does to a page that does not count
 * (docs/messenger.md §4.1).
 */
export interface GuardRecord {
  /** Codes that were refused since the last that was redeemed. */
  refusals: number;
  /** When the latest automatic attempts began, in milliseconds since 1970. */
  attempts: readonly number[];
}

export const emptyGuard: GuardRecord = { refusals: 0, attempts: [] };

/** After this many refused codes only the visitor's click goes on. */
const refusalLimit = 2;
/** So many automatic attempts are allowed within the window, whatever came of them. */
const attemptLimit = 3;
/** Milliseconds. */
const attemptWindow = 10 * 60 * 1000;

const recent = ({ attempts }: GuardRecord, now: number) => attempts.filter((at) => now - at < attemptWindow);

export const mayRetry = (record: GuardRecord): boolean => record.refusals < refusalLimit;

export const mayAttempt = (record: GuardRecord, now: number): boolean =>
  mayRetry(record) && recent(record, now).length < attemptLimit;

export const afterAttempt = (record: GuardRecord, now: number): GuardRecord => ({
  ...record,
  attempts: [...recent(record, now), now],
});

export const afterRefusal = (record: GuardRecord): GuardRecord => ({
  ...record,
  refusals: record.refusals + 1,
});

/** The attempts stay: a sign-in that succeeds and is lost again at once is a loop, too. */
export const afterSuccess = (record: GuardRecord): GuardRecord => ({ ...record, refusals: 0 });

/** Whatever stands in storage, a record comes out. */
export function parseGuard(stored: string | null): GuardRecord {
  // Not ours, or cut off: the same as none.
  const { refusals, attempts } = Object(attempt(() => JSON.parse(stored ?? '{}'))) as Partial<GuardRecord>;
  const isGood = Number.isInteger(refusals) && Array.isArray(attempts) && attempts.every(Number.isFinite);
  return isGood ? { refusals: refusals!, attempts: attempts! } : emptyGuard;
}
