// The setup page: from what somebody has at hand to the tag that they paste.
import { describe, readConfiguration, regionOf, runChecks } from './built.js';
import { discoveryUri, understand } from './paste.js';
import { fill, genesysSteps, otherProvider, providerOf, providers } from './providers.js';
import { forms, policy } from './tag.js';

/** @typedef {import('./built.js').Check} Check */
/** @typedef {import('./built.js').Configuration} Configuration */
/** @typedef {import('./providers.js').Provider} Provider */

/** @param {string} id @returns {HTMLElement} */
const part = (id) => /** @type {HTMLElement} */ (document.getElementById(id));
const form = /** @type {HTMLFormElement} */ (part('form'));
/** @param {string} name */
const field = (name) => /** @type {HTMLInputElement} */ (form.elements.namedItem(name));
/** @param {string} name */
const text = (name) => field(name).value.trim();
/** @param {string} name Whether it is ticked and can be had. */
const wants = (name) => field(name).checked && !field(name).disabled;

const labels = {
  deploymentId: 'deployment ID',
  environment: 'environment',
  issuer: 'issuer',
  clientId: 'client ID',
  page: 'page',
};

/** What only the page with the tag can tell. */
const onlyThere = new Set(['storage', 'policy', 'clock', 'code-lifetime']);
const symbols = { ok: '✓', warning: '!', failed: '✗', unknown: '?', skipped: '–' };

/** Milliseconds of quiet before the checks run. */
const quiet = 300;

/** @type {Record<string, string>} Of the built files, by name; none until the list is here, or where it was not published. */
let integrity = {};
const ownFile = new URL('../genesys-auth-messenger.js', import.meta.url).href;

/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer;
let runs = 0;

for (const { id, name } of [...providers, otherProvider]) {
  field('provider').append(new Option(name, id));
}
field('provider').value = otherProvider.id;
field('src').value = ownFile;
for (const figure of document.querySelectorAll('figure')) figure.append(copyButton(figure));
part('paste').addEventListener('input', () => void takeOver());
document.addEventListener('input', ({ target }) => {
  if (target === field('issuer')) field('provider').value = providerOf(text('issuer')).id;
  update();
});
// Somebody may have been faster than this script.
void takeOver();
void fetch(new URL('../integrity.json', import.meta.url))
  .then(async (response) => {
    if (response.ok) integrity = await response.json();
    update();
  })
  .catch(() => {});

/** Fills in what was pasted. */
async function takeOver() {
  const pasted = /** @type {HTMLTextAreaElement} */ (part('paste')).value;
  const found = understand(pasted);
  for (const [name, value] of Object.entries(found)) field(name).value = value;
  if (found.issuer) field('provider').value = providerOf(found.issuer).id;
  const names = Object.keys(found).map((name) => labels[/** @type {keyof typeof labels} */ (name)]);
  const nothing = pasted.trim() && 'Nothing in this is understood.';
  part('understood').textContent = names.length ? `Understood: ${names.join(', ')}.` : nothing || '';
  update();
  if (!found.issuer) return;
  // The document itself knows how its issuer is written: a slash at the end counts.
  const declared = await fetch(discoveryUri(found.issuer))
    .then(async (response) => (await response.json()).issuer)
    .catch(() => undefined);
  if (typeof declared !== 'string' || text('issuer') !== found.issuer) return;
  // Microsoft's common authority calls itself by a template.
  if (declared !== found.issuer && !declared.includes('{')) field('issuer').value = declared;
  update();
}

/** Shows what follows from the form, at once, and checks it as soon as nobody types. */
function update() {
  const state = read();
  showOptions(state);
  showTag(state);
  showSteps(state);
  showPolicy(state);
  clearTimeout(timer);
  timer = setTimeout(() => void runAll(state), quiet);
}

/** @typedef {ReturnType<typeof read>} State */

function read() {
  const page = URL.canParse(text('page')) ? new URL(text('page')) : undefined;
  const provider = [...providers, otherProvider].find(({ id }) => id === text('provider')) ?? otherProvider;
  const issuer = text('issuer');
  const address = page ? page.origin + page.pathname : '';
  const redirectUri = page && field('callback').checked ? `${page.origin}/callback.html` : address;
  /** @type {Record<string, string>} */
  const values = {
    page: address,
    redirectUri,
    origin: page?.origin ?? '',
    pageHost: page?.hostname ?? '',
    host: URL.canParse(issuer) ? new URL(issuer).host : '',
    discoveryUri: issuer && discoveryUri(issuer),
    clientId: text('clientId'),
  };
  const missing = Object.entries(labels).filter(([name]) => !text(name));
  return { page, provider, issuer, values, missing: missing.map(([, label]) => label) };
}

/** @param {State} state @returns {Record<string, string>} The tag's, by name. */
function attributesOf({ provider, values }) {
  const filled = (/** @type {Record<string, string>} */ attributes) =>
    Object.fromEntries(Object.entries(attributes).map(([name, value]) => [name, fill(value, values)]));
  return {
    'deployment-id': text('deploymentId') || '…',
    environment: text('environment') || '…',
    issuer: text('issuer') || '…',
    'client-id': text('clientId') || '…',
    ...(wants('callback') && { 'redirect-uri': '/callback.html' }),
    ...(wants('popup') && { mode: 'popup' }),
    ...(wants('silent') && { silent: '' }),
    ...(wants('lazy') && { loading: 'lazy' }),
    ...(wants('refresh') && filled(provider.refreshAttributes)),
    ...(wants('signOut') && filled(provider.signOutAttributes)),
  };
}

/** @param {State} state */
function showOptions({ provider }) {
  part('refresh-note').replaceChildren(...rich(provider.refresh));
  part('sign-out-note').replaceChildren(...rich(provider.signOut));
  field('refresh').disabled = !Object.keys(provider.refreshAttributes).length;
  field('signOut').disabled = !Object.keys(provider.signOutAttributes).length;
}

/** @param {State} state */
function showTag(state) {
  const src = URL.canParse(text('src')) ? text('src') : ownFile;
  const name = new URL(src).pathname.split('/').pop() ?? '';
  const chosen = document.querySelector('input[name=form]:checked')?.getAttribute('value') ?? 'element';
  const written = forms(attributesOf(state), { src, integrity: integrity[name] });
  part('tag').textContent = written[/** @type {keyof typeof written} */ (chosen)];
}

/** @param {State} state */
function showSteps({ provider, values: known }) {
  const values = Object.fromEntries(Object.entries(known).map(([name, value]) => [name, value || '…']));
  const items = (/** @type {string[]} */ steps) => steps.map((step) => made('li', rich(fill(step, values))));
  part('provider-title').textContent = provider === otherProvider ? 'At the provider' : `At ${provider.name}`;
  part('provider-steps').replaceChildren(...items(provider.steps));
  part('genesys-steps').replaceChildren(...items(genesysSteps));
  const facts = [
    `**Redirect URI**: ${provider.redirectUri}`,
    ...provider.notes,
    ...provider.errors.map(([says, means]) => `**${says}**: ${means}`),
  ];
  part('provider-notes').replaceChildren(...facts.map((fact) => made('p', rich(fill(fact, values)))));
}

/** @param {State} state @param {string} [authorization] Its endpoint, once it is known. */
function showPolicy({ issuer }, authorization) {
  const region = regionOf(text('environment'), location.hostname);
  const file = URL.canParse(text('src')) ? text('src') : ownFile;
  const known = region && URL.canParse(issuer);
  part('policy').textContent = known
    ? policy({ bootstrap: region.bootstrap, file, issuer, authorization, discovery: true })
    : 'Fill in environment and issuer.';
}

/** @param {State} state */
async function runAll(state) {
  const run = ++runs;
  const { missing, page, values } = state;
  part('checks').replaceChildren();
  part('summary').textContent = missing.length ? `Still missing: ${missing.join(', ')}.` : 'Checking…';
  // Without a provider there is still a deployment to look at.
  const partly = missing.includes(labels.issuer) || missing.includes(labels.clientId);
  if (!text('deploymentId') || !text('environment')) return;
  const here = values.page || location.href;
  /** @type {Configuration | undefined} */
  let configuration;
  let error;
  try {
    const properties = Object.entries(attributesOf(state)).map(([name, value]) => [
      camelCase(name),
      value || true,
    ]);
    const attributes = Object.fromEntries(properties);
    if (partly) Object.assign(attributes, { issuer: undefined, authorize: () => null });
    configuration = readConfiguration(attributes, { baseURI: here, href: here });
  } catch (reason) {
    error = describe(/** @type {any} */ (reason));
  }
  /** @type {Check[]} */
  const checks = [];
  for await (const check of runChecks({ describe, configuration, error, page: here })) {
    if (run !== runs) return;
    if (onlyThere.has(check.id) || (!page && (check.id === 'host' || check.id === 'redirect-uri'))) continue;
    checks.push(check);
    part('checks').append(line(check));
    if (check.id === 'endpoints' && check.result === 'ok') showPolicy(state, check.found);
  }
  if (missing.length) return;
  const failed = checks.filter(({ result }) => result === 'failed').length;
  const elsewhere = page?.origin === location.origin ? '' : ', asked from this page and not from yours';
  const problems = failed === 1 ? '1 problem' : `${failed} problems`;
  part('summary').textContent = `${failed ? problems : 'All in order'}${elsewhere}.`;
}

/** @param {Check} check */
function line({ result, title, found, hint }) {
  const symbol = made('span', symbols[result]);
  symbol.title = result;
  symbol.role = 'img';
  symbol.ariaLabel = result;
  const words = made('div', [made('b', title), made('p', found)]);
  if (hint) words.append(Object.assign(made('p', hint), { className: 'hint' }));
  const item = made('li', [symbol, words]);
  item.dataset.result = result;
  return item;
}

/** @param {HTMLElement} figure */
function copyButton(figure) {
  const button = made('button', 'Copy');
  button.type = 'button';
  button.addEventListener('click', async () => {
    const copied = navigator.clipboard?.writeText(figure.querySelector('pre')?.textContent ?? '');
    await copied?.then(
      () => (button.textContent = 'Copied'),
      () => (button.textContent = 'Select and copy by hand'),
    );
  });
  figure.addEventListener('pointerleave', () => (button.textContent = 'Copy'));
  return button;
}

/** @param {string} name */
function camelCase(name) {
  return name.replace(/-(.)/g, (_, letter) => letter.toUpperCase());
}

/** `code`, **strong** and *emphasis*. @param {string} written */
function rich(written) {
  return written.split(/(`[^`]+`|\*\*[^*]+\*\*|\*[^*]+\*)/).map((piece) => {
    if (/^`.+`$/.test(piece)) return made('code', piece.slice(1, -1));
    if (/^\*\*.+\*\*$/.test(piece)) return made('strong', piece.slice(2, -2));
    return /^\*.+\*$/.test(piece) ? made('em', piece.slice(1, -1)) : piece;
  });
}

/**
 * @template {keyof HTMLElementTagNameMap} Name
 * @param {Name} name
 * @param {string | (Node | string)[]} content
 * @returns {HTMLElementTagNameMap[Name]}
 */
function made(name, content) {
  const element = document.createElement(name);
  element.append(...(typeof content === 'string' ? [content] : content));
  return element;
}
