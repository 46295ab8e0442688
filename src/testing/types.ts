/** The line of the SDK that is imitated: 2.2.8 was run and read, `current` stands for 2.14 (docs/messenger.md). */
export type Profile = '2.2.8' | 'current';

/** A window with its globals: the page that Messenger runs in, which need not be the one that loaded this module. */
export type Page = Window & typeof globalThis;

/** `Genesys.c`: what the snippet says about itself. */
export interface SnippetConfig {
  /** A Genesys environment name as its author wrote it, for example `prod-euc1`. */
  environment: string;
  deploymentId: string;
  debug?: boolean;
}

/** `domains.json` of a deployment. */
export interface DeploymentDomains {
  /** `true`: every host may use the deployment, whatever `allowedDomains` says. */
  allowAllDomains?: boolean;
  allowedDomains?: string[];
}

/** `config.json` of a deployment, as far as the double looks at it. */
export interface DeploymentConfig {
  id?: string;
  /** Where it says anything but `Active`, no chat is offered. */
  status?: string;
  auth?: {
    enabled?: boolean;
    /** Step-up: anonymous visitors may chat and sign in later. */
    allowSessionUpgrade?: boolean;
  };
  messenger?: {
    launcherButton?: {
      /** `On` by default; `Launcher.show` and `Launcher.hide` work with `OnDemand` only. */
      visibility?: 'On' | 'Off' | 'OnDemand';
    };
  };
}

/** What `AuthProvider.getAuthCode` resolves with (docs/messenger.md §4.4). */
export interface AuthCodeGrant {
  authCode?: string;
  redirectUri?: string;
  codeVerifier?: string;
  nonce?: string;
  maxAge?: number;
  iss?: string;
}

/** What Messenger holds for a visitor who is signed in. */
export interface Tokens {
  jwt: string;
  refreshToken?: string;
}

/** How Messenger behaves where nobody knows it for certain, and what it runs on. */
export interface BootOptions {
  /** Default: `current`. */
  profile?: Profile;
  /** How the Genesys Cloud API is reached. Default: the page's own `fetch`. */
  fetch?: typeof fetch;
  /**
   * Whether the current line redeems the code that `reAuthenticate` resolves with, and does not call `getAuthCode` (§4.2,
   * not known). Default: `false`.
   */
  reAuthenticateBringsCode?: boolean;
  /** Step-up: whether `getAuthCode` is called while the page loads (docs/messenger.md §4.3, not known). Default: `false`. */
  getAuthCodeAtLoadInStepUp?: boolean;
  /** Step-up: whether the anonymous chat waits for that call's answer (§4.3, not known). Default: `false`. */
  anonymousChatWaitsForAuthCode?: boolean;
  /**
   * Whether the conversation, and with it the plugin `MessagingService`, exists as soon as the chat has loaded, or only
   * from the first time the visitor opens it (§4.3, not known). Default: `load`.
   */
  conversationStarts?: 'load' | 'open';
}
