/**
 * Mutants that survive for a reason: no test could tell them from the code, or none of those that `npm run mutation` runs.
 *
 * @type {{file: string, line: string, mutant?: string, why: string}[]} `line` is part of the line that the mutant is in.
 */
export const explained = [
  {
    file: 'src/regions.ts',
    line: '/^prod-(?!prod$)/',
    mutant: '/^prod-(?!prod)/',
    why: 'No region’s name goes on after `prod-prod`. The pattern says which name is meant.',
  },
  {
    file: 'src/messenger/snippet.ts',
    line: "queryAll(document, 'script').filter(isBootstrap)",
    mutant: "queryAll(document, 'script')",
    why: 'Who asks takes the first that is alive, and only a bootstrap is. The filter is for the types.',
  },
  {
    file: 'src/messenger/snippet.ts',
    line: "createHTMLDocument('')",
    why: 'Nobody sees the document, nor its title.',
  },
  {
    file: 'src/messenger/snippet.ts',
    line: 'return failed(reason as Failure);',
    why: 'Trusted Types that allow nothing would keep the component tests’ own scripts out. The end-to-end tests have such pages (test/e2e/strict.spec.mjs).',
  },
  {
    file: 'src/messenger/snippet.ts',
    line: '!isRunning && target instanceof HTMLScriptElement',
    why: 'It spares a page work when images and frames load, or when all is done. Nothing would come of that work.',
  },
  {
    file: 'src/oidc/discovery-request.ts',
    line: 'AbortSignal.timeout?.(timeLimit)',
    mutant: 'AbortSignal.timeout',
    why: 'Node and this Chromium have it. The end-to-end tests take it away (test/e2e/floor.spec.mjs).',
  },
  {
    file: 'src/oidc/answer.ts',
    line: "const [page = '', query = '', hash = '']",
    why: 'The pattern matches every text, and all its groups take part: the types need the defaults, the code does not.',
  },
  {
    file: 'src/messenger/messenger.ts',
    line: 'genesysOf(window)?.q ?? []',
    mutant: '["Stryker was here"]',
    why: 'A text in the queue is no call, and none of a plugin.',
  },
  {
    file: 'src/sign-in/arrival.ts',
    line: "parseUrl(returnTo ?? '')",
    mutant: '"Stryker was here!"',
    why: 'Neither text is a URL.',
  },
  {
    file: 'src/sign-in/landing.ts',
    line: "navigationOf(window)?.name ?? ''",
    mutant: '"Stryker was here!"',
    why: 'Neither text holds an answer.',
  },
  {
    file: 'src/sign-in/landing.ts',
    line: 'state !== null && isWaiting(state, storage)',
    mutant: 'true',
    why: 'No request waits under the name `null`. The types need the question.',
  },
  {
    file: 'src/sign-in/landing.ts',
    line: "withoutHash(returnTo ?? '')",
    mutant: '"Stryker was here!"',
    why: 'No address begins with either text, but for the empty one, which is asked for.',
  },
  {
    file: 'src/session/surroundings.ts',
    line: "sessionStorage.getItem('')",
    mutant: '"Stryker was here!"',
    why: 'Whatever is read: it matters whether that throws.',
  },
  {
    file: 'src/session/surroundings.ts',
    line: 'window.parent === window',
    mutant: 'false',
    why: 'A page by itself has no ancestors and can look into its own top: the answer is the same, only later.',
  },
  {
    file: 'src/session/surroundings.ts',
    line: "const siteOf = (hostname = '')",
    mutant: '"Stryker was here!"',
    why: 'Both differ from every host name.',
  },
  {
    file: 'src/session/configuration.ts',
    line: 'deploymentId.toLowerCase(), region.domain',
    mutant: 'deploymentId.toUpperCase()',
    why: 'Both sides of the comparison are written alike.',
  },
  {
    file: 'src/session/account.ts',
    line: "let storageKey = ''",
    mutant: '"Stryker was here!"',
    why: 'Before an account is named there is nothing under either name.',
  },
  {
    file: 'src/session/account.ts',
    line: '} catch {',
    mutant: '{}',
    why: 'A function that ends returns undefined, too. A lint rule wants it said.',
  },
  {
    file: 'src/session/rules.ts',
    line: '/^signing-/',
    mutant: '/signing-/',
    why: 'No status has it further on. The pattern says which it is about.',
  },
  {
    file: 'src/session/rules.ts',
    line: '/^(popup\\/closed|provider\\/denied',
    why: 'No code of an error only begins or ends so. The pattern says which it is about.',
  },
  {
    file: 'src/session/ports.ts',
    line: '(ports[name as keyof typeof fallbacks]',
    why: 'A port that throws is as good as one that does nothing.',
  },
  {
    file: 'src/session/ports.ts',
    line: 'attempt(() => cancel?.())',
    mutant: 'cancel()',
    why: 'The same.',
  },
  {
    file: 'src/session/browser-ports.ts',
    line: "tabs?.postMessage('loggedOut')",
    mutant: 'tabs.postMessage',
    why: 'A port that throws is as good as one that does nothing (ports.ts).',
  },
  {
    file: 'src/session/rules.ts',
    line: '/^(signed-out|failed)$/',
    why: 'No status only begins or ends so. The pattern says which it is about.',
  },
];
