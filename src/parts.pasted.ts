import { failure } from './failure.js';
import type { Part, PartName } from './parts.js';
import { currentScript } from './readings.js';
import { importIntact } from './scripts.js';

type Integrity = Partial<Record<PartName, string>>;

/** The integrity of the parts that visitors need. The build writes it in, and that of the others into the part with the words. */
declare const PARTS: Integrity;

/** As the tag has it now, where there is one. */
const written = globalThis.document && currentScript(document)?.src;

/**
 * This file's address, as a browser writes it into a stack: a module has no current script, and a `<base>` that comes after
 * a script's tag changes what its relative `src` reads as. Only when a part is needed: for a stack, V8 reads the whole file
 * a second time.
 */
const ownAddress = (): string | undefined =>
  /(?:https?|file):\/\/.+?(?=:\d+(?::\d+)?\)?$)/m.exec(Error().stack ?? '')?.[0] ?? written;

const loading = new Map<string, Promise<unknown>>();
let failures = 0;

async function importPart(name: string, integrity: string): Promise<unknown> {
  const file = `genesys-auth-messenger.${name}.js`;
  const own = ownAddress();
  if (!own) throw failure('configuration/chunk-missing', file);
  // Firefox remembers a failed module by its address until the page is reloaded; another fragment is another address.
  return importIntact(window, new URL(failures ? `${file}#${failures}` : file, own).href, integrity);
}

function load(name: string, integrity: string): Promise<unknown> {
  const part =
    loading.get(name) ??
    importPart(name, integrity).catch((reason) => {
      failures++;
      loading.delete(name);
      throw reason;
    });
  loading.set(name, part);
  return part;
}

const integrityOf = async (name: PartName) =>
  PARTS[name] ?? ((await load('words', PARTS.words!)) as { others: Integrity }).others[name]!;

/** As `loadPart` of parts.ts: integrity on the one tag covers the parts, too. */
export const loadPart = async <Name extends PartName>(name: Name) =>
  load(name, await integrityOf(name)) as Promise<Part<Name>>;

/** As `loadLanguage` of parts.ts. */
export const loadLanguage = (tag: string, integrity: string) => load(`languages/${tag}`, integrity);
