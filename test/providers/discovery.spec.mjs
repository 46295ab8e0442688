// What the browser reads of each provider, and what it cannot read.
import { test } from './fixtures.mjs';

test('the discovery document is read, and its issuer compared byte for byte; where it cannot be read, the visitor is told so', async ({
  attributes,
  world,
  visitor,
}) => {
  const { issuer } = world.provider;
  const other = issuer.endsWith('/') ? issuer.slice(0, -1) : `${issuer}/`;
  await visitor.opensPageWith({ ...attributes, issuer: other, 'authorization-endpoint': null });
  await visitor.pressesLogin();
  const readable = !('authorization-endpoint' in attributes);
  await visitor.isTold(readable ? 'provider/issuer-mismatch' : 'provider/unreachable');
});
