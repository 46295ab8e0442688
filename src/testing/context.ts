import type { Bus } from './bus.js';
import type { Origins } from './regions.js';
import { later } from './turns.js';
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
  /** The JSON body; `{message}` when there was none to read, `{}` when no answer came. */
  body: Record<string, unknown>;
}

/**
 * Calls the Genesys Cloud API; a network failure is an answer with status 0. The answer comes in a task of its own,
 * however it was fetched: what was published before is heard before (docs/messenger.md §8).
 */
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
  let answer: Answer = { status: 0, statusText: '', body: {} };
  try {
    const response = await request(url, {
      method,
      headers,
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const { status, statusText } = response;
    answer = { status, statusText, body: await response.json().catch(() => ({ message: statusText })) };
  } catch {
    // No answer.
  }
  await new Promise<void>((resolve) => later(page, resolve));
  return answer;
}
