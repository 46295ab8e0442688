import { key } from '../names.js';

/** Something that happened, in plain words without secrets. */
export interface TraceEntry {
  /** Milliseconds since 1970. */
  time: number;
  what: string;
}

/** What has happened in this tab, also before a redirect, for as long as the doctor has been there. */
export interface Trace {
  /** Oldest first. */
  readonly entries: readonly TraceEntry[];
  /** @param what in plain words; what looks like a secret is taken out */
  add(what: string): void;
}

/**
 * Whether the latest sign-in left the page, and the browser is back without an answer: the visitor pressed Back on a page
 * of the provider's, which alone knows what was wrong.
 */
export function leftInVain(entries: readonly TraceEntry[]): boolean {
  const story = entries.map(({ what }) => what).join('\n');
  const latest = story.slice(story.lastIndexOf('sign-in-interactively'));
  return /\n(started|cameBack)/.test(latest) && !/\n(landed|grantR|signInF|authenticated)/.test(latest);
}

/** So many entries are kept. */
const limit = 200;

export function openTrace(storage: () => Storage): Trace {
  const name = key('trace');
  const entries: TraceEntry[] = [];
  try {
    entries.push(...(JSON.parse(storage().getItem(name) ?? '[]') as TraceEntry[]));
  } catch {
    // Refused, or written by somebody else: the trace begins here.
  }
  return {
    entries,
    add(what) {
      entries.push({ time: Date.now(), what: redact(what) });
      entries.splice(0, entries.length - limit);
      try {
        storage().setItem(name, JSON.stringify(entries));
      } catch {
        // Refused or full: then it ends with this page.
      }
    },
  };
}

/**
 * Takes out what looks like a secret: values of query parameters, and runs of 20 and more characters as codes, states,
 * nonces, verifiers and tokens have them. Nothing of that kind is written into a trace; this makes sure.
 *
 * @param known values that are public and help whoever reads the report: the deployment id, the client id
 */
export function redact(text: string, known: readonly string[] = []): string {
  return text
    .replace(/([?&#][^=&#\s]+=)[^&#\s]+/g, '$1…')
    .replace(/[\w~+-]{20,}/g, (run) => (known.includes(run) || !isRandom(run) ? run : '…'));
}

/** Words, also those of code, have no digits and no two capitals side by side. */
const isRandom = (run: string) => /\d|[A-Z]{2}/.test(run);
