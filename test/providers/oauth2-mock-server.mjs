// For tests: signs everybody in as the same person, without a page.
/** @type {import('./fixtures.mjs').OpenIdProvider} */
export default {
  behaviour: {
    iss: false,
    session: false,
    silent: true,
    answersUnknown: true,
    maxAge: false,
    accepts: ['redirect URI', 'client secret'],
    logout: 'returns',
    refresh: 'openid profile email',
  },
  async start({ origin, port, account }) {
    const { OAuth2Server } = await import(/** @type {string} */ ('oauth2-mock-server'));
    const server = new OAuth2Server();
    await server.issuer.keys.generate('RS256');
    server.issuer.url = origin;
    server.service.on('beforeTokenSigning', (/** @type {any} */ { payload }) => {
      payload.name = account.name;
    });
    await server.start(port, '127.0.0.1');
    return { issuer: origin, stop: () => server.stop() };
  },
  fillsIn: async () => {},
};
