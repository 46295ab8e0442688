import { failure } from './failure.js';
import type { Part, PartName } from './parts.js';
import { currentScript } from './readings.js';
import { importIntact } from './scripts.js';

/** Each part's integrity. The build writes it in. */
declare const PARTS: Record<PartName, string>;

/**
 * This file's address, as a browser writes it into a stack: a module has no current script, and a `<base>` that comes after
 * a script's tag changes what its relative `src` reads as.
 */
const own =
  /(?:https?|file):\/\/.+?(?=:\d+(?::\d+)?\)?$)/m.exec(Error().stack ?? '')?.[0] ??
  (globalThis.document && currentScript(document)?.src);

const loading = new Map<PartName, Promise<unknown>>();
let failures = 0;

/** As `loadPart` of parts.ts: integrity on the one tag covers the parts, too. */
export async function loadPart<Name extends PartName>(name: Name): Promise<Part<Name>> {
  const file = `genesys-auth-messenger.${name}.js`;
  if (!own) throw failure('configuration/chunk-missing', file);
  // Firefox remembers a failed module by its address until the page is reloaded; another fragment is another address.
  const url = new URL(failures ? `${file}#${failures}` : file, own).href;
  const part =
    loading.get(name) ??
    importIntact(window, url, PARTS[name]).catch((reason) => {
      failures++;
      loading.delete(name);
      throw reason;
    });
  loading.set(name, part);
  return (await part) as Part<Name>;
}
