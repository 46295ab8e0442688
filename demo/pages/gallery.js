// Every state of the element, in every variant, theme and direction: made of lists, with the real pasted file and without
// any network. What an element shows stands in its own `data-state`.

/** Where the element's file looks for the page's session before it opens one. */
const place = Symbol.for('genesys-auth-messenger');

/** What a session gives an element to show, by the name of the state. */
const states = {
  starting: { status: 'starting' },
  'signed-out': { status: 'signed-out', word: 'loggedOut' },
  again: { status: 'signed-out', word: 'again' },
  'signing-in': { status: 'signing-in', word: 'wait' },
  'signed-in': { status: 'signed-in', signedIn: true, word: 'signedIn' },
  'signing-out': { status: 'signing-out', word: 'wait' },
  failed: { status: 'failed', word: 'failed', error: { code: 'exchange/unavailable', retryable: true } },
  unavailable: {
    status: 'failed',
    word: 'unavailable',
    error: { code: 'exchange/refused', retryable: false },
  },
};

/** Sentences for everybody's eyes; the others are for screen readers. */
const speaks = ['again', 'failed', 'unavailable'];

const titles = {
  starting: 'Starting',
  'signed-out': 'Signed out',
  again: 'Session expired',
  'signing-in': 'Signing in',
  'signed-in': 'Signed in',
  'signing-out': 'Signing out',
  failed: 'Failed, try again',
  unavailable: 'Failed',
};

const lock =
  '<svg viewBox="0 0 16 16" aria-hidden="true"><path d="M4 7V5a4 4 0 0 1 8 0v2h1v8H3V7zm2 0h4V5a2 2 0 0 0-4 0z"/></svg>';

/** By the class of a cell: its title, and what stands in the element. */
const variants = {
  plain: ['By itself', ''],
  branded: ['Custom properties', ''],
  filled: ['Parts', ''],
  narrow: ['In a narrow place', ''],
  slotted: [
    'Slots',
    `<span slot="login">${lock} Customers</span>
     <span slot="logout">${lock} Leave</span>
     <span slot="signed-in">Ada</span>
     <span slot="status">Please call us: 0123 456.</span>`,
  ],
};

const languages = { en: 'English', de: 'Deutsch', fr: 'Français', ja: '日本語', ar: 'العربية', he: 'עברית' };

const rightToLeft = ['ar', 'he'];

const element = (/** @type {string} */ state, content = '') =>
  `<div><genesys-auth-messenger data-state="${state}">${content}</genesys-auth-messenger></div>`;

const inVariants = Object.entries(variants).map(([name, [title, content]]) => ({
  head: `<th scope="col" class="${name}">${title}</th>`,
  cell: (/** @type {string} */ state) => `<td class="${name}">${element(state, content)}</td>`,
}));

const inLanguages = Object.entries(languages).map(([lang, title]) => {
  const attributes = `lang="${lang}" dir="${rightToLeft.includes(lang) ? 'rtl' : 'ltr'}"`;
  return {
    head: `<th scope="col" ${attributes}>${title}</th>`,
    cell: (/** @type {string} */ state) => `<td ${attributes}>${element(state)}</td>`,
  };
});

const row = (/** @type {string} */ state, /** @type {typeof inVariants} */ columns) =>
  `<tr ${speaks.includes(state) ? 'class="speaks"' : ''}>
     <th scope="row">${titles[state]}</th>
     ${columns.map(({ cell }) => cell(state)).join('')}
   </tr>`;

const table = (/** @type {string} */ caption, /** @type {typeof inVariants} */ columns) =>
  `<table>
     <caption>${caption}</caption>
     <thead><tr><td></td>${columns.map(({ head }) => head).join('')}</tr></thead>
     <tbody>${Object.keys(states)
       .map((state) => row(state, columns))
       .join('')}</tbody>
   </table>`;

const section = (/** @type {string} */ theme) =>
  `<section id="${theme}" style="color-scheme: ${theme}" aria-labelledby="${theme}-title">
     <h2 id="${theme}-title">On a ${theme} page</h2>
     ${table(`States and variants, ${theme}`, inVariants)}
     ${table(`States and languages, ${theme}`, inLanguages)}
   </section>`;

const nothing = () => undefined;

window[place] = {
  update: (view) => view.show({ signedIn: false, ...states[view.dataset.state] }, []),
  configure: nothing,
  configurationOf: nothing,
  remove: nothing,
  takeTrace: () => [],
  prepare: nothing,
  signIn: nothing,
  signOut: nothing,
};

document.querySelector('main').insertAdjacentHTML('beforeend', ['light', 'dark'].map(section).join(''));
