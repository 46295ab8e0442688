import { failure } from '../failure.js';

/**
 * Loads what is needed when somebody signs in.
 *
 * @throws Failure `configuration/chunk-missing`; the next call tries again
 */
export async function loadFlow(): Promise<typeof import('./flow.js')> {
  try {
    return await import('./flow.js');
  } catch (error) {
    throw failure('configuration/chunk-missing', error instanceof Error ? error.message : undefined);
  }
}
