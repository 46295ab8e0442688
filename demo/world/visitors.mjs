/**
 * @typedef {object} Visitor Somebody with an account at the brand.
 * @property {string} login
 * @property {string} password
 * @property {string} name
 * @property {string} givenName
 * @property {string} email
 */

/** @type {Record<'ada' | 'grace' | 'alan', Visitor>} */
export const visitors = {
  ada: visitor('ada', 'engine', 'Ada', 'Lovelace'),
  grace: visitor('grace', 'compiler', 'Grace', 'Hopper'),
  alan: visitor('alan', 'enigma', 'Alan', 'Turing'),
};

/** @returns {Visitor} @param {string} login @param {string} password @param {string} given @param {string} family */
function visitor(login, password, given, family) {
  return { login, password, name: `${given} ${family}`, givenName: given, email: `${login}@example.com` };
}
