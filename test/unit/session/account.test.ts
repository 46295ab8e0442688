import assert from 'node:assert/strict';
import { type TestContext, describe, it } from 'node:test';
import { openAccount } from '../../../src/session/account.js';
import type { SiteMemory } from '../../../src/site-memory.js';
import { deploymentId } from './page.js';

const otherDeployment = '11111111-2222-4333-8444-555555555555';
const ann = 'ann@brand.example';
const bob = 'bob@brand.example';

/** What the site remembers, and accounts of one page after the other that share it. */
function site(stored: Record<string, string> = {}) {
  const kept = new Map(Object.entries(stored));
  const memory: SiteMemory = {
    get: (key) => kept.get(key) ?? null,
    set: (key, value) => void (value === undefined ? kept.delete(key) : kept.set(key, value)),
  };
  return { kept, open: () => openAccount(memory) };
}

/** Ann has signed in here. */
async function siteOfAnn() {
  const one = site();
  const account = one.open();
  await account.use(deploymentId, ann);
  account.keep(true);
  assert.equal(one.kept.size, 1);
  return one;
}

/** The test says when each digest is there. */
function holdDigests(t: TestContext): (() => void)[] {
  const deliver: (() => void)[] = [];
  const digest = crypto.subtle.digest.bind(crypto.subtle);
  t.mock.method(crypto.subtle, 'digest', async (...of: Parameters<typeof digest>) => {
    // In the order in which they were asked for.
    const held = new Promise<void>((resolve) => deliver.push(resolve));
    const bytes = await digest(...of);
    await held;
    return bytes;
  });
  return deliver;
}

describe('the account that the page names', () => {
  it('is the one that has signed in, also on a later page, and nobody else is', async () => {
    const { open } = await siteOfAnn();
    // The empty name: nobody is signed in on the site.
    for (const [name, isSame] of [
      [ann, true],
      [bob, false],
      ['', false],
      [ann.toUpperCase(), false],
    ] as const) {
      const later = open();
      await later.use(deploymentId, name);
      assert.equal(later.isSame(), isSame, name);
    }
  });

  it('is nobody’s where none has signed in', async () => {
    const account = site().open();
    await account.use(deploymentId, ann);
    assert.equal(account.isSame(), false);
  });

  it('is not compared where the page does not say it, whoever has signed in', async () => {
    const { open } = await siteOfAnn();
    const later = open();
    assert.equal(later.isSame(), true, 'no word of it yet');
    assert.equal(await later.use(deploymentId, undefined), false);
    assert.equal(later.isSame(), true);
  });

  it('is kept as a digest, which later versions still know', async () => {
    const { kept } = await siteOfAnn();
    // Written by hand: another form would end the session of everybody who was signed in before an update.
    const digest = 'mVjP50mAlR4h3RyKQH5Btysuqw7tD7DcxCCYN0lEi7I=';
    const entry = { [`genesys-auth-messenger:account:${deploymentId}`]: digest };
    assert.deepEqual(Object.fromEntries(kept), entry);
    const updated = site(entry).open();
    await updated.use(deploymentId, ann);
    assert.equal(updated.isSame(), true);
  });

  it('is forgotten with the session', async () => {
    const { kept, open } = await siteOfAnn();
    const later = open();
    await later.use(deploymentId, ann);
    later.keep(false);
    assert.equal(kept.size, 0);
    assert.equal(later.isSame(), false);
  });

  it('is not kept where the page does not name it: what was kept is then of somebody else', async () => {
    const { kept, open } = await siteOfAnn();
    const later = open();
    await later.use(deploymentId, undefined);
    later.keep(true);
    assert.equal(kept.size, 0);
  });

  it('leaves no trace before it was ever named', () => {
    const { kept, open } = site();
    open().keep(true);
    assert.equal(kept.size, 0);
  });

  it('is another one only after somebody was named, and only where somebody is named now', async () => {
    const account = site().open();
    const answers = [];
    for (const name of [ann, ann, bob, '', ann, undefined, undefined, bob])
      answers.push([name, await account.use(deploymentId, name)]);
    assert.deepEqual(answers, [
      [ann, false],
      [ann, undefined],
      [bob, true],
      // Logged out on the site.
      ['', true],
      [ann, false],
      // The page has only stopped to say it.
      [undefined, false],
      [undefined, undefined],
      [bob, false],
    ]);
  });

  it('is compared anew for another deployment, in which nobody has signed in yet', async () => {
    const { kept, open } = await siteOfAnn();
    const account = open();
    await account.use(deploymentId, ann);
    assert.equal(account.isSame(), true);
    assert.notEqual(await account.use(otherDeployment, ann), undefined);
    assert.equal(account.isSame(), false);
    account.keep(true);
    assert.equal(account.isSame(), true);
    const digests = [...kept.values()];
    assert.equal(digests.length, 2);
    assert.notEqual(digests[0], digests[1], 'nobody sees that it is the same person');
    // Back to the first one: that was kept as it was.
    await account.use(deploymentId, ann);
    assert.equal(account.isSame(), true);
  });
});

describe('while the digest is computed', () => {
  it('the account is nobody’s, and nothing is kept of it', async (t) => {
    const { kept, open } = await siteOfAnn();
    const deliver = holdDigests(t);
    const account = open();
    const named = account.use(deploymentId, ann);
    assert.equal(account.isSame(), false);
    account.keep(true);
    assert.equal(kept.size, 0);
    deliver[0]!();
    assert.equal(await named, false);
    account.keep(true);
    assert.equal(account.isSame(), true);
  });

  it('the one of before is kept no longer', async (t) => {
    const { kept, open } = await siteOfAnn();
    const account = open();
    await account.use(deploymentId, ann);
    const deliver = holdDigests(t);
    const named = account.use(deploymentId, bob);
    assert.equal(account.isSame(), false);
    account.keep(true);
    assert.equal(kept.size, 0);
    deliver[0]!();
    assert.equal(await named, true);
  });

  for (const [order, ...places] of [
    ['first', 0, 1],
    ['last', 1, 0],
  ] as const)
    it(`another name takes its place, though the digest of the first comes ${order}`, async (t) => {
      const { open } = await siteOfAnn();
      const deliver = holdDigests(t);
      const account = open();
      const answers = [account.use(deploymentId, ann), account.use(deploymentId, bob)];
      for (const place of places) {
        deliver[place]!();
        await answers[place];
        assert.equal(account.isSame(), false, 'Bob is not Ann');
      }
      assert.deepEqual(await Promise.all(answers), [undefined, true]);
      account.keep(true);
      const later = open();
      t.mock.restoreAll();
      await later.use(deploymentId, bob);
      assert.equal(later.isSame(), true);
    });

  it('a page that stops to name anybody is not asked again', async (t) => {
    const { open } = await siteOfAnn();
    const deliver = holdDigests(t);
    const account = open();
    const named = account.use(deploymentId, bob);
    assert.equal(await account.use(deploymentId, undefined), false);
    deliver[0]!();
    assert.equal(await named, undefined, 'nobody waits for this answer any more');
    assert.equal(account.isSame(), true);
  });
});

describe('where no digest can be computed', () => {
  const failures = {
    'is refused': () => Promise.reject(new Error('refused')),
    'is missing': () => {
      throw new TypeError('missing');
    },
  };
  for (const [what, fail] of Object.entries(failures))
    it(`the account is nobody’s, and nothing is kept: it ${what}`, async (t) => {
      const { kept, open } = await siteOfAnn();
      t.mock.method(crypto.subtle, 'digest', fail);
      const account = open();
      assert.equal(await account.use(deploymentId, ann), false);
      assert.equal(account.isSame(), false, 'in doubt it is another one');
      account.keep(true);
      assert.equal(kept.size, 0);
      assert.equal(account.isSame(), false);
      assert.equal(await account.use(deploymentId, bob), true);
    });
});
