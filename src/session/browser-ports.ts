import { hideMessenger } from '../messenger/nodes.js';
import { key } from '../names.js';
import { listen, read } from '../readings.js';
import { forgetLeaving } from '../sign-in/landing.js';
import type { SiteMemory } from '../site-memory.js';
import type { Account } from './account.js';
import type { Configuration } from './configuration.js';
import type { Ports } from './ports.js';
import type { Session } from './session.js';

type BrowserPorts = Omit<Ports, 'options' | 'signIn' | 'startMessenger' | 'notify' | 'tell' | 'trace'> & {
  /** Tells the session what this window and the site's other tabs do. */
  follow(session: Session): void;
};

/** This window, the site's other tabs and its later pages, as a session needs them. */
export function browserPorts(
  window: Window,
  siteMemory: SiteMemory,
  account: Account,
  configuration: () => Configuration,
): BrowserPorts {
  const { document, sessionStorage } = window;
  const name = (what: string) => key(what, configuration().deploymentId);
  const recall = () => siteMemory.get(name('session'));
  let tabs: BroadcastChannel | undefined;
  return {
    memory: sessionStorage,
    now: () => Date.now(),
    after(milliseconds, then) {
      const timer = window.setTimeout(then, milliseconds);
      return () => window.clearTimeout(timer);
    },
    announceLogout: () => tabs?.postMessage('loggedOut'),
    remember(what) {
      if (what !== 'nothing') siteMemory.set(name('session'), what);
      else if (recall() === 'signed-in') siteMemory.set(name('session'), undefined);
    },
    recall,
    sameAccount: account.isSame,
    keepAccount: account.keep,
    hideChat: (hidden) => hideMessenger(document, hidden),
    visible: () => read(document, 'visibilityState') !== 'hidden',
    follow(session) {
      const open = () => {
        try {
          tabs = new BroadcastChannel(name('tabs'));
          tabs.onmessage = ({ data }) => data === 'loggedOut' && session.hearLogout();
        } catch {
          // Other tabs then notice when they load.
        }
      };
      open();
      listen(document, 'visibilitychange', () => session.changeVisibility());
      // An open channel would keep the page out of the back/forward cache in some browsers.
      window.addEventListener('pagehide', () => tabs?.close());
      window.addEventListener('pageshow', ({ persisted }) => {
        if (!persisted) return;
        open();
        forgetLeaving(sessionStorage);
        // Messenger, too, holds the truth of another time, and it cannot be restarted.
        const isIn = session.isAuthenticated;
        if (isIn === (recall() === 'signed-in') && !(isIn && !account.isSame())) session.comeBack();
        else window.location.reload();
      });
    },
  };
}
