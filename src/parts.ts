import { failure } from './failure.js';
import type { LoadLanguage } from './words/index.js';

/** What is loaded when it is needed, and not before. The pasted file loads its parts otherwise: parts.pasted.ts. */
const loaders = {
  'sign-in': () => import('./sign-in/flow.js'),
  explanations: () => import('./explanations.js'),
  doctor: () => import('./doctor/index.js'),
  words: () => import('./words/index.js'),
};

export type PartName = keyof typeof loaders;
export type Part<Name extends PartName> = Awaited<ReturnType<(typeof loaders)[Name]>>;

/**
 * Loads a part, once. A part that could not be loaded is tried again at the next need.
 *
 * @throws Failure `configuration/chunk-missing`
 */
export async function loadPart<Name extends PartName>(name: Name): Promise<Part<Name>> {
  try {
    return (await loaders[name]()) as Part<Name>;
  } catch (cause) {
    throw failure('configuration/chunk-missing', name, { cause });
  }
}

/** A language, as the part with the words lists it. */
export const loadLanguage: LoadLanguage = (_, load) => load();
