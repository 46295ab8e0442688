/**
 * Mutants that survive for a reason: no test could tell them from the code (`npm run mutation`).
 * @type {{file: string, code: string, mutant?: string, why: string}[]}
 */
export const explained = [];
