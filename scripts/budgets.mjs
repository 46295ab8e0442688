/**
 * Brotli bytes: the paste file, which every visitor downloads; with the part for signing in; all that a page can load.
 * @type {Record<string, number>}
 */
export const budgets = { 'genesys-auth-messenger.js': 15_360, 'to sign in': 21_504, total: 32_768 };
