/**
 * `npm run release`: everything that is attached to a release, in release/. The zip holds what a site publishes; the notes
 * hold the tag to paste, with the version and the digest; the bill of materials says what the package depends on. The
 * WordPress plugin is one file.
 */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { zipSync } from 'fflate';
import { npm, packedFiles } from './npm.mjs';

const { name, version } = JSON.parse(readFileSync('package.json', 'utf8'));
const folder = 'release';
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder);

// Builds.
npm(['pack', '--pack-destination', folder], { stdio: ['ignore', 'ignore', 'inherit'] });

const published = packedFiles('.').filter((path) =>
  /^(LICENSE|dist\/(genesys-auth-messenger[\w./-]*\.js|integrity\.json|setup\/(index\.html|setup\.css|setup\.js)))$/.test(
    path,
  ),
);
// The same bytes whenever it is made: a zip can hold no date before 1980.
const mtime = new Date(1980, 0, 1);
const files = published.map((path) => [path.replace('dist/', ''), [readFileSync(path), { mtime }]]);
writeFileSync(`${folder}/${name}-${version}.zip`, zipSync(Object.fromEntries(files)));

writeFileSync(
  `${folder}/${name}-${version}.cdx.json`,
  npm(['sbom', '--package-lock-only', '--omit=dev', '--sbom-format=cyclonedx', '--sbom-type=library'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  }),
);

const plugin = readFileSync(`demo/wordpress/${name}.php`, 'utf8');
writeFileSync(`${folder}/${name}.php`, plugin.replace(/^ \* Version: .*$/m, ` * Version: ${version}`));

const integrity = JSON.parse(readFileSync('dist/integrity.json', 'utf8'));
writeFileSync(
  `${folder}/notes.md`,
  `${changes()}

## Paste

\`\`\`html
<script
  src="https://cdn.jsdelivr.net/npm/${name}@${version}/dist/${name}.js"
  integrity="${integrity[`${name}.js`]}"
  crossorigin
  async
></script>
\`\`\`

To host the files yourself, take them from the zip.
`,
);

/** @returns {string} What CHANGELOG.md says of this version. */
function changes() {
  const [, ...sections] = readFileSync('CHANGELOG.md', 'utf8').split(/^## /m);
  const own = sections.find((section) => section.startsWith(`[${version}]`));
  if (own) return own.slice(own.indexOf('\n')).trim();
  console.error(`CHANGELOG.md has no section [${version}].`);
  return process.exit(1);
}
