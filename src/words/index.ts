import { createElement, listen, read } from '../readings.js';
import { adoptSheet } from '../sheets.js';
import { english, type Sentences, type Word } from './sentences.js';
import { styles } from './styles.js';

type Load = () => Promise<{ sentences: Sentences }>;
/** The languages of the pasted form are loaded otherwise than a bundler's: parts.pasted.ts. */
export type LoadLanguage = (tag: string, load: Load) => Promise<{ sentences: Sentences }>;

/** Everything but English, each in a file of its own. In the pasted form each is known by its integrity. */
const languages: Partial<Record<string, Load>> = {
  ar: () => import('./languages/ar.js'),
  bg: () => import('./languages/bg.js'),
  cs: () => import('./languages/cs.js'),
  da: () => import('./languages/da.js'),
  de: () => import('./languages/de.js'),
  el: () => import('./languages/el.js'),
  es: () => import('./languages/es.js'),
  et: () => import('./languages/et.js'),
  fi: () => import('./languages/fi.js'),
  fr: () => import('./languages/fr.js'),
  he: () => import('./languages/he.js'),
  hr: () => import('./languages/hr.js'),
  hu: () => import('./languages/hu.js'),
  id: () => import('./languages/id.js'),
  it: () => import('./languages/it.js'),
  ja: () => import('./languages/ja.js'),
  ko: () => import('./languages/ko.js'),
  lt: () => import('./languages/lt.js'),
  lv: () => import('./languages/lv.js'),
  nb: () => import('./languages/nb.js'),
  nl: () => import('./languages/nl.js'),
  pl: () => import('./languages/pl.js'),
  pt: () => import('./languages/pt.js'),
  'pt-PT': () => import('./languages/pt-PT.js'),
  ro: () => import('./languages/ro.js'),
  ru: () => import('./languages/ru.js'),
  sk: () => import('./languages/sk.js'),
  sl: () => import('./languages/sl.js'),
  sv: () => import('./languages/sv.js'),
  th: () => import('./languages/th.js'),
  tr: () => import('./languages/tr.js'),
  uk: () => import('./languages/uk.js'),
  vi: () => import('./languages/vi.js'),
  zh: () => import('./languages/zh.js'),
  'zh-Hant': () => import('./languages/zh-Hant.js'),
};

export interface Said {
  word: Word;
  /** The page's own sentence, and its language. */
  given: string | undefined;
  language: string;
  /** Ours. */
  tag: string;
  /** Nothing newer is to be said. */
  isCurrent(): boolean;
}

/**
 * Says a sentence: to screen readers in any case, and to everybody who does not see it by the button.
 *
 * @param region a polite live region, which nobody sees. What is seen stands behind it and is new every time: so nothing
 * has moved.
 */
export async function say(region: HTMLElement, said: Said, load: LoadLanguage): Promise<void> {
  const { word, given, language, isCurrent } = said;
  let [text, lang] = given ? [String(given), language] : await sentenceIn(said.tag, word, load);
  const root = region.getRootNode() as ShadowRoot;
  const isSeen = !/^(wait|signedIn|loggedOut)$/.test(word);
  const own = isSeen ? [...root.host.querySelectorAll(':scope > [slot="status"]')] : [];
  if (own.length) [text, lang] = [own.map(({ textContent }) => textContent).join(' '), language];
  // Not again what is there already: it would be announced again.
  if (!isCurrent() || (region.textContent === text && region.lang === lang)) return;
  adoptSheet(root, styles);
  Object.assign(region, { textContent: text, lang, dir: 'auto' });
  root.querySelector('[part="status"]')?.remove();
  if (isSeen) show(region, root.host, own.length > 0);
}

/** @param own the page has put something else there, which can be a link: screen readers find it, too */
function show(region: HTMLElement, host: Element, own: boolean): void {
  const { textContent, lang, dir, ownerDocument } = region;
  const text = createElement(ownerDocument, 'span');
  text.setAttribute('part', 'status');
  if (!own) text.setAttribute('aria-hidden', 'true');
  const slot = Object.assign(createElement(ownerDocument, 'slot'), {
    name: 'status',
    textContent,
    lang,
    dir,
  });
  text.append(slot);
  region.after(text);
  moveIntoSight(text, host);
  leaveInTime(text, host);
}

/** What stands over the page must not hide for long what the visitor turns to (WCAG 2.2 §2.4.11). */
function leaveInTime(text: HTMLElement, host: Element): void {
  const ended = new AbortController();
  const leave = () => {
    ended.abort();
    text.remove();
  };
  const { signal } = ended;
  for (const type of ['focusin', 'pointerdown', 'keydown'])
    listen(
      text.ownerDocument,
      type,
      (event) => {
        const isElsewhere = event.target !== host && !host.contains(event.target as Node);
        if (type === 'keydown' ? (event as KeyboardEvent).key === 'Escape' : isElsewhere) leave();
      },
      { signal },
    );
}

/** In English, which has no file, and where the file of that language is not there. */
async function sentenceIn(
  tag: string,
  word: Word,
  load: LoadLanguage,
): Promise<[text: string, lang: string]> {
  const listed = languages[tag];
  try {
    const { sentences } = listed ? await load(tag, listed) : { sentences: english };
    return [sentences[word], tag];
  } catch {
    return [english[word], 'en'];
  }
}

/** Under the button, from its beginning on; where the window is too narrow for that, up to its end. */
function moveIntoSight(text: HTMLElement, host: Element): void {
  const { left, right, width } = text.getBoundingClientRect();
  const { clientWidth } = read(text.ownerDocument, 'documentElement');
  const button = host.getBoundingClientRect();
  let start = left;
  if (right > clientWidth) start = Math.max(0, button.right - width);
  else if (left < 0) start = Math.min(clientWidth - width, button.left);
  if (start !== left) Object.assign(text.style, { left: `${start - button.left}px`, right: 'auto' });
}
