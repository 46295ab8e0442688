// The forum under the brand's article: visitors post HTML, which passes through the filter that they choose.
import { filters } from './filters.mjs';

/** @typedef {{filter: string, html: string}} Comment `html` is as posted where a browser filters. */

const configuration =
  'data-deployment-id="%DEPLOYMENT_ID%" data-environment="%ENVIRONMENT%" data-issuer="%ISSUER%" data-client-id="%CLIENT_ID%"';
const file = '/assets/genesys-auth-messenger.js';

/**
 * How the site's template has the element: what stands in its head, in its header and at its end.
 * @type {Record<string, {head?: string, header?: string, end?: string}>}
 */
const forms = {
  script: { head: `<script src="${file}" ${configuration} data-target="#header" async></script>` },
  'script-last': { end: `<script src="${file}" ${configuration} data-target="#header"></script>` },
  element: {
    head: `<script src="${file}" async></script>`,
    header: `<genesys-auth-messenger ${configuration.replaceAll('data-', '')}></genesys-auth-messenger>`,
  },
  place: {
    head: `<script src="${file}" ${configuration} data-target="" async></script>`,
    header: '<div data-genesys-auth-messenger></div>',
  },
};

/** The comments of one site, until the reset. */
export class Forum {
  /** @type {Comment[]} Oldest first. */
  comments = [];

  /** @param {Comment} comment As posted. */
  post({ filter, html }) {
    const rules = filters[filter];
    if (rules) this.comments.push({ filter, html: rules.filter?.(html) ?? html });
  }

  /**
   * The page with the element.
   * @param {string} page
   * @param {string | null} form One of `forms`; the first, unless told.
   */
  template(page, form) {
    const { head = '', header = '', end = '' } = forms[form ?? ''] ?? forms.script ?? {};
    return page.replace('%FORUM_HEAD%', head).replace('%FORUM_HEADER%', header).replace('%FORUM_END%', end);
  }

  /** What the other placeholders of the page stand for. */
  get values() {
    const options = Object.entries(filters).map(
      ([key, { name }]) => `<option value="${key}">${plain(name)}</option>`,
    );
    return { FORUM_FILTERS: options.join('\n'), FORUM_COMMENTS: this.comments.map(written).join('\n') };
  }
}

/** @param {Comment} comment */
function written({ filter, html }) {
  const title = `<p class="hint">Through ${plain(filters[filter]?.name ?? '')}</p>`;
  // What the browser has to filter reaches it as text.
  const content = filters[filter]?.filter
    ? `<div class="comment">${html}</div>`
    : `<div class="comment" data-raw="${escape(html)}"></div>`;
  return `<li data-filter="${filter}">${title}${content}</li>`;
}

/** @param {string} name Markdown. */
const plain = (name) => escape(name.replaceAll('`', ''));

/** @param {string} text */
const escape = (text) => text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
