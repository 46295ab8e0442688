// The pages that are measured, and the elements that ours is measured beside.
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

export const file = '/assets/genesys-auth-messenger.js';

const values = {
  'deployment-id': '%DEPLOYMENT_ID%',
  environment: '%ENVIRONMENT%',
  issuer: '%ISSUER%',
  'client-id': '%CLIENT_ID%',
};

/** @param {Record<string, string>} attributes */
const written = (attributes) =>
  Object.entries(attributes)
    .map(([name, value]) => ` ${name}="${value}"`)
    .join('');

/** The element's tag, as a brand writes it. @param {Record<string, string>} [more] Further attributes, or other values. */
export const tag = (more) =>
  `<genesys-auth-messenger${written({ ...values, ...more })}></genesys-auth-messenger>`;

/** The script's tag, where that configures. @param {Record<string, string>} [more] Further attributes. */
export const configuringScript = (more) =>
  script(file, {
    ...Object.fromEntries(Object.entries(values).map(([name, value]) => [`data-${name}`, value])),
    ...more,
  });

/** @param {string} src @param {Record<string, string>} [more] Further attributes. */
export const script = (src, more) => `<script${written({ src, ...more })} async></script>`;

/** @param {string} body @param {string} [head] */
export const page = (body, head = '') => `<!doctype html>
  <html lang="en">
    <head>
      <meta charset="utf-8" />
      <title>A page of the brand's</title>
      <link rel="icon" href="data:," />
      ${head}
    </head>
    <body>
      <h1>Electricity</h1>
      ${body}
    </body>
  </html>`;

/** The least that a custom element with a button can be. */
export const bareElement = `{
  const sheet = new CSSStyleSheet();
  sheet.replaceSync('button { padding: 0.5em 1.25em; background: #1d4ed8; color: #fff; font: inherit }');
  class BareButton extends HTMLElement {
    constructor() {
      super();
      const button = document.createElement('button');
      button.type = 'button';
      button.textContent = 'Log in';
      const root = this.attachShadow({ mode: 'open' });
      root.adoptedStyleSheets = [sheet];
      root.append(button);
    }
  }
  customElements.define('bare-button', BareButton);
}`;

const litSource = `
  import { LitElement, css, html } from 'lit';
  class LitButton extends LitElement {
    static styles = css\`button { padding: 0.5em 1.25em; background: #1d4ed8; color: #fff; font: inherit }\`;
    render = () => html\`<button type="button">Log in</button>\`;
  }
  customElements.define('lit-button', LitButton);
`;

/** The same, made with Lit. */
export const litElement = () => bundled(litSource);

/** A script as a brand would ship it. @param {string} contents Names packages. @returns {Promise<string>} */
export async function bundled(contents) {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: fileURLToPath(new URL('.', import.meta.url)) },
    bundle: true,
    minify: true,
    format: 'iife',
    target: 'es2022',
    conditions: ['production'],
    legalComments: 'none',
    write: false,
  });
  return outputFiles[0]?.text ?? '';
}

/** What the placeholders of pages stand for, where a file is no page. @param {string} text @param {import('../demo/world/world.mjs').World} world */
export const filled = (text, { values }) =>
  text.replace(/%([A-Z_]+)%/g, (placeholder, name) => values[name] ?? placeholder);
