/** The name of something of ours in storage, of a lock or of a channel; nobody else on the site uses such names. */
export const key = (...parts: readonly string[]): string => ['genesys-auth-messenger', ...parts].join(':');
