// The systems that docs/cms.md speaks of: their filters, and the settings that let a place through where they do not.
import { createRequire } from 'node:module';
import { drupalBasic, filters, sanitizer } from '../../../demo/world/filters.mjs';

const purify = createRequire(import.meta.url).resolve('dompurify/dist/purify.min.js');

/** @typedef {import('@playwright/test').Page} Page */
/** @typedef {(html: string, page: Page) => string | Promise<string>} Filter The page is a blank one. */
/**
 * @typedef {object} System
 * @property {string} name
 * @property {string} source Where its rules stand. Markdown.
 * @property {Filter} filter As it comes.
 * @property {boolean} [trusts] Lets scripts through: for those who run the site.
 * @property {{filter: Filter, how: string}} [setting] Lets a place through that would not pass. `how` is Markdown.
 */

/** @param {string} key @param {System['setting']} [setting] @returns {System} */
function filtered(key, setting) {
  const { name = '', source = '', filter } = filters[key] ?? {};
  return { name, source, filter: filter ?? purified, setting };
}

const place = 'data-genesys-auth-messenger';

/** @type {System[]} */
export const systems = [
  {
    name: 'No filter (WordPress with `unfiltered_html`, Drupal’s Full HTML)',
    source: '—',
    filter: (html) => html,
    trusts: true,
  },
  filtered('kses-post'),
  filtered('kses-comment'),
  filtered('drupal-basic', {
    filter: drupalBasic('div', [place]),
    how: `add \`<div ${place}>\` to _Allowed HTML tags_ of the text format`,
  }),
  filtered('drupal-restricted'),
  filtered('drupal-xss'),
  filtered('drupal-admin'),
  filtered('dompurify'),
  filtered('sanitize-html', {
    filter: sanitizer(['p', 'a', 'em', 'strong', 'div'], { a: ['href'], div: [place] }),
    how: `\`allowedAttributes: { div: ['${place}'] }\`, beside what you allow already`,
  }),
  {
    name: 'A tag manager that keeps `data-` attributes of scripts',
    source: 'scripts are made anew with all their attributes',
    filter: tagManager('.'),
    trusts: true,
  },
  {
    name: 'A tag manager that drops `data-` attributes of scripts',
    source: 'scripts are made anew with `src`, `type`, `async`, `defer` and `id`',
    filter: tagManager('^(src|type|async|defer|id)$'),
    trusts: true,
  },
];

/** DOMPurify as it comes. @param {string} html @param {Page} page @returns {Promise<string>} */
async function purified(html, page) {
  await page.addScriptTag({ path: purify });
  return page.evaluate((html) => /** @type {any} */ (window).DOMPurify.sanitize(html), html);
}

/**
 * A script that comes with markup from a string does not run, so a tag manager makes it anew.
 * @param {string} attributes Of scripts, those that it takes along. A regular expression.
 * @param {string} [trigger] What calls `fire`: at once, unless told.
 * @returns {(html: string) => string}
 */
export function tagManager(attributes, trigger = 'fire()') {
  return (html) => `<script>
    {
      const fire = () => {
        const pasted = document.createElement('div');
        pasted.innerHTML = ${JSON.stringify(html).replaceAll('</', '<\\/')};
        for (const script of pasted.querySelectorAll('script')) {
          const anew = document.createElement('script');
          anew.text = script.text;
          for (const { name, value } of script.attributes) {
            if (/${attributes}/.test(name)) anew.setAttribute(name, value);
          }
          script.replaceWith(anew);
        }
        document.body.append(pasted);
      };
      ${trigger};
    }
  </script>`;
}
