import fc from 'fast-check';
import { failure } from '../../../../src/failure.js';
import {
  BrokenInvariant,
  breakable,
  type Setup,
  type Tab,
  type Weather,
  World,
  fairWeather,
} from './world.js';

const second = 1_000;
const minute = 60 * second;
const tabLimit = 3;

/** Something that may happen, to one of the tabs, in one of its variants: by number, or the variant itself. */
interface Step {
  kind: keyof typeof steps;
  tab?: number;
  choice?: number | { is: unknown };
}

type Act = (world: World, tab: Tab, choice: Choice) => string | undefined | Promise<string | undefined>;
type Choice = NonNullable<Step['choice']>;

const pick = <Item>(items: readonly Item[], choice: Choice): Item =>
  items[typeof choice === 'number' ? choice % items.length : items.indexOf(choice.is as Item)]!;

/** What each step does. Gives it in words, or nothing when it cannot happen at the moment. */
const steps = {
  'click login': (_, { page, away }) => {
    if (away || !page || !/signed-out|failed/.test(page.session.shown.status)) return;
    page.ask(true);
    return 'click login';
  },
  'page calls signIn': (_, { page, away }) => {
    if (away || !page) return;
    page.ask(false);
    return 'the page calls signIn()';
  },
  "click a button of the page's": (_, { page, away }) => {
    if (away || !page) return;
    page.ask(true);
    return "click a button of the page's, which calls signIn()";
  },
  'click logout': (_, { page, away }) => {
    if (away || page?.session.shown.status !== 'signed-in') return;
    page.logOut();
    return 'click logout';
  },
  reload: (_, tab, choice) => {
    if (!tab.page || tab.away) return;
    const asks = pick([false, false, true], choice);
    tab.load(asks);
    return asks ? 'reload, and the page calls signIn() at once' : 'reload';
  },
  'somebody else signs in on the site': (world, { page, away }, choice) => {
    if (!world.setup.account) return;
    world.user = world.user === 'ada' ? 'grace' : 'ada';
    const isTold = pick([true, false], choice) && page && !away;
    if (isTold && page.account !== world.user) page.changeAccount(world.user);
    return `${world.user} is signed in on the site${isTold ? ', and the page says so' : ''}`;
  },
  'look elsewhere': (_, { page, away }) => {
    if (away || !page) return;
    page.see(!page.isVisible);
    return page.isVisible ? 'look at the page again' : 'look at another tab';
  },
  'open a tab': (world) => {
    if (world.tabs.length === tabLimit) return;
    world.openTab();
    return `open tab ${world.tabs.length}`;
  },
  'close the tab': (world, tab) => {
    if (!tab.page || world.tabs.filter(({ page }) => page).length === 1) return;
    tab.close();
    return 'close the tab';
  },
  'go away': (_, tab) => {
    if (!tab.page || tab.away) return;
    tab.goAway('elsewhere');
    return 'go to another site';
  },
  back: (_, tab) => {
    if (!tab.away) return;
    tab.comeBack();
    return 'Back';
  },
  'stop the navigation': (_, { page }) => {
    if (!page?.isLeaving) return;
    page.stopNavigation();
    return 'stop the browser';
  },
  'come back from the provider': (world, tab, choice) => {
    if (tab.away !== 'at the provider') return;
    const arrival = pick(['code', 'code', 'error'] as const, choice);
    if (arrival === 'code') world.weather.providerSession = true;
    tab.arrival = arrival;
    tab.load();
    return `come back from the provider with ${arrival === 'code' ? 'a code' : 'an error'}`;
  },
  'answer the popup': (world, { popup }, choice) => {
    if (!popup) return;
    const outcome = pick(['code', 'code', 'code', 'error', 'nothing'] as const, choice);
    if (outcome === 'nothing') {
      if (!world.setup.own) return;
      popup.answer('nothing');
      return 'authorize() gives nothing';
    }
    if (outcome === 'error') {
      popup.answer(failure('provider/denied'));
      return 'cancel in the popup';
    }
    world.weather.providerSession = true;
    popup.answer('code');
    return 'sign in in the popup';
  },
  'close the popup': (_, { popup }) => {
    if (!popup) return;
    popup.close();
    return 'the popup is closed or left';
  },
  'press the sign-in entry': (_, { page, away }) => {
    const { messenger } = page ?? {};
    if (away || !page || !messenger) return;
    let pressed = false;
    page.ask(true, () => (pressed = messenger.pressSignIn()));
    return pressed ? "press Messenger's sign-in entry" : undefined;
  },
  refresh: (_, { page, away }, choice) => {
    if (away || !page?.messenger?.reported) return;
    const answer = pick(['refused', 'no refresh token', 'unavailable'] as const, choice);
    page.messenger.refresh(answer);
    return `a token has to be refreshed: ${answer}`;
  },
  'get tokens': (_, { page, away }) => {
    if (away || !page?.messenger?.isReady) return;
    page.messenger.getTokens();
    return 'Messenger wants tokens once more';
  },
  'log out elsewhere': (world, { page }) => {
    if (!world.site.tokens) return;
    world.site.tokens = false;
    world.isLoggedOutElsewhere = true;
    if (page) page.hasSocket = true;
    world.notifyOtherMessengers();
    return 'the visitor logs out on another device';
  },
  'forge a logout': (world, { page, away }) => {
    if (away || !page || world.site.remembered === 'logged-out') return;
    page.hearForgedLogout();
    return 'a script says that the visitor has logged out elsewhere';
  },
  'clear site data': (world) => {
    if (!world.site.tokens) return;
    world.site.tokens = false;
    return 'the tokens vanish';
  },
  'open the chat': (_, { page }) => {
    if (!page || page.hasSocket) return;
    page.hasSocket = true;
    return 'the chat is opened: Messenger hears of logouts';
  },
  network: ({ weather }, _, choice) => {
    weather.network = pick(['fast', 'slow', 'never'], choice);
    return `the network is ${weather.network === 'never' ? 'dead' : weather.network}`;
  },
  provider: ({ weather }, _, choice) => {
    weather.provider = pick(['ok', 'error', 'unreachable', 'never'], choice);
    return `the provider's answer: ${weather.provider}`;
  },
  'provider session': ({ weather }) => {
    weather.providerSession = !weather.providerSession;
    return `the provider's session ${weather.providerSession ? 'begins' : 'ends'}`;
  },
  frames: ({ weather }) => {
    weather.frames = !weather.frames;
    return `frames ${weather.frames ? 'work' : 'do not work'}`;
  },
  popups: ({ weather }) => {
    weather.popups = !weather.popups;
    return `popups are ${weather.popups ? 'allowed' : 'blocked'}`;
  },
  messenger: ({ weather }, _, choice) => {
    weather.messenger = pick(
      ['ok', 'late', 'blocked', 'off', 'mute', 'conflict', 'forbidden'] as const,
      choice,
    );
    return `Messenger's start from now on: ${weather.messenger}`;
  },
  api: ({ weather }, _, choice) => {
    weather.api = pick([200, 401, 504, 403, 400, 404, 409, 429, 500, 'gone', 'never'] as const, choice);
    return `exchanges are answered from now on: ${weather.api}`;
  },
  logout: ({ weather }, _, choice) => {
    weather.logout = pick(['ok', 'refused', 'never'], choice);
    return `logouts are answered from now on: ${weather.logout}`;
  },
  wait: async ({ clock }, _, choice) => {
    const time = pick([0.05, 0.05, 0.05, 1, 6, 16, 70, 11 * 60], choice) * second;
    await clock.pass(time);
    return `${time / second} s pass`;
  },
  sleep: async ({ clock }) => {
    await clock.sleep(2 * minute);
    return 'the computer sleeps for two minutes';
  },
} satisfies Record<string, Act>;

/** How often each kind of step comes, compared with the others. */
const often: Partial<Record<keyof typeof steps, number>> = {
  wait: 14,
  'click login': 6,
  'come back from the provider': 6,
  'answer the popup': 4,
  refresh: 4,
  reload: 4,
  'stop the navigation': 3,
  api: 3,
};

/** What is mostly this, and otherwise one of those. */
const seldom = <Value>(mostly: Value, ...otherwise: Value[]) =>
  fc.oneof({ arbitrary: fc.constant(mostly), weight: 3 }, fc.constantFrom(...otherwise));

const setups: fc.Arbitrary<Setup> = fc.record({
  mode: fc.constantFrom('redirect', 'popup'),
  silent: fc.boolean(),
  lazy: fc.boolean(),
  own: fc.oneof({ arbitrary: fc.constant(false), weight: 4 }, fc.constant(true)),
  stepUp: fc.oneof({ arbitrary: fc.constant(false), weight: 2 }, fc.constant(true)),
  asksAtLoad: fc.boolean(),
  chatWaits: fc.boolean(),
  asksBeforeReady: fc.boolean(),
  refreshTokens: fc.boolean(),
  takesReAuthentication: fc.boolean(),
  account: fc.boolean(),
  backForwardCache: fc.boolean(),
  // Without timers nothing ends that is never answered, and without memory a reload forgets the guard: stories of their own.
  broken: seldom('nothing', ...breakable.filter((port) => port !== 'after' && port !== 'memory')),
  // Then no request can be kept, and no provider comes into it: a story of its own.
  storageIsFull: fc.constant(false),
  weather: fc.record({
    network: seldom(fairWeather.network, 'slow'),
    providerSession: fc.boolean(),
    frames: fc.boolean(),
    messenger: seldom(fairWeather.messenger, 'late', 'blocked', 'mute', 'conflict', 'forbidden'),
    api: seldom(fairWeather.api, 400, 401, 403, 500, 504, 'gone', 'never'),
    logout: seldom(fairWeather.logout, 'refused', 'never'),
  }),
});

const stories: fc.Arbitrary<Step[]> = fc.array(
  fc.record({
    kind: fc.oneof(
      ...(Object.keys(steps) as Step['kind'][]).map((kind) => ({
        arbitrary: fc.constant(kind),
        weight: often[kind] ?? 1,
      })),
    ),
    tab: fc.nat(tabLimit - 1),
    choice: fc.nat(23),
  }),
  { maxLength: 50, size: 'max' },
);

const plain: Setup = {
  mode: 'redirect',
  silent: false,
  lazy: false,
  own: false,
  stepUp: false,
  asksAtLoad: false,
  chatWaits: false,
  asksBeforeReady: false,
  refreshTokens: false,
  takesReAuthentication: false,
  account: false,
  backForwardCache: false,
  storageIsFull: false,
  broken: 'nothing',
  weather: {},
};

/** Plays a story to its end, and beyond it until everything is quiet. */
export async function play(setup: Partial<Setup>, story: readonly Step[]): Promise<World> {
  const world = new World({ ...plain, ...setup });
  const unhandled: unknown[] = [];
  const note = (reason: unknown) => unhandled.push(reason);
  process.on('unhandledRejection', note);
  try {
    world.openTab();
    await world.clock.pass(0);
    for (const { kind, tab: number = 0, choice = 0 } of story) {
      const tab = pick(world.tabs, number);
      const act: Act = steps[kind];
      const line = world.story.length;
      const done = await act(world, tab, choice);
      if (done) world.story.splice(line, 0, world.tabs.length > 1 ? `tab ${tab.number}: ${done}` : done);
      await world.clock.pass(0);
      world.check();
      world.demand(!unhandled.length, `an exception: ${String(unhandled[0])}`);
    }
    await end(world);
    world.check();
    world.demand(!unhandled.length, `an exception: ${String(unhandled[0])}`);
    return world;
  } catch (error) {
    throw new BrokenStory(error, world);
  } finally {
    process.off('unhandledRejection', note);
  }
}

/** Everything goes quiet and works again; then whoever wants to sign in can. */
async function end(world: World): Promise<void> {
  const { clock } = world;
  const settle = async () => {
    for (const tab of world.tabs) {
      tab.popup?.answer(failure('popup/closed'));
      if (tab.away) tab.comeBack();
      tab.page?.see(true);
    }
    await clock.pass(3 * minute);
  };
  world.note(undefined, 'everything works again, and goes quiet');
  world.mend();
  await settle();
  await settle();
  for (const { page } of world.tabs) {
    if (page?.state === 'live') page.checkQuiet();
  }

  for (const tab of world.tabs) {
    if (!tab.page) continue;
    await settle();
    if (await signsIn(world, tab)) continue;
    world.note(undefined, `tab ${tab.number}: reload`);
    tab.load();
    await settle();
    world.demand(await signsIn(world, tab), 'a click does not end signed in, not even after a reload');
  }
}

/** The visitor signs in, and does whatever that takes. */
async function signsIn(world: World, tab: Tab): Promise<boolean> {
  const { clock } = world;
  if (tab.page!.session.shown.status !== 'signed-in') {
    world.note(undefined, `tab ${tab.number}: click login`);
    tab.page!.ask(true);
    await clock.pass(second);
    if (tab.away) {
      world.note(undefined, `tab ${tab.number}: come back from the provider with a code`);
      tab.arrival = 'code';
      tab.load();
    } else tab.popup?.answer('code');
    await clock.pass(3 * minute);
    tab.page!.checkQuiet();
  }
  return tab.page!.session.shown.status === 'signed-in';
}

/** A story that should have ended otherwise. */
class BrokenStory extends Error {
  constructor(cause: unknown, { setup, story }: World) {
    const what = cause instanceof BrokenInvariant ? cause.message : String((cause as Error).stack);
    const { weather, ...rest } = setup;
    const bad = Object.entries(weather).filter(
      ([name, value]) => fairWeather[name as keyof Weather] !== value,
    );
    const particulars = [...Object.entries(rest).filter(([, value]) => value), ...bad];
    super(
      [
        what,
        `given ${particulars.map(([name, value]) => (value === true ? name : `${name} ${value}`)).join(', ')}`,
        ...story,
      ].join('\n    '),
      { cause },
    );
  }
}

export interface Result {
  /** How many stories. */
  played: number;
  /** The shortest story that ends badly. */
  broken?: string;
}

/** Plays so many stories. */
export const property = fc.asyncProperty(setups, stories, async (setup, story) => {
  await play(setup, story);
});

export async function explore({ runs, seed }: { runs: number; seed: number }): Promise<Result> {
  const { numRuns, failed, errorInstance } = await fc.check(property, { numRuns: runs, seed });
  return { played: numRuns, ...(failed && { broken: (errorInstance as Error).message }) };
}
