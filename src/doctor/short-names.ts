/**
 * What the pasted file calls happenings and actions, to be short, and what they are called. Empty in a package, where they
 * have their names; the build of the pasted file writes its own in.
 */
const names: Record<string, string> = {};

/** @param what a line of the session's trace */
export const spelledOut = (what: string): string => what.replace(/\$\w+/, (short) => names[short] ?? short);
