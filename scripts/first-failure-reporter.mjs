/** Reporter for `npm run mutation`: the first failure is enough. */

/** @param {AsyncIterable<{type: string}>} events */

export default async function* report(events) {
  for await (const { type } of events) if (type === 'test:fail') process.exit(1);
}
