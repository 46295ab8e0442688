// What content systems do to pasted HTML: the filters themselves where they are packages, else their rules as a table, put
// to work by sanitize-html. DOMPurify needs a browser and is left to the page.
import { createRequire } from 'node:module';

/** Comes without types. @type {any} */
const sanitizeHtml = /** @type {(name: string) => unknown} */ (createRequire(import.meta.url))(
  'sanitize-html',
);

/** @typedef {(html: string) => string} Filter */
/**
 * @typedef {object} FilterRules
 * @property {string} name
 * @property {string} source Where the rules stand. Markdown.
 * @property {Filter} [filter] Missing where a browser filters.
 */

/** `$allowedposttags` with its attributes, apart from those that only say how a table looks. */
const ksesTags =
  'address a abbr acronym area article aside audio b bdo big blockquote br button caption cite code col colgroup ' +
  'del dd dfn details div dl dt em fieldset figure figcaption font footer h1 h2 h3 h4 h5 h6 header hgroup hr i img ' +
  'ins kbd label legend li main map mark menu nav p pre q rb rp rt rtc ruby s samp section small span strike ' +
  'strong sub summary sup table tbody td textarea tfoot th thead title tr track tt u ul ol var video';
const ksesAttributes = {
  a: ['href', 'rel', 'rev', 'name', 'target', 'download'],
  area: ['alt', 'coords', 'href', 'shape', 'target'],
  audio: ['autoplay', 'controls', 'loop', 'muted', 'preload', 'src'],
  button: ['disabled', 'name', 'type', 'value'],
  details: ['open'],
  img: ['alt', 'height', 'src', 'usemap', 'width'],
  label: ['for'],
  map: ['name'],
  textarea: ['cols', 'rows', 'disabled', 'name', 'readonly'],
  video: ['autoplay', 'controls', 'height', 'loop', 'muted', 'poster', 'preload', 'src', 'width'],
};
/** `_wp_add_global_attributes`. The properties of `style` that WordPress keeps include those for position and size. */
const ksesGlobal = ['aria-*', 'class', 'data-*', 'dir', 'hidden', 'id', 'lang', 'role', 'style', 'title'];

/** `Xss::$htmlTags` and `Xss::$adminTags`; any attribute but `style` and `on…` is kept. */
const xssTags = 'a em strong cite blockquote code ul ol li dl dt dd';
const xssAdminTags =
  'a abbr acronym address article aside b bdi bdo big blockquote br caption cite code col colgroup command dd del ' +
  'details dfn div dl dt em figcaption figure footer h1 h2 h3 h4 h5 h6 header hgroup hr i img ins kbd li mark menu ' +
  'meter nav ol output p pre progress q rp rt ruby s samp section small span strong sub summary sup table tbody td ' +
  'tfoot th thead time tr tt u ul var wbr';

const headings = { h2: ['id'], h3: ['id'], h4: ['id'], h5: ['id'], h6: ['id'] };
const drupal = {
  '*': ['lang', 'dir'],
  blockquote: ['cite'],
  ul: ['type'],
  ol: ['start', 'type'],
  ...headings,
};

/** @type {Record<string, FilterRules>} */
export const filters = {
  dompurify: { name: 'DOMPurify, its defaults', source: 'the package `dompurify`' },
  'sanitize-html': {
    name: 'sanitize-html, its defaults',
    source: 'the package `sanitize-html`',
    filter: (html) => sanitizeHtml(html),
  },
  'sanitize-html-data': {
    name: 'sanitize-html with `id`, `class` and `data-*` allowed',
    source: 'the package `sanitize-html`',
    filter: sanitizer(sanitizeHtml.defaults.allowedTags, {
      ...sanitizeHtml.defaults.allowedAttributes,
      '*': ['id', 'class', 'data-*'],
    }),
  },
  'kses-comment': {
    name: 'WordPress, comments by visitors (KSES)',
    source: '`$allowedtags` in `wp-includes/kses.php` of WordPress/WordPress',
    filter: sanitizer('a abbr acronym b blockquote cite code del em i q s strike strong', {
      a: ['href', 'title'],
      abbr: ['title'],
      acronym: ['title'],
      blockquote: ['cite'],
      del: ['datetime'],
      q: ['cite'],
    }),
  },
  'kses-post': {
    name: 'WordPress, posts by authors and contributors (KSES)',
    source: '`$allowedposttags` in `wp-includes/kses.php` of WordPress/WordPress',
    filter: kses(),
  },
  'drupal-restricted': {
    name: 'Drupal, Restricted HTML (anonymous visitors)',
    source: '`filter.format.restricted_html.yml` in the standard profile of drupal/drupal',
    filter: sanitizer('a em strong cite blockquote code ul ol li dl dt dd h2 h3 h4 h5 h6', {
      ...drupal,
      a: ['href', 'hreflang'],
    }),
  },
  'drupal-basic': {
    name: 'Drupal, Basic HTML (visitors who are logged in)',
    source: '`filter.format.basic_html.yml` in the standard profile of drupal/drupal',
    filter: drupalBasic(),
  },
  'drupal-xss': {
    name: 'Drupal, `Xss::filter()`',
    source: '`core/lib/Drupal/Component/Utility/Xss.php` of drupal/drupal',
    filter: withoutHandlers(xssTags),
  },
  'drupal-admin': {
    name: 'Drupal, `Xss::filterAdmin()`',
    source: '`core/lib/Drupal/Component/Utility/Xss.php` of drupal/drupal',
    filter: withoutHandlers(xssAdminTags),
  },
  lenient: {
    name: 'A filter made at home: no scripts, no event handlers, all else',
    source: '—',
    filter: lenient,
  },
};

/** KSES for posts. @param {string} [tag] One more tag, with @param {string[]} [attributes] these attributes. */
export function kses(tag = '', attributes = []) {
  return sanitizer(`${ksesTags} ${tag}`, { ...ksesAttributes, [tag]: attributes, '*': ksesGlobal });
}

/** Basic HTML. @param {string} [tag] One more tag, with @param {string[]} [attributes] these attributes. */
export function drupalBasic(tag = '', attributes = []) {
  const data = ['data-entity-uuid', 'data-entity-type', 'data-caption', 'data-align'];
  return sanitizer(`br p h2 h3 h4 h5 h6 cite dl dt dd a blockquote ul ol strong em code li img ${tag}`, {
    ...drupal,
    a: ['hreflang', 'href'],
    img: ['src', 'alt', 'height', 'width', ...data],
    [tag]: attributes,
  });
}

/**
 * @param {string | string[]} tags A tag that is not named goes and leaves its content.
 * @param {Record<string, string[]> | false} attributes By tag; `false` keeps all.
 * @param {object} [more]
 * @returns {Filter}
 */
export function sanitizer(tags, attributes, more) {
  const allowedTags = typeof tags === 'string' ? tags.split(' ').filter(Boolean) : tags;
  const options = { allowedTags, allowedAttributes: attributes, allowVulnerableTags: true, ...more };
  return (html) => sanitizeHtml(html, options);
}

/** @param {string} tags @returns {Filter} */
function withoutHandlers(tags) {
  return sanitizer(tags, false, { transformTags: { '*': withoutAttributes(/^(style$|on|-)/) } });
}

/** What passes a list of what is forbidden: such lists are never complete. @param {string} html */
function lenient(html) {
  const forbidden = ['script', 'style', 'link', 'meta', 'base', 'noscript', 'frame', 'frameset'];
  return sanitizeHtml(html, {
    allowedTags: false,
    allowedAttributes: false,
    allowVulnerableTags: true,
    exclusiveFilter: (/** @type {{tag: string}} */ { tag }) => forbidden.includes(tag),
    transformTags: { '*': withoutAttributes(/^(on|srcdoc$|slot$)/) },
  });
}

/** @param {RegExp} names */
function withoutAttributes(names) {
  return (/** @type {string} */ tagName, /** @type {Record<string, string>} */ attributes) => ({
    tagName,
    attribs: Object.fromEntries(Object.entries(attributes).filter(([name]) => !names.test(name))),
  });
}
