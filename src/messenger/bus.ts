/** The parts of Messenger's plugin bus that we use (docs/messenger.md §§2–3). */

export interface GenesysFunction {
  (
    verb: 'command',
    name: string,
    data: object,
    onOk?: (data: unknown) => void,
    onFail?: (reason: unknown) => void,
  ): void;
  (verb: 'subscribe', event: string, callback: (event: BusEvent) => void): void;
  (
    verb: 'registerPlugin',
    name: string,
    callback: (plugin: Plugin) => void,
    onFail?: (reason: unknown) => void,
  ): void;
  /** Calls made before the bootstrap ran. */
  q?: unknown[];
  t?: number;
  c?: SnippetConfig;
}

export interface SnippetConfig {
  environment?: string;
  deploymentId?: string;
  debug?: boolean;
}

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

declare global {
  interface Window {
    Genesys?: GenesysFunction;
    _genesysJs?: string;
  }
}

/** The part of a deployment's configuration that decides about signing in (docs/messenger.md §§1, 4.3). */
export interface DeploymentConfig {
  status?: string;
  auth?: { enabled?: boolean; allowSessionUpgrade?: boolean };
}

export function deploymentConfig(data: Record<string, unknown> | undefined): DeploymentConfig | undefined {
  return data?.['deploymentConfig'] as DeploymentConfig | undefined;
}
