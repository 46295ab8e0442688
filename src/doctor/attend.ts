import type { AuthMessengerError } from '../explanations.js';
import type { Configuration } from '../session/configuration.js';
import { followMessenger } from './messenger.js';
import { hideDoctor, showDoctor } from './panel.js';
import type { OtherParts } from './run.js';
import { spelledOut } from './short-names.js';
import { type Trace, openTrace } from './trace.js';

/** The element, as far as the doctor looks at it. */
export interface Patient extends HTMLElement {
  readonly debug?: boolean;
  readonly status: string;
  readonly error?: AuthMessengerError;
}

/** One for all elements of a page, as there is one session. */
let trace: Trace | undefined;
let following = false;

/**
 * Comes to an element whenever something about it has changed, and goes when `debug` is taken away.
 *
 * @param configuration what its attributes mean; undefined while they are not usable
 * @param parts what other parts are needed for
 */
export function attend(
  patient: Patient,
  configuration: Configuration | undefined,
  parts: OtherParts,
  happened: readonly { what: string }[] = [],
): void {
  const { debug, status, error, shadowRoot } = patient;
  if (!debug) {
    hideDoctor(shadowRoot!);
    return;
  }
  trace ??= openTrace(() => window.sessionStorage);
  for (const { what } of happened) trace.add(spelledOut(what));
  following ||= followMessenger(window, trace);
  const what = error ? `${status}: ${error.code}` : status;
  if (trace.entries.at(-1)?.what !== what) trace.add(what);
  showDoctor(shadowRoot!, { ...parts, configuration, error }, trace.entries);
}
