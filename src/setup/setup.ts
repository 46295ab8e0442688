// The setup page: from what somebody has at hand to the tag that they paste.
import { parseUrl } from '../urls.js';
import { check, summarize } from './checking.js';
import { type Typed, understandField } from './fields.js';
import type { Line } from './file.js';
import { type Understood, understandProvider } from './issuer.js';
import { understandPasted } from './pasted.js';
import { copyButton, made, madeButton, rich } from './pieces.js';
import { fill, genesysSteps, otherProvider, providerOf, providers } from './providers/index.js';
import { sourcesOf, written } from './policy.js';
import { type State, discoveryUri, stateOf } from './state.js';
import { type Form, forms } from './tag.js';

const part = (id: string) => document.getElementById(id)!;
const form = part('form') as HTMLFormElement;
const field = (name: string) => form.elements.namedItem(name) as HTMLInputElement;
const text = (name: string) => field(name).value.trim();

const fieldNames = ['deploymentId', 'environment', 'issuer', 'clientId', 'page', 'src', 'redirect'] as const;
/** Fields by the attributes that they stand for. */
const fieldOf: Record<string, string> = {
  'deployment-id': 'deploymentId',
  environment: 'environment',
  issuer: 'issuer',
  'client-id': 'clientId',
  'authorization-endpoint': 'authorizationEndpoint',
  'redirect-uri': 'redirect',
  'data-target': 'target',
};
const words: Record<string, string> = { deploymentId: 'deployment ID', clientId: 'client ID' };
const symbols = { ok: '✓', warning: '!', failed: '✗', unknown: '?', skipped: '–' };
const formNotes: Record<Form, string> = {
  script: 'For the template of your site, where it stands in the header of every page.',
  element: 'For a page whose HTML you write yourself. The button stands where the element does.',
  place: 'The script goes into the template. Authors put the last line where the button should stand.',
  'tag-manager':
    'For a custom HTML tag. Some tag managers drop data- attributes from scripts, and Google’s never runs modules: this needs neither.',
};

/** Milliseconds of quiet before the checks run. */
const quiet = 300;

/** Of the built files, by name; none until the list is here, or where it was not published. */
let digests: Record<string, string> = {};
const ownFile = new URL('../genesys-auth-messenger.js', import.meta.url).href;
/** Attributes of an older tag for which the form has no field. */
let kept: Record<string, string> = {};
let timer: ReturnType<typeof setTimeout> | undefined;
let runs = 0;

for (const { id, name } of [...providers, otherProvider]) field('provider').append(new Option(name, id));
field('provider').value = otherProvider.id;
field('src').value = ownFile;
for (const figure of document.querySelectorAll('figure')) figure.append(copyButton(figure));
for (const name of fieldNames) {
  const note = Object.assign(made('div', ''), { id: `note-${name}`, className: 'note' });
  note.ariaLive = 'polite';
  field(name).setAttribute('aria-describedby', note.id);
  field(name).closest('label')!.after(note);
}
part('paste').addEventListener('input', () => void takeOver());
part('forget').addEventListener('click', () => {
  kept = {};
  update();
  part('paste').focus();
});
document.addEventListener('input', ({ target }) => {
  if (target === field('issuer')) chooseProvider();
  update();
});
// Somebody may have been faster than this script.
void takeOver();
void fetch(new URL('../integrity.json', import.meta.url))
  .then(async (response) => {
    if (response.ok) digests = (await response.json()) as Record<string, string>;
    update();
  })
  .catch(() => {});

function chooseProvider(): void {
  field('provider').value = providerOf(understandProvider(text('issuer'))?.value ?? text('issuer')).id;
}

/** Fills in what was pasted. */
async function takeOver(): Promise<void> {
  const pasted = (part('paste') as HTMLTextAreaElement).value;
  const { attributes, form: ofTag, src, says, discovery } = understandPasted(pasted, location.hostname);
  const { mode, silent, loading, ...others } = attributes;
  if (ofTag) {
    field('popup').checked = mode === 'popup';
    field('silent').checked = silent !== undefined && silent !== 'false';
    field('lazy').checked = loading === 'lazy';
    field('callback').checked = 'redirect-uri' in attributes;
    document.querySelector<HTMLInputElement>(`[name=form][value=${ofTag}]`)!.checked = true;
  }
  if (src) field('src').value = parseUrl(src, text('page') || undefined)?.href ?? src;
  if (pasted.trim()) kept = {};
  for (const [name, value] of Object.entries(others)) {
    if (fieldOf[name]) field(fieldOf[name]).value = value;
    else kept[name] = value;
  }
  const names = Object.keys(attributes).map((name) => words[fieldOf[name] ?? ''] ?? name);
  const understood = names.length ? [`Understood: ${names.join(', ')}.`] : [];
  if (pasted.trim() && !understood.length && !says.length)
    understood.push(
      'Nothing in this is understood. Paste your Messenger snippet, or the address of your provider.',
    );
  part('understood').replaceChildren(...[...understood, ...says].map((sentence) => made('p', sentence)));
  if (attributes['issuer'] || discovery) field('issuer').value = attributes['issuer'] ?? '';
  const issuer = text('issuer');
  if (attributes['issuer'] || discovery) field('provider').value = providerOf(issuer || (discovery ?? '')).id;
  update();
  if (!attributes['issuer'] && !discovery) return;
  // The document itself knows how its issuer is written: a slash at the end counts.
  const declared = await declaredBy(discovery ?? discoveryUri(issuer));
  if (!declared || text('issuer') !== issuer) return;
  field('issuer').value = declared;
  update();
}

/** What a discovery document names as its issuer. Microsoft’s common authorities name a template, which is none. */
async function declaredBy(address: string): Promise<string | undefined> {
  try {
    const { issuer } = (await (await fetch(address)).json()) as { issuer?: unknown };
    return typeof issuer === 'string' && !issuer.includes('{') ? issuer : undefined;
  } catch {
    return undefined;
  }
}

/** Shows what follows from the form, at once, and checks it as soon as nobody types. */
function update(): void {
  const provider = [...providers, otherProvider].find(({ id }) => id === text('provider')) ?? otherProvider;
  field('refresh').disabled = !Object.keys(provider.refreshAttributes).length;
  field('signOut').disabled = !Object.keys(provider.signOutAttributes).length;
  field('redirect').disabled = !field('callback').checked;
  const typed = Object.fromEntries(fieldNames.map((name) => [name, text(name)])) as Typed;
  const wants = (name: string) => field(name).checked && !field(name).disabled;
  const authorizationEndpoint = text('authorizationEndpoint');
  const state = stateOf({ typed, provider, authorizationEndpoint, wants, kept });
  for (const name of fieldNames) showNote(name, understandField(name, typed, location.hostname));
  showKept();
  showTag(state);
  showSteps(state);
  showPolicy(state);
  clearTimeout(timer);
  timer = setTimeout(() => void runAll(state), quiet);
}

/** What is to be said about a field, with a button that writes it where it is known. */
function showNote(name: string, understood: Understood | undefined): void {
  const { value, says = '', more = {} } = understood ?? {};
  const mend = madeButton(`Write ${value}`, () => {
    if (value) field(name).value = value;
    for (const [attribute, one] of Object.entries(more)) field(fieldOf[attribute]!).value = one;
    if (name === 'issuer') chooseProvider();
    field(name).focus();
    update();
  });
  const note = part(`note-${name}`);
  const content = value ? [says, ' ', mend] : says ? [says] : [];
  // What has not changed is not announced again, and keeps the focus of its button.
  if (note.textContent !== content.map((one) => (typeof one === 'string' ? one : one.textContent)).join(''))
    note.replaceChildren(...content);
}

function showKept(): void {
  const names = Object.keys(kept);
  part('kept').hidden = !names.length;
  part('kept').querySelector('span')!.textContent = names.join(', ');
}

function showTag({ attributes, src }: State): void {
  const chosen = document.querySelector('input[name=form]:checked')!.getAttribute('value') as Form;
  const file = { src: src ?? '…', integrity: digests['genesys-auth-messenger.js'] };
  part('tag').textContent = forms(attributes, file, text('target'))[chosen];
  part('form-note').textContent = formNotes[chosen];
}

function showSteps({ provider, values }: State): void {
  part('refresh-note').replaceChildren(...rich(provider.refresh));
  part('sign-out-note').replaceChildren(...rich(provider.signOut));
  const items = (steps: readonly string[]) => steps.map((step) => made('li', rich(fill(step, values))));
  part('provider-title').textContent = provider === otherProvider ? 'At the provider' : `At ${provider.name}`;
  part('provider-steps').replaceChildren(...items(provider.steps));
  part('genesys-steps').replaceChildren(...items(genesysSteps));
  const facts = [
    `**Issuer**: ${provider.consoleName}`,
    `**Redirect URI**: ${provider.redirectUri}`,
    ...provider.notes,
    ...provider.errors.map(([says, means]) => `**${says}**: ${means}`),
  ];
  part('provider-notes').replaceChildren(...facts.map((fact) => made('p', rich(fill(fact, values)))));
}

/** @param found the authorization endpoint, once the discovery document has named it */
function showPolicy(state: State, found?: string): void {
  const sources = sourcesOf(state, found);
  part('policy').textContent = sources
    ? written(sources)
    : 'Fill in environment, issuer and the address of the file.';
}

async function runAll(state: State): Promise<void> {
  const run = ++runs;
  const { missing } = state;
  part('checks').replaceChildren();
  part('summary').textContent = missing.length ? `Still missing: ${missing.join(', ')}.` : 'Checking…';
  if (!text('deploymentId') || !text('environment')) return;
  const lines: Line[] = [];
  for await (const line of check(state, digests)) {
    if (run !== runs) return;
    lines.push(line);
    part('checks').append(item(line));
    if (line.id === 'endpoints' && line.result === 'ok') showPolicy(state, line.found);
  }
  const understood = understandProvider(text('issuer'));
  const wrong = lines.some(({ id, result }) => id === 'issuer' && result === 'failed');
  if (wrong || (understood?.discovery && !understood.value)) void offerDeclared(understood);
  if (!missing.length) part('summary').textContent = summarize(state, lines);
}

/** Lets the provider itself say how its issuer is written. */
async function offerDeclared(understood: Understood | undefined): Promise<void> {
  const issuer = text('issuer');
  const value = await declaredBy(understood?.discovery ?? discoveryUri(issuer));
  if (!value || value === issuer || text('issuer') !== issuer) return;
  showNote('issuer', { ...understood, value, says: 'The provider itself writes its issuer like this.' });
}

function item({ result, title, found, hint }: Line): HTMLElement {
  const symbol = made('span', symbols[result]);
  symbol.title = result;
  symbol.role = 'img';
  symbol.ariaLabel = result;
  const content = made('div', [made('b', title), made('p', found)]);
  if (hint) content.append(Object.assign(made('p', hint), { className: 'hint' }));
  const line = made('li', [symbol, content]);
  line.dataset['result'] = result;
  return line;
}
