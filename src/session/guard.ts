/**
 * The loop guard: how often this tab may go to the provider without being told to. A refused code must not lead to
 * page → provider → page for ever, which is what a wrong secret in Genesys Cloud does to a page that does not count
 * (docs/messenger.md §4.1).
 */
export interface GuardRecord {
  /** Codes that were refused since the last that was redeemed. */
  refusals: number;
  /** When the latest automatic trips began, in milliseconds since 1970. */
  trips: readonly number[];
}

/** After this many refused codes only the visitor's click goes on. */
const refusalLimit = 2;
/** So many automatic trips are allowed within the window, whatever came of them. */
const tripLimit = 3;
/** Milliseconds. */
const tripWindow = 10 * 60 * 1000;

const recent = ({ trips }: GuardRecord, now: number) => trips.filter((trip) => now - trip < tripWindow);

export const mayRetry = (record: GuardRecord): boolean => record.refusals < refusalLimit;

export const mayTravel = (record: GuardRecord, now: number): boolean =>
  mayRetry(record) && recent(record, now).length < tripLimit;

export const afterTrip = (record: GuardRecord, now: number): GuardRecord => ({
  ...record,
  trips: [...recent(record, now), now],
});

export const afterRefusal = (record: GuardRecord): GuardRecord => ({
  ...record,
  refusals: record.refusals + 1,
});

/** The trips stay: a sign-in that succeeds and is lost again at once is a loop, too. */
export const afterSuccess = (record: GuardRecord): GuardRecord => ({ ...record, refusals: 0 });

/** Whatever stands in storage, a record comes out. */
export function parseGuard(stored: string | null): GuardRecord {
  try {
    const { refusals, trips } = JSON.parse(stored ?? '') as Partial<GuardRecord>;
    if (Number.isInteger(refusals) && Array.isArray(trips) && trips.every(Number.isFinite)) {
      return { refusals: refusals!, trips };
    }
  } catch {
    // Not ours, or cut off: the same as none.
  }
  return { refusals: 0, trips: [] };
}
