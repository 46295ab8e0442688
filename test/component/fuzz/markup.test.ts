/** Whatever visitors post that a sanitizer lets through: places, and names that stand in for the page's own. */
import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import type { GenesysAuthMessenger } from '../../../src/element/element.js';
import { queryAll } from '../../../src/readings.js';
import type { PageSession } from '../../../src/session/page-session.js';
import { type Page, closePages, openPage } from '../../harness/page.js';

afterEach(closePages);

/** As web-test-runner.config.mjs has it; the seed is printed when a tree breaks a rule, and finds it again. */
declare const __FUZZ__: { runs: number; seed: number };
const { runs: trees, seed } = __FUZZ__;
/** A page is a hundred times slower than a tree that comes into one. */
const pages = Math.ceil(trees / 20);
const timeout = 60_000 + 500 * trees;

const hostile = {
  'deployment-id': '99999999-9999-9999-9999-999999999999',
  environment: 'localhost:1',
  issuer: 'https://evil.example',
  'client-id': 'evil',
  'redirect-uri': 'https://evil.example/',
  'authorization-endpoint': 'https://evil.example/',
  target: 'body',
};
const clobbering =
  'Genesys _genesysJs currentScript documentElement head body baseURI readyState parent location sessionStorage querySelectorAll createElement addEventListener customElements attributes childNodes append dataset getAttribute isConnected'.split(
    ' ',
  );
/** All that a configuration needs, in one tag: a single value of it would only be incomplete. */
const wholeConfiguration = Object.entries({ ...hostile, environment: 'prod', 'redirect-uri': '' })
  .map(([name, value]) => `data-${name}="${value}"`)
  .join(' ');
const attribute = fc.oneof(
  { weight: 2, arbitrary: fc.constant(`data-genesys-auth-messenger ${wholeConfiguration}`) },
  { weight: 3, arbitrary: fc.constantFrom('data-genesys-auth-messenger="https://evil.example"') },
  fc.constantFrom(...Object.entries(hostile)).map(([name, value]) => `data-${name}="${value}"`),
  fc.constantFrom(...Object.entries(hostile)).map(([name, value]) => `${name}="${value}"`),
  fc
    .tuple(fc.constantFrom('id', 'name'), fc.constantFrom(...clobbering))
    .map(([name, value]) => `${name}="${value}"`),
  fc.constantFrom(
    'contenteditable',
    'lang="xx-odd-"',
    'dir=rtl',
    'data-login-label="<b>x</b>"',
    'hidden',
    'part=button',
  ),
);
/** Our own tag is not among them for a page that opens: no sanitizer lets it through, and the first to configure wins. */
const tags = [
  'div',
  'span',
  'p',
  'form',
  'a',
  'img',
  'input',
  'template',
  'details',
  'section',
  'script type="x"',
  'table',
];
const node = (tags: string[]) =>
  fc.letrec<{ node: string }>((tie) => ({
    node: fc
      .tuple(
        fc.constantFrom(...tags),
        fc.array(attribute, { maxLength: 5 }),
        fc.oneof(
          { maxDepth: 3 },
          fc.constantFrom('', 'text', '</div>', '<!--', '<slot name=login>'),
          fc.array(tie('node'), { maxLength: 3 }).map((children) => children.join('')),
        ),
      )
      .map(
        ([tag, attributes, content]) => `<${tag} ${attributes.join(' ')}>${content}</${tag.split(' ')[0]}>`,
      ),
  })).node;

/** Read past what the markup has named. */
const elementsOf = (page: Page) =>
  queryAll(page.document, 'genesys-auth-messenger') as GenesysAuthMessenger[];
const foreignIn = (page: Page) =>
  queryAll(page.document, 'script[src*="evil"], script[src*="/genesys-bootstrap/"], iframe');

const sessionOf = (page: Page) =>
  (page.window as unknown as Record<symbol, PageSession>)[Symbol.for('genesys-auth-messenger')]!;
const configurationOf = (page: Page, view: GenesysAuthMessenger) =>
  JSON.stringify(sessionOf(page).configurationOf(view)) as string | undefined;

/** Whatever shows the page's session shows the author's; and Messenger is the author's, too. */
async function checkPage(page: Page, author: GenesysAuthMessenger, expected: string): Promise<void> {
  // Observers and updates have had their turn.
  await page.renders();
  expect(configurationOf(page, author)).to.equal(expected);
  for (const element of elementsOf(page))
    expect(configurationOf(page, element)).to.be.oneOf([expected, undefined]);
  expect(foreignIn(page)).to.have.lengthOf(0);
  expect(foreignIn(page)).to.have.lengthOf(0);
  expect(page.exceptions).to.deep.equal([]);
}

describe('hostile markup', () => {
  it(`that comes into a page in ${trees} forms never configures`, async function () {
    this.timeout(timeout);
    const page = await openPage();
    const author = page.element;
    await page.status('signed-out');
    const expected = configurationOf(page, author)!;
    const posts = page.document.createElement('div');
    page.document.body.append(posts);
    await fc.assert(
      fc.asyncProperty(node([...tags, 'genesys-auth-messenger']), async (markup) => {
        posts.innerHTML = markup;
        await checkPage(page, author, expected);
        posts.replaceChildren();
      }),
      { numRuns: trees, seed },
    );
    expect(author.status).to.equal('signed-out');
  });

  it(`that is there before the author's element, in ${pages} forms, never configures`, async function () {
    this.timeout(timeout);
    await fc.assert(
      fc.asyncProperty(node(tags), async (markup) => {
        const page = await openPage({
          body: (good) =>
            `${markup}</template></form><genesys-auth-messenger id="author" ${good}></genesys-auth-messenger>`,
        });
        const author = elementsOf(page).find(({ id }) => id === 'author');
        // Some markup, such as an open comment, hides all that follows: the author's own element, too.
        if (author) {
          await page.status('signed-out', author);
          const expected = configurationOf(page, author)!;
          expect(expected).to.contain(page.visitor.deploymentId).and.not.to.contain('evil');
          await checkPage(page, author, expected);
        }
        page.close();
      }),
      { numRuns: pages, seed },
    );
  });

  it('in a page whose author configures nothing configures nothing', async function () {
    this.timeout(timeout);
    const page = await openPage({ body: () => '<div id="posts"></div>' });
    const posts = page.document.querySelector('#posts')!;
    await fc.assert(
      fc.asyncProperty(node(tags), async (markup) => {
        posts.innerHTML = markup;
        await page.renders();
        for (const element of elementsOf(page)) expect(configurationOf(page, element)).to.equal(undefined);
        expect(foreignIn(page)).to.have.lengthOf(0);
        posts.replaceChildren();
      }),
      { numRuns: trees, seed },
    );
  });
});
