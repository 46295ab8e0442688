import type { Context } from './context.js';

/**
 * The plugin `Database`: what the page says of its visitor, for flows and agents. `set` replaces what is there, `update`
 * adds to it; `get` and `remove` take a name, and `get` without one gives all (§7).
 */
export function registerDatabase({ bus }: Context): void {
  const plugin = bus.register('Database')!;
  let attributes: Record<string, unknown> = {};
  const attributesIn = (data: Record<string, unknown>): Record<string, unknown> | undefined => {
    const { messaging } = data as { messaging?: { customAttributes?: Record<string, unknown> } };
    return messaging?.customAttributes;
  };
  for (const [command, event, isNew] of [
    ['set', 'updated', true],
    ['update', 'updated', false],
  ] as const) {
    plugin.registerCommand(command, ({ data, resolve, reject }) => {
      const given = attributesIn(data);
      if (!given) return reject('Database: messaging.customAttributes is missing');
      attributes = { ...(isNew ? {} : attributes), ...given };
      plugin.publish(event, { messaging: { customAttributes: { ...attributes } } });
      resolve({ messaging: { customAttributes: { ...attributes } } });
    });
  }
  plugin.registerCommand('get', ({ data, resolve }) => {
    const { name } = data as { name?: string };
    resolve(
      name === undefined
        ? { messaging: { customAttributes: { ...attributes } } }
        : { [name]: attributes[name] },
    );
  });
  plugin.registerCommand('remove', ({ data, resolve }) => {
    const { name } = data as { name?: string };
    if (name !== undefined) delete attributes[name];
    plugin.publish('removed', { name });
    resolve();
  });
  plugin.ready();
}
