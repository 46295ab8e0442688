// What content systems do to pasted HTML: the filters themselves where they are packages, else their rules as a table.
import { createRequire } from 'node:module';
import { readElement } from '../../../scripts/element-api.mjs';

const require = createRequire(import.meta.url);
/** Comes without types. @type {any} */
const sanitizeHtml = /** @type {(name: string) => unknown} */ (require)('sanitize-html');

/** @typedef {import('@playwright/test').Page} Page */
/** @typedef {(html: string, page: Page) => string | Promise<string>} Filter The page is a blank one. */
/**
 * @typedef {object} System
 * @property {string} name
 * @property {string} source Where its rules stand. Markdown.
 * @property {Filter} filter As it comes.
 * @property {Partial<Record<'element' | 'placeholder' | 'script', {filter: Filter, how: string}>>} [settings]
 *   What a site can set for a form that does not pass otherwise. `how` is Markdown.
 */

const names = readElement().attributes.map(({ name }) => name);

/** `wp_kses_allowed_html('post')`: the tags of `$allowedposttags`. */
const ksesTags =
  'address a abbr acronym area article aside audio b bdo big blockquote br button caption cite code col colgroup ' +
  'del dd dfn details div dl dt em fieldset figure figcaption font footer h1 h2 h3 h4 h5 h6 header hgroup hr i img ' +
  'ins kbd label legend li main map mark menu nav object p pre q rb rp rt rtc ruby s samp section small span strike ' +
  'strong sub summary sup table tbody td textarea tfoot th thead title tr track tt u ul ol var video';
/** `_wp_add_global_attributes`, and the form that `wp_kses_attr_check` asks of `data-*`. */
const ksesAttributes =
  '^(aria-[a-z]+|class|dir|hidden|id|lang|role|style|title|xml:lang|data(-[a-z0-9_]+)+)$';

/** `Xss::$adminTags` and `Xss::$htmlTags`; any attribute but `style` and `on…` is kept. */
const drupalAdminTags =
  'a abbr acronym address article aside b bdi bdo big blockquote br caption cite code col colgroup command dd del ' +
  'details dfn div dl dt em figcaption figure footer h1 h2 h3 h4 h5 h6 header hgroup hr i img ins kbd li mark menu ' +
  'meter nav ol output p pre progress q rp rt ruby s samp section small span strong sub summary sup table tbody td ' +
  'tfoot th thead time tr tt u ul var wbr';
const drupalTags = 'a em strong cite blockquote code ul ol li dl dt dd';
const drupalAttributes = '^(?!style$|on|-)[-a-z][-a-z0-9]{0,95}$';

/** @type {System[]} */
export const systems = [
  {
    name: 'No filter (WordPress with `unfiltered_html`, Drupal’s Full HTML)',
    source: '—',
    filter: (html) => html,
  },
  {
    name: 'WordPress, posts by authors (KSES)',
    source: '`wp-includes/kses.php` of WordPress/WordPress',
    filter: allowList(ksesTags, ksesAttributes),
    settings: {
      element: {
        filter: allowList(`${ksesTags} genesys-auth-messenger`, `${ksesAttributes}|^(${names.join('|')})$`),
        how: 'add the tag with its attributes in the filter `wp_kses_allowed_html`',
      },
    },
  },
  {
    name: 'Drupal, `Xss::filterAdmin()`',
    source: '`core/lib/Drupal/Component/Utility/Xss.php` of drupal/drupal',
    filter: allowList(drupalAdminTags, drupalAttributes),
  },
  {
    name: 'Drupal, `Xss::filter()` and text formats that limit tags',
    source: '`core/lib/Drupal/Component/Utility/Xss.php` of drupal/drupal',
    filter: allowList(drupalTags, drupalAttributes),
    settings: {
      element: {
        filter: allowList(`${drupalTags} genesys-auth-messenger`, drupalAttributes),
        how: 'add `<genesys-auth-messenger deployment-id environment issuer client-id>` to *Allowed HTML tags* of the text format',
      },
      placeholder: {
        filter: allowList(`${drupalTags} div`, drupalAttributes),
        how: 'add `<div data-*>` to *Allowed HTML tags* of the text format',
      },
    },
  },
  {
    name: 'DOMPurify',
    source: 'the package `dompurify`',
    filter: purify(),
    settings: {
      element: {
        filter: purify({ element: true }),
        how: '`CUSTOM_ELEMENT_HANDLING: { tagNameCheck: /^genesys-auth-messenger$/, attributeNameCheck: /./ }`',
      },
    },
  },
  {
    name: 'sanitize-html',
    source: 'the package `sanitize-html`',
    filter: (html) => sanitizeHtml(html),
    settings: {
      element: {
        filter: (html) =>
          sanitizeHtml(html, {
            allowedTags: [...sanitizeHtml.defaults.allowedTags, 'genesys-auth-messenger'],
            allowedAttributes: { 'genesys-auth-messenger': names },
          }),
        how: 'add the tag to `allowedTags` and its attributes to `allowedAttributes`',
      },
      placeholder: {
        filter: (html) => sanitizeHtml(html, { allowedAttributes: { div: ['data-*'] } }),
        how: "`allowedAttributes: { div: ['data-*'] }`",
      },
    },
  },
  {
    name: 'A tag manager that keeps `data-` attributes of scripts',
    source: 'scripts are made anew with all their attributes',
    filter: tagManager('.'),
  },
  {
    name: 'A tag manager that drops `data-` attributes of scripts',
    source: 'scripts are made anew with `src`, `type`, `async`, `defer` and `id`',
    filter: tagManager('^(src|type|async|defer|id)$'),
  },
];

/**
 * What filters with a list have in common: a tag that is not on it goes and leaves its content, an attribute just goes.
 * @param {string} tags @param {string} attributes A regular expression. @returns {Filter}
 */
function allowList(tags, attributes) {
  return (html, page) =>
    page.evaluate(
      ({ html, tags, attributes }) => {
        const { body } = new DOMParser().parseFromString(`<body>${html}`, 'text/html');
        for (const element of body.querySelectorAll('*')) {
          if (!tags.includes(element.localName)) element.replaceWith(...element.childNodes);
          for (const { name } of [...element.attributes]) {
            if (!new RegExp(attributes).test(name)) element.removeAttribute(name);
          }
        }
        return body.innerHTML;
      },
      { html, tags: tags.split(' '), attributes },
    );
}

/** @param {{element?: boolean}} [setting] @returns {Filter} */
function purify({ element = false } = {}) {
  return async (html, page) => {
    await page.addScriptTag({ path: require.resolve('dompurify/dist/purify.min.js') });
    return page.evaluate(
      ({ html, element }) =>
        /** @type {any} */ (window).DOMPurify.sanitize(
          html,
          element && {
            CUSTOM_ELEMENT_HANDLING: { tagNameCheck: /^genesys-auth-messenger$/, attributeNameCheck: /./ },
          },
        ),
      { html, element },
    );
  };
}

/**
 * A script that comes with markup from a string does not run, so a tag manager makes it anew.
 * @param {string} attributes Of scripts, those that it takes along. A regular expression. @returns {Filter}
 */
function tagManager(attributes) {
  return (html) => `<script>
    {
      const pasted = document.createElement('div');
      pasted.innerHTML = ${JSON.stringify(html).replaceAll('</', '<\\/')};
      for (const script of pasted.querySelectorAll('script')) {
        const anew = document.createElement('script');
        for (const { name, value } of script.attributes) {
          if (/${attributes}/.test(name)) anew.setAttribute(name, value);
        }
        script.replaceWith(anew);
      }
      document.body.append(pasted);
    }
  </script>`;
}
