import fc from 'fast-check';

/** What several suites make up. No value here is a secret of anybody's. */
export const origin = 'https://brand.example';

/** Text of all kinds: plain, any Unicode, percent signs, very long. */
export const text: fc.Arbitrary<string> = fc.oneof(
  fc.string(),
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.constantFrom('', '%', '%zz', '%00', '\u202e', '\ud800', '🔑', '__proto__', 'x'.repeat(9_000)),
);

/** Values of all types, also such as cannot be made text. */
export const anything: fc.Arbitrary<unknown> = fc.oneof(
  text,
  fc.anything({ withNullPrototype: true, withBigInt: true, withDate: true, withMap: true }),
  fc.constantFrom<unknown>(null, undefined, Symbol('odd'), () => 'text', { toString: 1, valueOf: 1 }),
);

/** Text that was JSON of `good` once: fields changed, added or missing, or the text cut off. */
export const spoiltJson = (good: fc.Arbitrary<object>): fc.Arbitrary<string> =>
  fc
    .record({
      good,
      changes: fc.dictionary(
        good.chain((example) => fc.constantFrom(...Object.keys(example))),
        fc.option(fc.jsonValue(), { nil: undefined }),
        { maxKeys: 3 },
      ),
      length: fc.option(fc.nat(400), { nil: undefined, freq: 6 }),
    })
    .map(({ good, changes, length }) => JSON.stringify({ ...good, ...changes }).slice(0, length));

export const isLoopbackHost = (hostname: string): boolean =>
  hostname === 'localhost' ||
  hostname.endsWith('.localhost') ||
  hostname === '[::1]' ||
  hostname.startsWith('127.');

/** A URL that may take part in a sign-in, said anew and without the element's own rule. */
export function isSecure(url: string): boolean {
  const { protocol, hostname, username, password } = new URL(url);
  return (
    !username && !password && (protocol === 'https:' || (protocol === 'http:' && isLoopbackHost(hostname)))
  );
}

export const reserved =
  'client_id client_secret code code_challenge code_challenge_method code_verifier dpop_jkt id_token_hint max_age nonce prompt redirect_uri request request_uri response_mode response_type scope state'.split(
    ' ',
  );
