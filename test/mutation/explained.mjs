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
