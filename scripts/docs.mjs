// Writes the tables of the documentation from the element's code. `--check` writes nothing and reports what has drifted.
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { format, resolveConfig } from 'prettier';
import { tsImport } from 'tsx/esm/api';
import { readElement } from './element-api.mjs';
import { strictPolicy, strictSources, written as directives } from './policy.mjs';

/** @typedef {import('./element-api.mjs').ElementApi} ElementApi */
/** @typedef {import('./element-api.mjs').Item} Item */
/** @typedef {{code: string, message: string, hint: string, retryable: boolean}} ErrorEntry */

const root = new URL('../', import.meta.url);

/** Files, and what is written into them between `<!-- name -->` and `<!-- /name -->`. */
const generated = {
  'docs/reference.md': [
    'attributes',
    'members',
    'events',
    'slots',
    'parts',
    'custom-properties',
    'states',
    'errors',
  ],
  'docs/errors.md': ['error-list'],
  'docs/looks.md': ['custom-properties', 'parts', 'slots', 'states', 'languages'],
  'docs/csp.md': ['regions', 'strict-policy', 'policies'],
  'docs/conformance.md': ['modules', 'plans', 'rules'],
  // Complete files, which our tests run.
  'docs/testing.md': [
    'test/examples/playwright/site/index.html',
    'test/examples/playwright/site/brand.js',
    'test/examples/playwright/fixtures.ts',
    'test/examples/playwright/sign-in.spec.ts',
    'test/examples/playwright/playwright.config.ts',
    'test/examples/page/index.html',
    'test/examples/page/brand.ts',
    'test/examples/page/double.ts',
    'test/examples/web-test-runner/sign-in.test.ts',
    'test/examples/web-test-runner/web-test-runner.config.mjs',
    'test/examples/vitest/sign-in.test.ts',
    'test/examples/vitest/vitest.config.ts',
  ],
};

/** By the name of its place. @type {Record<string, string>} */
const markdown = {
  ...markdownOf(readElement(), await readErrors()),
  ...(await policies()),
  languages: await languages(),
  ...(await conformance()),
  ...(await examples(generated['docs/testing.md'])),
};
const check = parseArgs({ options: { check: { type: 'boolean' } } }).values.check;

for (const [path, names] of Object.entries(generated)) {
  const file = fileURLToPath(new URL(path, root));
  const written = await readFile(file, 'utf8');
  const wanted = await format(withParts(path, written, names), {
    ...(await resolveConfig(file)),
    filepath: file,
  });
  if (written === wanted) continue;
  if (check) {
    console.error(`${path} does not say what the code says. Run: npm run docs`);
    process.exitCode = 1;
  } else {
    await writeFile(file, wanted);
    console.log(`${path} written`);
  }
}

/** @param {string} path @param {string} text @param {string[]} names */
function withParts(path, text, names) {
  return names.reduce((before, name) => {
    const place = new RegExp(`(<!-- ${name} -->)[^]*?(<!-- /${name} -->)`);
    if (!place.test(before))
      throw new Error(`${path} has no place for ${name}: <!-- ${name} --><!-- /${name} -->`);
    return before.replace(place, (_, open, close) => `${open}\n\n${markdown[name]}\n\n${close}`);
  }, text);
}

/**
 * @param {ElementApi} element
 * @param {ErrorEntry[]} errors
 * @returns {Record<string, string>} Markdown by the name of its place.
 */
function markdownOf(element, errors) {
  return {
    attributes: table(
      ['Attribute', 'Value', 'Default', ''],
      element.attributes.map(({ name, type, required, default: fallback, text }) => [
        code(name),
        values(type),
        required ? '**required**' : (fallback ?? ''),
        text,
      ]),
    ),
    members: table(
      ['Property or method', 'Type', ''],
      element.members.map(({ kind, name, type, readonly, text }) => [
        code(kind === 'method' ? `${name}()` : name),
        code(type) + (kind === 'property' && readonly ? ', read only' : ''),
        text,
      ]),
    ),
    events: table(
      ['Event', '`detail`', ''],
      element.events.map(({ name, type = '', text }) => [
        code(name),
        code(type.replace(/^CustomEvent<(.*)>$/, '$1')),
        text,
      ]),
    ),
    slots: namesAndTexts('Slot', element.slots),
    parts: namesAndTexts('Part', element.parts),
    'custom-properties': table(
      ['Custom property', 'Default', ''],
      element.cssProperties.map(({ name, default: value = '', text }) => [code(name), code(value), text]),
    ),
    states: namesAndTexts('`status`', element.states),
    errors: table(
      ['Code', 'What happened'],
      errors.map(({ code: name, message }) => [`[${code(name)}](errors.md#${anchor(name)})`, plain(message)]),
    ),
    'error-list': errorList(errors),
  };
}

/** The Content-Security-Policy, for every region in docs/messenger.md. @returns {Promise<Record<string, string>>} */
async function policies() {
  const sheet = await readFile(new URL('docs/messenger.md', root), 'utf8');
  const regions = [...sheet.matchAll(/^\| (\S.*?) +\| `([\w-]+)`.*\| `([a-z0-9-]+\.[a-z0-9.-]+)` +\|$/gm)];
  const issuer = 'https://login.brand.example';
  const block = (/** @type {string} */ text) => `\`\`\`\n${text}\n\`\`\``;
  return {
    'strict-policy': block(strictPolicy({ nonce: '…', domain: 'mypurecloud.de', issuer })),
    regions: table(
      ['Region', '`environment`', '`D`'],
      regions.map(([, region = '', name = '', domain = '']) => [region, code(name), code(domain)]),
    ),
    policies: regions
      .map(([, region, name, domain = '']) => {
        const sources = {
          'script-src': `https://apps.${domain}`,
          ...strictSources({ domain, issuer }),
          'base-uri': "'none'",
        };
        return `### ${region}: ${code(name ?? '')}\n\n${block(directives(sources))}`;
      })
      .join('\n\n'),
  };
}

/** Each language's name and whether it was proofread stand in the first comment of its file. English has none. */
async function languages() {
  const { labels } = await tsImport('../src/words/labels.ts', import.meta.url);
  const rows = labels
    .trim()
    .split('\n')
    .map((/** @type {string} */ line) => line.split('|'));
  const folder = new URL('src/words/languages/', root);
  const named = await Promise.all(
    (await readdir(folder)).map(async (file) => {
      const comment = /\/\*\* (.+)\. (Proofread|Not proofread)\. \*\//.exec(
        await readFile(new URL(file, folder), 'utf8'),
      );
      if (!comment) throw new Error(`${file} does not begin with its name and whether it was proofread`);
      return [file.replace('.ts', ''), comment.slice(1)];
    }),
  );
  const texts = Object.fromEntries([...named, ['en', ['English', 'Proofread']]]);
  return table(
    ['`lang`', 'Language', '`login`', '`logout`', 'Proofread'],
    rows.map(([tag = '', login = '', logout = '']) => {
      const [name, read] = texts[tag];
      return [code(tag), name, login, logout, read === 'Proofread' ? 'yes' : ''];
    }),
  );
}

/** What the conformance suite and the specifications ask for. */
async function conformance() {
  const { modules, plans, rules } = await tsImport('../test/unit/conformance/plans.ts', import.meta.url);
  const parts = {
    element: 'Tested: the element.',
    genesys: 'Tested: what Genesys Cloud does with the grant.',
  };
  const verdict = (/** @type {string} */ name) => {
    const found = modules[name];
    return found in parts ? parts[/** @type {keyof typeof parts} */ (found)] : found.replace(/^no: /, '');
  };
  const sum = (/** @type {string[]} */ names) => {
    const tested = names.filter((name) => modules[name] in parts);
    return `${tested.length} of ${names.length} apply.`;
  };
  return {
    modules: table(
      ['Module', ''],
      Object.keys(modules).map((name) => [code(name), verdict(name)]),
    ),
    plans: table(
      ['Plan', ''],
      Object.entries(plans).map(([name, found]) => [
        code(name),
        typeof found === 'string' ? found : sum(found),
      ]),
    ),
    rules: Object.entries(rules)
      .map(([specification, titles]) =>
        [`### ${specification}`, titles.map((/** @type {string} */ title) => `- ${title}`).join('\n')].join(
          '\n\n',
        ),
      )
      .join('\n\n'),
  };
}

/** @param {string[]} files @returns {Promise<Record<string, string>>} The text of each, below its name. */
async function examples(files) {
  const texts = files.map(async (file) => {
    const text = await readFile(new URL(file, root), 'utf8');
    const [, folder, name = '', language = ''] = /^test\/examples\/([\w-]+)\/(.+\.m?(\w+))$/.exec(file) ?? [];
    const shown = folder === 'page' ? `page/${name}` : name;
    return [file, `${code(shown)}\n\n\`\`\`${language}\n${text}\`\`\``];
  });
  return Object.fromEntries(await Promise.all(texts));
}

/** @param {ErrorEntry[]} errors @returns {string} A chapter per area, an entry per code. */
function errorList(errors) {
  const areas = new Set(errors.map(areaOf));
  return [...areas]
    .flatMap((area) => [`## ${area}`, ...errors.filter((error) => areaOf(error) === area).map(entry)])
    .join('\n\n');
}

/** @param {ErrorEntry} error */
function areaOf({ code }) {
  return code.split('/')[0];
}

/** @param {ErrorEntry} error */
function entry({ code, message, hint, retryable }) {
  const next = retryable ? 'The visitor can try again.' : 'Trying again does not help.';
  return `### ${code}\n\n${plain(message)} *${next}*\n\n${plain(hint)}`;
}

/** @param {string} heading @param {Item[]} items */
function namesAndTexts(heading, items) {
  return table(
    [heading, ''],
    items.map(({ name, text }) => [code(name), text]),
  );
}

/** @param {string[]} head @param {string[][]} rows Cells are Markdown. */
function table(head, rows) {
  const line = (/** @type {string[]} */ cells) =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

/** @param {string} type A TypeScript type: the words of a union of words, else the type. */
function values(type) {
  return type
    .split('|')
    .map((one) => code(one.trim().replace(/^"(.*)"$/, '$1')))
    .join(', ');
}

/** @param {string} text */
function code(text) {
  return text && `\`${text}\``;
}

/** @param {string} text That is no Markdown. */
function plain(text) {
  return text.replace(/[*_<[\]\\`]/g, '\\$&');
}

/** The anchor of a heading, as GitHub makes it. @param {string} heading */
function anchor(heading) {
  return heading
    .toLowerCase()
    .replace(/[^\w -]/g, '')
    .replaceAll(' ', '-');
}

/** @returns {Promise<ErrorEntry[]>} */
async function readErrors() {
  const { errors, describe } = await tsImport('../src/explanations.ts', import.meta.url);
  return Object.keys(errors).map((code) => describe({ code }));
}
