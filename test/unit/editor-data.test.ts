import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';

const root = new URL('../../', import.meta.url);
const read = (file: string) => readFileSync(new URL(file, root), 'utf8');
const { readElement } = await import(new URL('scripts/element-api.mjs', root).href);
const { editorData } = await import(new URL('scripts/editor-data.mjs', root).href);

interface Named {
  name: string;
  text: string;
}
const api = readElement() as Record<
  'attributes' | 'events' | 'slots' | 'parts' | 'cssProperties' | 'states',
  Named[]
>;
const names = (items: Named[]) => items.map(({ name }) => name);
const kebab = (name: string) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
const events = names(api.events).flatMap((name) => [name, kebab(name)]);

describe('what the build has written for editors', () => {
  for (const [file, content] of Object.entries(editorData(readElement(), JSON.parse(read('package.json'))))) {
    it(`dist/${file} says what the documentation block says`, () =>
      assert.equal(read(`dist/${file}`), content));
  }

  it('custom-elements.json names everything that is documented', () => {
    const { modules } = JSON.parse(read('dist/custom-elements.json'));
    const [declaration] = modules[0].declarations;
    assert.equal(declaration.tagName, 'genesys-auth-messenger');
    assert.deepEqual(names(declaration.attributes), names(api.attributes));
    assert.deepEqual(names(declaration.events), events);
    assert.deepEqual(names(declaration.slots), names(api.slots));
    assert.deepEqual(names(declaration.cssParts), names(api.parts));
    assert.deepEqual(names(declaration.cssProperties), names(api.cssProperties));
    assert.deepEqual(names(declaration.cssStates), names(api.states));
    for (const method of ['signIn', 'signOut']) assert.ok(names(declaration.members).includes(method));
  });

  it("Visual Studio Code's data names every attribute, and the words that one may have", () => {
    const [tag] = JSON.parse(read('dist/vscode.html-custom-data.json')).tags;
    assert.equal(tag.name, 'genesys-auth-messenger');
    assert.deepEqual(names(tag.attributes), names(api.attributes));
    const mode = tag.attributes.find(({ name }: Named) => name === 'mode');
    assert.deepEqual(names(mode.values), ['redirect', 'popup']);
  });

  it("JetBrains' web-types name everything, and the version", () => {
    const { name, version, contributions } = JSON.parse(read('dist/web-types.json'));
    assert.deepEqual({ name, version }, pick(JSON.parse(read('package.json'))));
    const [element] = contributions.html.elements;
    assert.deepEqual(names(element.attributes), names(api.attributes));
    assert.deepEqual(names(element.js.events), events);
    assert.deepEqual(names(element.css.properties), names(api.cssProperties));
  });
});

const pick = ({ name, version }: Record<string, string>) => ({ name, version });
