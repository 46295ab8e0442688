/** The package carries no types; everything else sees it through provider.mjs. */
declare module 'oidc-provider';
