// `npm run docs` writes the pages that are made from the rules; with `--check` it says which are out of date.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { rolldown } from 'rolldown';
import { yamlAsData } from './yaml-as-data.mjs';

const top = join(dirname(fileURLToPath(import.meta.url)), '..');
const { projectDocs, staleDocs } = await importSource('project-docs.ts');
const { pages, faults } = await projectDocs();
const stale = staleDocs(pages, top);
if (!process.argv.includes('--check')) {
  for (const path of stale) mend(path, pages.get(path));
  console.log(`${pages.size} pages, ${stale.length} of them changed.`);
} else if (stale.length > 0) {
  console.error(`Out of date; \`npm run docs\` mends it:\n${stale.map((path) => `  ${path}`).join('\n')}`);
  process.exitCode = 1;
}
if (faults.length > 0) {
  console.error(
    `Mend the rules' \`equivalents\` or scripts/peers.yaml:\n${faults.map((fault) => `  ${fault}`).join('\n')}`,
  );
  process.exitCode = 1;
}

/** Writes a page, or removes one that nothing is left to say on. */
function mend(path, text) {
  const file = join(top, path);
  if (text === undefined) return rmSync(file);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

/** What a TypeScript file beside this one exports, bundled so that Node can run it. */
async function importSource(name) {
  const folder = mkdtempSync(join(top, 'node_modules', '.docs-'));
  process.on('exit', () => rmSync(folder, { recursive: true }));
  const input = join(top, 'scripts', name);
  const bundle = await rolldown({ input, platform: 'node', plugins: [yamlAsData()], logLevel: 'silent' });
  await bundle.write({ dir: folder, format: 'esm', entryFileNames: 'entry.mjs', chunkFileNames: '[name].mjs' });
  await bundle.close();
  return import(pathToFileURL(join(folder, 'entry.mjs')).href);
}
