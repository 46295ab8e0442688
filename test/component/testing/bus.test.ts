import { expect } from '@open-wc/testing';
import type { BusEvent, Plugin } from '../../../src/testing/index.js';
import { leave, reasonOf, unhandledRejection, Visit } from './harness.js';

afterEach(leave);

describe('Genesys(…), docs/messenger.md §2', () => {
  it('never returns anything, whatever the verb', async () => {
    const { tab } = await Visit.isReady();
    expect(tab.Genesys('command', 'Auth.getTokens', {})).to.equal(undefined);
    expect(tab.Genesys('subscribe', 'Auth.ready', () => {})).to.equal(undefined);
    expect(tab.Genesys('registerPlugin', 'Shop', () => {})).to.equal(undefined);
  });

  for (const verb of ['unsubscribe', 'publish', 'data', 'Command']) {
    it(`knows no verb "${verb}"`, async () => {
      const visit = await Visit.isReady({ record: ['Shop.sale'] });
      const shop = await visit.register('Shop');
      shop.data('cart', 3);
      expect(visit.tab.Genesys(verb, 'Shop.sale', {})).to.equal(undefined);
      shop.publish('sale', { of: 'tea' });
      await visit.quiet();
      expect(visit.events.map(({ data }) => data)).to.deep.equal([{ of: 'tea' }]);
    });
  }

  it('calls back asynchronously, with what the command resolved', async () => {
    const visit = await Visit.isReady();
    const shop = await visit.register('Shop');
    shop.registerCommand('buy', ({ data, resolve }) => resolve({ bought: data.item }));
    shop.ready();
    let value: unknown;
    const done = visit.command('Shop.buy', { item: 'tea' }).then((result) => (value = result));
    expect(value).to.equal(undefined);
    expect(await done).to.deep.equal({ bought: 'tea' });
  });

  it('takes callbacks in place of the data only in the current line', async () => {
    for (const [profile, expected] of [
      ['current', 'ok'],
      ['2.2.8', 'fail'],
    ] as const) {
      const visit = await Visit.isReady({ profile });
      const shop = await visit.register('Shop');
      shop.registerCommand('buy', ({ resolve }) => resolve());
      shop.ready();
      // 2.2.8 takes the third argument for data and the fourth for the success callback.
      const called = new Promise((resolve) =>
        visit.tab.Genesys(
          'command',
          'Shop.buy',
          () => resolve('ok'),
          () => resolve('fail'),
        ),
      );
      expect(await called, profile).to.equal(expected);
    }
  });

  it('takes names as they are written', async () => {
    const visit = await Visit.isReady();
    expect(await reasonOf(visit.command('auth.getTokens'))).to.equal('Plugin does not exist');
    const shop = await visit.register('Shop');
    shop.ready();
    shop.registerCommand('buy', ({ resolve }) => resolve());
    expect(await reasonOf(visit.command('Shop.Buy'))).to.equal('Command does not exist');
  });

  it('tells onFail that a name is taken, and never calls the callback', async () => {
    const visit = await Visit.isReady();
    await visit.register('Shop');
    const reason = await reasonOf(visit.register('Shop'));
    expect(reason).to.match(/^%cCan't register plugin Shop .*Name is already taken$/);
  });

  it('is silent about a taken name without onFail', async () => {
    const visit = await Visit.isReady();
    let called = false;
    visit.tab.Genesys('registerPlugin', 'Auth', () => (called = true));
    await visit.quiet();
    expect(called).to.equal(false);
    expect(visit.errors).to.deep.equal([]);
  });

  it('rejects commands of an unknown plugin at once', async () => {
    const visit = await Visit.isReady();
    expect(await reasonOf(visit.command('Nobody.home'))).to.equal('Plugin does not exist');
  });

  it('takes a command without a plugin for one of its own', async () => {
    const visit = await Visit.isReady();
    expect(await reasonOf(visit.command('nope'))).to.equal('Command does not exist');
    const shop = await visit.register('Shop');
    shop.registerCommand('buy', ({ resolve }) => resolve('tea'));
    shop.ready();
    expect(await shop.command('buy')).to.equal('tea');
  });

  it('calls back before the events that were published meanwhile', async () => {
    const visit = await Visit.isReady();
    const shop = await visit.register('Shop');
    shop.registerCommand('buy', ({ resolve }) => {
      shop.publish('sale');
      resolve();
    });
    shop.ready();
    const order: string[] = [];
    const sale = visit.next('Shop.sale').then(() => order.push('event'));
    await visit.command('Shop.buy').then(() => order.push('callback'));
    await sale;
    expect(order).to.deep.equal(['callback', 'event']);
  });

  it('rejects unknown commands of a ready plugin', async () => {
    const visit = await Visit.isReady();
    (await visit.register('Shop')).ready();
    expect(await reasonOf(visit.command('Shop.sell'))).to.equal('Command does not exist');
  });

  it('keeps the commands of a plugin until it is ready', async () => {
    const visit = await Visit.isReady();
    const shop = await visit.register('Shop');
    const handled: unknown[] = [];
    shop.registerCommand('buy', ({ data, resolve }) => {
      handled.push(data.item);
      resolve();
    });
    const both = [visit.command('Shop.buy', { item: 1 }), visit.command('Shop.buy', { item: 2 })];
    await visit.quiet();
    expect(handled).to.deep.equal([]);
    shop.ready();
    await Promise.all(both);
    expect(handled).to.deep.equal([1, 2]);
  });

  it('never answers a kept command that does not exist by then', async () => {
    const visit = await Visit.isReady();
    const shop = await visit.register('Shop');
    let answered = false;
    const answer = () => (answered = true);
    visit.tab.Genesys('command', 'Shop.sell', {}, answer, answer);
    shop.ready();
    await visit.quiet();
    expect(answered).to.equal(false);
    expect(visit.errors).to.deep.equal([]);
  });

  it('prints every reason of a rejection', async () => {
    const visit = await Visit.isReady();
    const shop = await visit.register('Shop');
    shop.registerCommand('buy', ({ reject }) => reject('sold out'));
    shop.ready();
    await reasonOf(visit.command('Shop.buy'));
    await reasonOf(shop.command('Nobody.home'));
    expect(visit.errors).to.deep.equal(['sold out', 'Plugin does not exist']);
  });
});

describe('The plugin object, docs/messenger.md §3', () => {
  let visit: Visit;
  let shop: Plugin;
  beforeEach(async () => {
    visit = await Visit.isReady();
    shop = await visit.register('Shop');
    shop.ready();
  });

  it('has the documented members', () => {
    expect(shop).to.include.keys(
      'publish republish subscribe unsubscribe command before registerCommand registerEvents data ready namespace log registry subscribers'.split(
        ' ',
      ),
    );
    expect(shop.namespace).to.equal('Shop');
  });

  it('hands its handlers the request', async () => {
    const asked = new Promise((resolve) => shop.registerCommand('buy', resolve));
    visit.tab.Genesys('command', 'Shop.buy', { item: 'tea' });
    const request = (await asked) as Record<string, unknown>;
    expect(request).to.include({ commander: 'Genesys', command: 'Shop.buy' });
    expect(request.data).to.deep.equal({ item: 'tea' });
    expect(request.time).to.be.a('number');
    expect(request.resolve).to.be.a('function');
    expect(request.reject).to.be.a('function');
  });

  it('names the plugin that calls', async () => {
    const commander = new Promise((resolve) =>
      shop.registerCommand('buy', (request) => resolve(request.commander)),
    );
    const other = await visit.register('Other');
    void other.command('Shop.buy');
    expect(await commander).to.equal('Other');
  });

  for (const data of [undefined, null, 'text', 7]) {
    it(`makes an object of ${JSON.stringify(data)} as data`, async () => {
      shop.registerCommand('buy', (request) => request.resolve(request.data));
      expect(await visit.command('Shop.buy', data)).to.deep.equal({});
      const sale = visit.next('Shop.sale');
      shop.publish('sale', data);
      expect((await sale).data).to.deep.equal({});
    });
  }

  it('keeps the first answer', async () => {
    shop.registerCommand('buy', ({ resolve, reject }) => {
      resolve('first');
      resolve('second');
      reject('third');
    });
    expect(await visit.command('Shop.buy')).to.equal('first');
    expect(visit.errors).to.deep.equal([]);
  });

  it('rejects when a handler throws', async () => {
    shop.registerCommand('buy', () => {
      throw 'broken';
    });
    expect(await reasonOf(visit.command('Shop.buy'))).to.equal('broken');
  });

  it('leaves the caller waiting for ever when an async handler throws', async () => {
    const unhandled = unhandledRejection();
    shop.registerCommand('buy', async () => {
      throw 'broken later';
    });
    let answered = false;
    const answer = () => (answered = true);
    visit.tab.Genesys('command', 'Shop.buy', {}, answer, answer);
    expect(await unhandled).to.equal('broken later');
    await visit.quiet();
    expect(answered).to.equal(false);
  });

  it('returns a promise from command', async () => {
    shop.registerCommand('buy', ({ resolve }) => resolve('tea'));
    const result = shop.command('Shop.buy');
    expect(result).to.be.a('promise');
    expect(await result).to.equal('tea');
  });

  it('publishes under its own name, asynchronously', async () => {
    const seen: BusEvent[] = [];
    visit.subscribe('Shop.sale', (event) => seen.push(event));
    const sale = visit.next('Shop.sale');
    shop.publish('sale', { of: 'tea' });
    expect(seen).to.deep.equal([]);
    await sale;
    expect(seen[0]).to.include({ publisher: 'Shop', event: 'Shop.sale' });
    expect(seen[0]?.data).to.deep.equal({ of: 'tea' });
    expect(seen[0]?.time).to.be.a('number');
  });

  it('gives republished events to late subscribers, others not', async () => {
    shop.publish('opened');
    shop.republish('stock', { left: 2 });
    shop.republish('stock', { left: 1 });
    const seen: string[] = [];
    visit.subscribe('Shop.opened', ({ event }) => seen.push(event));
    expect((await visit.next('Shop.ready')).event).to.equal('Shop.ready');
    expect((await visit.next('Shop.stock')).data).to.deep.equal({ left: 1 });
    expect(seen).to.deep.equal([]);
  });

  it('unsubscribes itself, and nobody else', async () => {
    const seen: string[] = [];
    shop.subscribe('Shop.sale', () => seen.push('Shop'));
    visit.subscribe('Shop.sale', () => seen.push('Genesys'));
    expect(shop.subscribers('Shop.sale')).to.deep.equal(['Shop', 'Genesys']);
    expect(shop.unsubscribe('Shop.sale')).to.equal(true);
    expect(shop.unsubscribe('Shop.sale')).to.equal(false);
    shop.publish('sale');
    await visit.quiet();
    expect(seen).to.deep.equal(['Genesys']);
  });

  it("reads any plugin's data, and writes only its own", async () => {
    expect(shop.data('Auth.authenticated')).to.equal(false);
    shop.data('cart', 3);
    const other = await visit.register('Other');
    expect(other.data('Shop.cart')).to.equal(3);
    expect(other.data('Nobody.cart')).to.equal(undefined);
    other.data('Shop.cart', 4);
    expect(other.data('Shop.cart')).to.equal(3);
  });

  it('takes writing undefined or null for a read', () => {
    shop.data('cart', 3);
    expect(shop.data('cart', undefined)).to.equal(3);
    expect(shop.data('cart', null)).to.equal(3);
    expect(shop.data('cart', 0)).to.equal(0);
  });

  it('lets hooks hold up or stop a command', async () => {
    const order: string[] = [];
    shop.registerCommand('buy', ({ resolve }) => {
      order.push('buy');
      resolve();
    });
    const other = await visit.register('Other');
    other.before('Shop.buy', ({ data, resolve, reject }) => {
      order.push('before');
      if (data.item === 'tea') resolve();
      else reject('not sold here');
    });
    await visit.command('Shop.buy', { item: 'tea' });
    expect(await reasonOf(visit.command('Shop.buy', { item: 'gold' }))).to.equal('not sold here');
    expect(order).to.deep.equal(['before', 'buy', 'before']);
  });

  it('lists the registered plugins', () => {
    expect(shop.registry()).to.include.members(['GenesysJS', 'Auth', 'AuthProvider', 'Shop']);
  });

  it('takes only plain data once there are frames', async () => {
    shop.publish('sale', { callback: () => {} });
    const signedIn = await Visit.signsIn();
    expect(() => signedIn.provider.plugin.publish('signedIn', { callback: () => {} }))
      .to.throw()
      .with.property('name', 'DataCloneError');
  });

  it('leaves everything open to any script of the page', async () => {
    const { provider } = visit;
    void visit.command('AuthProvider.getAuthCode');
    await provider.asked('getAuthCode');
    const second = await provider.asked('getAuthCode');
    expect([provider.calls[0]?.commander, second.commander]).to.have.members(['Auth', 'Genesys']);
  });
});
