import { attempt } from '../attempt.js';
import { createElement, listen } from '../readings.js';
import type { Check, Result } from './check.js';
import { type DoctorInput, type Seams, runChecks } from './run.js';
import { type TraceEntry, leftInVain, redact } from './trace.js';

const words: Record<Result, string> = {
  ok: '✓ OK',
  warning: '! Look',
  failed: '✗ Problem',
  unknown: '? Unknown',
  skipped: '– Skipped',
};

const styles = `
  [part~='doctor'] {
    position: fixed;
    inset: auto auto 1rem 1rem;
    z-index: 2147483647;
    inline-size: min(26rem, 80vw);
    max-block-size: 60vh;
    overflow: auto;
    padding: 0.75rem 1rem;
    border: 1px solid #8a94a6;
    border-radius: 0.5rem;
    background: #fff;
    color: #1b2333;
    font: 14px/1.45 system-ui, sans-serif;
    text-align: start;
  }
  [part~='doctor'] summary { cursor: pointer; font-weight: 600; }
  [part~='doctor'] ul { padding: 0; list-style: none; }
  [part~='doctor'] li { margin-block: 0.5rem; overflow-wrap: anywhere; }
  [part~='doctor'] p { margin: 0; }
  [data-result='ok'] p { display: inline; }
  [part~='doctor'] pre { white-space: pre-wrap; overflow-wrap: anywhere; }
  [data-result='failed'] b { color: #b3261e; }
  [data-result='warning'] b { color: #8a4b00; }
`;

const toChange = '[data-result="failed"], [data-result="warning"]';
const isToChange = ({ result }: Check) => result === 'failed' || result === 'warning';

const panels = new WeakMap<ShadowRoot, Panel>();

/**
 * Shows the panel, or brings it up to date. The checks run again only when the configuration has changed.
 *
 * @param host where the element shows itself
 * @param trace what has happened so far, oldest first; read again when the report is copied
 */
export function showDoctor(
  host: ShadowRoot,
  input: DoctorInput,
  trace: readonly TraceEntry[] = [],
  seams: Seams = {},
): void {
  let panel = panels.get(host);
  if (!panel) panels.set(host, (panel = new Panel(host, input, seams)));
  void panel.update(input, trace);
}

/** Takes the panel away. */
export function hideDoctor(host: ShadowRoot): void {
  panels.get(host)?.remove();
  panels.delete(host);
}

class Panel {
  readonly #section = element('section', '');
  readonly #summary = element('summary', '');
  readonly #error = element('p', '');
  readonly #list = element('ul', '');
  readonly #trace = element('pre', '');
  readonly #violations: string[] = [];
  readonly #unwatch: () => void;
  #checks: Check[] = [];
  #complete = false;
  #input: DoctorInput;
  #entries: readonly TraceEntry[] = [];
  #runs = 0;

  constructor(
    host: ShadowRoot,
    input: DoctorInput,
    private readonly seams: Seams,
  ) {
    this.#input = input;
    attempt(() => {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(styles);
      host.adoptedStyleSheets.push(sheet);
    });
    this.#unwatch = watchPolicy(window, this.#violations);

    const panel = createElement(document, 'details');
    const trace = createElement(document, 'details');
    const copy = element('button', 'Copy report');
    const again = element('button', 'Check again');
    this.#section.setAttribute('part', 'doctor');
    this.#section.setAttribute('aria-label', 'Doctor');
    // Clicks in here would otherwise focus the login button (`delegatesFocus`).
    this.#section.tabIndex = -1;
    this.#summary.setAttribute('aria-live', 'polite');
    panel.open = true;
    copy.onclick = async () => {
      try {
        // There is none in a page without https.
        await navigator.clipboard.writeText(this.report);
        copy.textContent = 'Copied';
      } catch {
        copy.textContent = 'Copying is not allowed here';
      }
    };
    again.onclick = () => this.#run();
    trace.append(element('summary', 'What has happened'), this.#trace);
    trace.ontoggle = () => (this.#trace.textContent = this.#history);
    panel.append(this.#summary, this.#error, this.#list, trace, copy, ' ', again);
    this.#section.append(panel);
    host.append(this.#section);
  }

  async update(input: DoctorInput, trace: readonly TraceEntry[]): Promise<void> {
    const { configuration, error } = this.#input;
    const changed =
      !this.#runs || configuration !== input.configuration || (!configuration && error !== input.error);
    this.#input = input;
    this.#entries = trace;
    this.#error.textContent = input.error
      ? `${input.error.code}: ${input.error.message} ${input.error.hint} ${input.error.contextId ?? ''}`
      : leftInVain(trace)
        ? 'The browser is back from the provider without an answer. Usually the provider does not know the redirect URI, byte for byte, or the client id.'
        : '';
    this.#trace.textContent = this.#history;
    if (changed) await this.#run();
    else if (this.#complete) this.#count();
  }

  remove(): void {
    this.#runs++;
    this.#section.remove();
    this.#unwatch();
  }

  /** For whoever is asked for help. */
  get report(): string {
    const { error } = this.#input;
    const lines = this.#checks.map(({ id, result, found }) => `${result.padEnd(7)} ${id}: ${found}`);
    const text = [error ? `${error.code}: ${error.message}` : 'no error', ...lines].join('\n');
    return this.#redact(`${text}\n\n`) + this.#history;
  }

  get #history(): string {
    return this.#redact(
      this.#entries
        .map(({ time, what }) => `${new Date(time).toISOString().slice(11, 23)} ${what}`)
        .join('\n'),
    );
  }

  #redact(text: string): string {
    const { deploymentId = '', provider } = this.#input.configuration ?? {};
    return redact(text, [deploymentId, provider?.clientId ?? '']);
  }

  async #run(): Promise<void> {
    const run = ++this.#runs;
    this.#checks = [];
    this.#complete = false;
    this.#list.replaceChildren();
    this.#summary.textContent = 'Checking…';
    for await (const check of runChecks(this.#input, { violations: this.#violations, ...this.seams })) {
      if (run !== this.#runs) return;
      this.#checks.push(check);
      // What is to be changed stands first.
      const others = this.#list.querySelector(`li:not(${toChange})`);
      this.#list.insertBefore(item(check), isToChange(check) ? others : null);
    }
    this.#complete = true;
    this.#count();
  }

  /** What has happened counts as well, unless a check says the same. */
  #count(): void {
    const { error } = this.#input;
    const count = (result: Result) => this.#checks.filter((check) => check.result === result).length;
    const told = this.#checks.some(({ result, hint }) => result === 'failed' && hint === error?.hint);
    const problems = count('failed') + Number(!!error && !told);
    const toLookAt = count('warning') + Number(!error && !!this.#error.textContent);
    this.#summary.textContent = `Problems: ${problems}, to look at: ${toLookAt}`;
  }
}

function item({ result, title, found, hint }: Check): HTMLElement {
  const line = element('li', '');
  line.dataset['result'] = result;
  line.append(element('b', `${words[result]} · ${title}`), ' ', element('p', found));
  if (hint) line.append(element('p', `→ ${hint}`));
  return line;
}

function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  text: string,
): HTMLElementTagNameMap[Name] {
  const made = createElement(document, name);
  made.textContent = text;
  return made;
}

/**
 * Also what was blocked before the doctor came, where the browser keeps that.
 *
 * @returns a function that ends it
 */
function watchPolicy(window: Window & Partial<typeof globalThis>, violations: string[]): () => void {
  const note = ({ effectiveDirective, blockedURI, blockedURL }: Violation) => {
    const line = `${effectiveDirective} ${(blockedURI ?? blockedURL ?? '').split(/[?#]/)[0]}`;
    if (!violations.includes(line)) violations.push(line);
  };
  const { ReportingObserver } = window;
  const observer =
    // Where there is none, markup can stand in.
    typeof ReportingObserver === 'function'
      ? new ReportingObserver((reports) => reports.forEach(({ body }) => note(body as Violation)), {
          types: ['csp-violation'],
          buffered: true,
        })
      : undefined;
  observer?.observe();
  const over = new AbortController();
  listen(window.document, 'securitypolicyviolation', (event) => note(event as Event & Violation), {
    signal: over.signal,
  });
  return () => {
    observer?.disconnect();
    over.abort();
  };
}

/** The event names the address one way, the report another. */
interface Violation {
  effectiveDirective: string;
  blockedURI?: string;
  blockedURL?: string;
}
