// Stands for a part of ours: counts how often it runs.
globalThis.timesRun = (globalThis.timesRun ?? 0) + 1;
export const value = 'loaded';
