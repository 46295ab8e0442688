import { type Failure, failure } from '../failure.js';
import type { ErrorCode } from '../explanations.js';
import type { ExchangeFailure } from './listener.js';

/** The parts of Messenger's plugin bus that we use (docs/messenger.md §§2–3). */

export interface BusEvent {
  event: string;
  data: Record<string, unknown>;
}

/** What a command handler is given. The first `resolve` or `reject` wins. */
export interface CommandEvent {
  /** Who calls: the name of a plugin, or `Genesys` for the page. */
  commander: string;
  data: Record<string, unknown>;
  resolve(data?: unknown): void;
  reject(reason: unknown): void;
}

export interface Plugin {
  registerCommand(name: string, handler: (event: CommandEvent) => void): void;
  subscribe(event: string, callback: (event: BusEvent) => void): void;
  publish(event: string, data?: object): void;
  command(name: string, data?: object): Promise<unknown>;
  data(name: string): unknown;
  ready(): void;
}

/** What `Auth.error` means (docs/messenger.md §4.1). */
export function exchangeFailure(cause: Record<string, unknown>): ExchangeFailure {
  const { status } = cause;
  if (typeof status !== 'number') return noAnswer();
  return {
    reason: failure(exchangeCode(status), `HTTP status ${status}`, { cause }),
    callsAgain: [401, 403, 504].includes(status),
  };
}

function exchangeCode(status: number): ErrorCode {
  if (status === 404) return 'exchange/not-found';
  if (status === 409) return 'exchange/conflict';
  return [408, 429].includes(status) || status >= 500 ? 'exchange/unavailable' : 'exchange/refused';
}

export const noAnswer = (): ExchangeFailure => ({
  reason: failure('exchange/unavailable', 'no answer'),
  callsAgain: false,
});

/** Why `Auth.logout` was not confirmed; undefined: the visitor was logged out already, for example because site data was cleared. */
export function logoutFailure(reason: unknown): Failure | undefined {
  // A text of the bus's, or the API's error body.
  const { message } = Object(reason) as { message?: unknown };
  const text = [message, reason].find((text) => typeof text === 'string') ?? 'no reason';
  return /not authenticated/.test(text) ? undefined : failure('logout/incomplete', text);
}

/** The part of a deployment's configuration that decides about signing in (docs/messenger.md §§1, 4.3). */
export interface DeploymentConfig {
  status?: string;
  auth?: { enabled?: boolean; allowSessionUpgrade?: boolean };
  messenger?: { launcherButton?: { visibility?: string } };
}

export function deploymentConfig(data: Record<string, unknown> | undefined): DeploymentConfig | undefined {
  return data?.['deploymentConfig'] as DeploymentConfig | undefined;
}

/** How the bus refuses what it does not know (docs/messenger.md §2). */
export const isUnknownCommand = (reason: unknown): boolean =>
  reason === 'Command does not exist' || reason === 'Plugin does not exist';
