import { attempt } from '../attempt.js';
import { failure } from '../failure.js';
import type { Grant } from '../grant.js';
import { key } from '../names.js';
import { discoveryRequest } from '../oidc/discovery-request.js';
import { openPopup } from '../oidc/popup.js';
import { loadPart } from '../parts.js';
import type { Flow } from './flow.js';
import { canUseFrame } from './frames.js';
import { type Arrival, forgetAnswer } from './landing.js';
import type { ProviderOptions, SignIn } from './sign-in.js';

/**
 * Signing in with the brand's provider: what has to happen at once, in the click. All that can wait is in flow.ts.
 *
 * @param arrival what the page has found when it began
 */
export function providerSignIn(
  window: Window,
  options: ProviderOptions,
  arrival?: Exclude<Arrival, 'over'>,
): SignIn {
  const { sessionStorage: storage } = window;
  const inFrame = window.parent !== window;
  let flow: Flow | undefined;
  let asked: Promise<Response> | undefined;
  let popupsBlocked = false;

  /** @param asks the discovery document will be needed, and is asked for while the part is on its way */
  async function open(asks = true): Promise<Flow> {
    if (flow) return flow;
    const provider = options.provider!;
    if (asks && !provider.authorizationEndpoint) asked ??= fetch(...discoveryRequest(provider.issuer));
    // Whoever reads it is told.
    asked?.catch(() => {});
    try {
      const { Flow } = await loadPart('sign-in');
      return (flow ??= new Flow(window, provider, asked));
    } finally {
      asked = undefined;
    }
  }

  async function inPopup(popup: Window, whenBack: () => void, signal: AbortSignal): Promise<Grant> {
    try {
      return await (await open()).inPopup(popup, whenBack, signal);
    } finally {
      popup.close();
    }
  }

  return {
    complete() {
      const found = arrival;
      arrival = undefined;
      if (!found) return undefined;
      if ('failure' in found) return Promise.reject(found.failure);
      return open(false).then((flow) => flow.complete(found.answer));
    },

    get canBeSilent() {
      return canUseFrame(storage);
    },

    async signInSilently() {
      return (await open()).inFrame();
    },

    signInInteractively(whenBack, signal) {
      // A frame cannot be taken to the provider, which would not be shown in it.
      const usesPopup = inFrame || (options.mode === 'popup' && !popupsBlocked && hasChannels());
      if (!usesPopup) return open().then((flow) => flow.byRedirect(signal));
      const clicked = window.navigator.userActivation?.isActive ?? true;
      const popup = openPopup(window);
      if (popup) return inPopup(popup, whenBack, signal);
      // A redirect would lose the page's work unasked. The next click knows.
      popupsBlocked = clicked;
      return Promise.reject(failure('popup/blocked'));
    },

    forget() {
      forgetAnswer(storage);
      flow?.forget();
    },

    async signOut() {
      if (options.provider && options.logout === 'provider') await (await open(false)).signOut();
    },

    prepare() {
      open()
        .then((flow) => flow.prepare())
        .catch(() => {
          // Ignored: a click tries again and reports the failure.
        });
    },
  };
}

/** Without channels no popup can report. */
const hasChannels = () =>
  attempt(() => {
    new BroadcastChannel(key('tabs')).close();
    return true;
  });
