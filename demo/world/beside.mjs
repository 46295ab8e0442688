// Pages that bring Messenger, or treat it, in their own ways (docs/messenger.md §9): one template, and what is special in
// each. They stand under /beside/, and under /2.2.8/beside/ for the region with the old Messenger.

/**
 * What Genesys gives a brand to paste.
 * @param {string} [name] Of the function.
 * @param {string} [deploymentId]
 */
export const snippet = (name = 'Genesys', deploymentId = '%DEPLOYMENT_ID%') => `(function (g, e, n, es, ys) {
        g['_genesysJs'] = e;
        g[e] =
          g[e] ||
          function () {
            (g[e].q = g[e].q || []).push(arguments);
          };
        g[e].t = 1 * new Date();
        g[e].c = es;
        ys = document.createElement('script');
        ys.async = 1;
        ys.src = n;
        ys.charset = 'utf-8';
        document.head.appendChild(ys);
      })(window, '${name}', 'http://apps.%ENVIRONMENT%/genesys-bootstrap/genesys.min.js', {
        environment: '%ENVIRONMENT%',
        deploymentId: '${deploymentId}',
      });`;

/** @param {string} code */
const script = (code) => `<script>
      ${code}
    </script>`;

/** What a tag manager does when the page has loaded. @param {string} code */
const tagManager = (code) => `<script type="text/plain" id="tag">
      ${code}
    </script>
    ${script(`addEventListener('load', () => {
        const tag = document.createElement('script');
        tag.text = document.getElementById('tag').textContent;
        document.body.append(tag);
      });`)}`;

/** What a client-side router does. @param {string} kept What it takes along, beside the page's own. */
const router = (kept) =>
  script(`function goOn() {
        const body = document.createElement('body');
        body.append(...document.querySelectorAll(\`${kept}\`));
        document.body.replaceWith(body);
      }`);

/** @param {string} name */
const hears = (name) =>
  `${name}('subscribe', 'GenesysJS.ready', () => (document.body.dataset.heard = '${name}'));`;

/**
 * @typedef {object} Beside
 * @property {string} title
 * @property {string} text What the page does.
 * @property {string} [head] HTML before our file.
 * @property {string} [main] HTML after the text.
 * @property {string} [end] HTML at the end of the body.
 * @property {string} [deployment] The element's, where it is another one.
 * @property {string} [attributes] More of the element's.
 */

/** By their names: `/beside/<name>.html`. @type {Record<string, Beside>} */
export const beside = {
  'snippet-first': {
    title: 'The snippet comes first',
    text: 'Genesys’ own snippet is there before the element, which uses it.',
    head: script(snippet()),
  },
  'snippet-late': {
    title: 'The snippet comes late',
    text: 'A tag manager brings Genesys’ own snippet when the page has loaded. There is one chat all the same.',
    end: tagManager(snippet()),
  },
  renamed: {
    title: 'Messenger under another name',
    text: 'The page’s snippet calls its function GenesysChat.',
    head: script(`${snippet('GenesysChat')}\n      ${hears('GenesysChat')}`),
  },
  'renamed-late': {
    title: 'Another name, and late',
    text: 'A tag manager brings a snippet that calls its function GenesysChat, when Messenger is there already.',
    end: tagManager(`${snippet('GenesysChat')}\n      ${hears('GenesysChat')}`),
  },
  consent: {
    title: 'A consent manager',
    text: 'Until you agree, a consent manager keeps the page’s Messenger from loading; then it runs a copy of the script.',
    head: `${script(`// What the snippet does, except that the consent manager brings the script.
      window._genesysJs = 'Genesys';
      window.Genesys = function () {
        (Genesys.q = Genesys.q || []).push(arguments);
      };
      Genesys.t = 1 * new Date();
      Genesys.c = { environment: '%ENVIRONMENT%', deploymentId: '%DEPLOYMENT_ID%' };`)}
    <script
      type="text/plain"
      data-consent="chat"
      src="http://apps.%ENVIRONMENT%/genesys-bootstrap/genesys.min.js"
    ></script>
    ${script(`function agree() {
        for (const held of document.querySelectorAll('script[data-consent]')) {
          const copy = document.createElement('script');
          copy.src = held.src;
          held.replaceWith(copy);
        }
      }`)}`,
    main: '<p><button type="button" onclick="agree()">I agree</button></p>',
  },
  stub: {
    title: 'Calls of the page before Messenger',
    text: 'The page speaks to Messenger before anything of it is there, by the few lines of the recipe.',
    head: script(`window.Genesys ??= Object.assign(
        function () {
          window.Genesys?.q?.push(arguments);
        },
        { q: [] },
      );
      ${hears('Genesys')}`),
  },
  plugin: {
    title: 'Another AuthProvider',
    text: 'The page has queued an AuthProvider plugin of its own, as it did before it had the element.',
    head: script(`${snippet()}
      Genesys('registerPlugin', 'AuthProvider', (plugin) => {
        plugin.registerCommand('getAuthCode', ({ reject }) => reject('nothing'));
        plugin.registerCommand('reAuthenticate', () => {});
        plugin.registerCommand('signIn', ({ reject }) => reject('nothing'));
        plugin.ready();
      });`),
  },
  'other-deployment': {
    title: 'A snippet of another deployment',
    text: 'A tag manager brings a snippet of another deployment. A page has one Messenger, so it does not run.',
    end: tagManager(snippet('Genesys', '%STEP_UP_DEPLOYMENT_ID%')),
  },
  router: {
    title: 'A router replaces the body',
    text: 'The link goes on as client-side routers do: the body is replaced, and Messenger’s nodes with it.',
    main: '<p><a href="#next" onclick="goOn()">Next page</a></p>',
    end: router('header, main'),
  },
  'router-keeps': {
    title: 'A router that keeps Messenger',
    text: 'The link goes on as client-side routers do, and the page takes Messenger’s nodes into the new body.',
    main: '<p><a href="#next" onclick="goOn()">Next page</a></p>',
    end: router('header, main, #genesys-messenger, iframe[id^="genesys-"]'),
  },
  'on-demand': {
    title: 'The chat on demand',
    text: 'The deployment shows no launcher by itself. Who logs in by a click sees the chat at once; the button opens it again.',
    main: `<p><button type="button" onclick="Genesys('command', 'Messenger.open', {})">Chat with us</button></p>`,
    deployment: '%ON_DEMAND_DEPLOYMENT_ID%',
    attributes: 'open',
  },
  'launcher-off': {
    title: 'No launcher',
    text: 'The deployment shows no launcher, and the page opens no chat.',
    deployment: '%NO_LAUNCHER_DEPLOYMENT_ID%',
  },
  clear: {
    title: 'The conversation is cleared',
    text: 'The button ends the conversation in this browser. Messenger’s line 2.2.8 has no such command.',
    main: `<p><button type="button" onclick="Genesys('command', 'Messenger.clear', {})">End the conversation</button></p>`,
  },
};

/** @param {string} path @returns {string | undefined} The page at a path, or the list of them. */
export function besidePage(path) {
  const name = /^\/beside\/([\w-]+)\.html$/.exec(path)?.[1] ?? '';
  if (name === 'index') return page(list);
  return Object.hasOwn(beside, name) ? page(/** @type {Beside} */ (beside[name]), true) : undefined;
}

/** @type {Beside} */
const list = {
  title: 'Beside Messenger',
  text: 'Pages that bring Messenger, or treat it, in their own ways. The element stands in each of them.',
  main: `<ul>
          ${Object.entries(beside)
            .map(
              ([name, { title }]) =>
                `<li><a href="${name}.html">${title}</a> (<a href="/2.2.8/beside/${name}.html">2.2.8</a>)</li>`,
            )
            .join('\n          ')}
        </ul>`,
};

/** @param {Beside} special @param {boolean} [hasElement] */
function page({ title, text, head = '', main = '', end = '', deployment, attributes = '' }, hasElement) {
  const file = '<script src="/assets/genesys-auth-messenger.js" async></script>';
  const element = `<genesys-auth-messenger
        deployment-id="${deployment ?? '%DEPLOYMENT_ID%'}"
        environment="%ENVIRONMENT%"
        issuer="%ISSUER%"
        client-id="%CLIENT_ID%"
        ${attributes}
      ></genesys-auth-messenger>`;
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>${title} · Lumenwick</title>
    <link rel="icon" href="/logo.svg" />
    <link rel="stylesheet" href="/style.css" />
    ${head}
    ${hasElement ? file : ''}
  </head>
  <body>
    <header>
      <a class="brand" href="/"><img src="/logo.svg" alt="" />Lumenwick</a>
      ${hasElement ? element : ''}
    </header>

    <main>
      <section class="text">
        <h1>${title}</h1>
        <p>${text}</p>
        ${main}
      </section>
    </main>
    ${end}
  </body>
</html>
`;
}
