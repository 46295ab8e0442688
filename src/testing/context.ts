import type { Bus } from './bus.js';
import type { Origins } from './regions.js';
import type { BootOptions, DeploymentConfig, Page, Profile, SnippetConfig } from './types.js';

/** What the plugins of one Messenger share. */
export interface Context {
  readonly page: Page;
  readonly bus: Bus;
  readonly profile: Profile;
  readonly options: BootOptions;
  readonly origins: Origins;
  readonly snippet: SnippetConfig;
  /** `config.json`, once it has arrived. */
  deployment?: DeploymentConfig;
}

/** The chat is there for anonymous visitors, who can sign in later; 2.2.8 knows no step-up (docs/messenger.md §4.3). */
export const isStepUp = ({ profile, deployment }: Context): boolean =>
  profile !== '2.2.8' && deployment?.auth?.enabled === true && deployment.auth.allowSessionUpgrade === true;

/** What the Genesys Cloud API answered. */
export interface Answer {
  /** The HTTP status, `0` when no answer came. */
  status: number;
  statusText: string;
  /** The JSON body, or `{message}` when there was none to read. */
  body: Record<string, unknown>;
}

/** Calls the Genesys Cloud API; a network failure is an answer with status 0. */
export async function call(
  { page, options }: Context,
  method: string,
  url: string,
  { body, jwt }: { body?: unknown; jwt?: string | undefined } = {},
): Promise<Answer> {
  const headers = new page.Headers();
  if (body !== undefined) headers.set('content-type', 'application/json');
  if (jwt) headers.set('authorization', `Bearer ${jwt}`);
  const request = options.fetch ?? page.fetch.bind(page);
  try {
    const response = await request(url, {
      method,
      headers,
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const { status, statusText } = response;
    return { status, statusText, body: await response.json().catch(() => ({ message: statusText })) };
  } catch (error) {
    return { status: 0, statusText: '', body: { message: error instanceof Error ? error.message : '' } };
  }
}
