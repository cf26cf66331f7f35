// Bundles src into dist: one file that starts, and a chunk for each thing that is loaded when it is used.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'rolldown';
import { yamlAsData } from './yaml-as-data.mjs';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));
// Made aside and then put in place, so that a build that fails leaves what was there.
const draft = `node_modules/.cache/dist-${process.pid}`;
const former = `${draft}-former`;
rmSync(draft, { recursive: true, force: true });
/** Commander can run subcommands that are programs of their own; we have none, and `child_process` takes a while to load. */
const noSubprocesses = {
  name: 'no-subprocesses',
  resolveId: (id, importer) => (id === 'node:child_process' && /[\\/]commander[\\/]/.test(importer) ? '\0none' : null),
  load: (id) => (id === '\0none' ? 'export default {};' : null),
};
// graphql-js checks itself at run time unless it is told that this is production.
const define = { 'process.env.NODE_ENV': '"production"' };
const common = { platform: 'node', plugins: [yamlAsData(), noSubprocesses], transform: { define } };
const output = { dir: draft, minify: 'dce-only', comments: false };
// Scripts, since Node keeps compiled code of those alone.
const { output: chunks } = await build({
  ...common,
  input: { main: 'src/main.ts', index: 'src/index.ts' },
  // Large, and loaded by few runs, from where npm puts them.
  external: ['openapi-typescript', 'typescript', 'jiti', 'inquirer', '@grpc/grpc-js', /^@faker-js\//, /^@stoplight\//],
  // Compiled code that was kept cannot `import()` on Node 20, but can `require` modules of both kinds.
  output: {
    ...output,
    format: 'cjs',
    dynamicImportInCjs: false,
    entryFileNames: '[name].cjs',
    chunkFileNames: 'chunks/[name].cjs',
  },
});
const BUILD = createHash('sha256')
  .update(chunks.map(({ code }) => code).join(''))
  .digest('hex')
  .slice(0, 12);
await build({
  ...common,
  input: { start: 'src/start.ts' },
  transform: { define: { ...define, BUILD: JSON.stringify(BUILD) } },
  output: { ...output, format: 'esm', entryFileNames: '[name].js' },
});
const { exports: names } = chunks.find(({ name }) => name === 'index');
writeFileSync(`${draft}/index.js`, `export { ${names.join(', ')} } from './index.cjs';\n`);
// Declarations only: `npm run types` is what checks.
const compile = ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json', '--noCheck', '--outDir', draft];
execFileSync(process.execPath, compile, { stdio: 'inherit' });
// Two renames leave no moment in which half of it is there, and builds that meet do not trip over each other.
if (existsSync('dist')) renameSync('dist', former);
renameSync(draft, 'dist');
rmSync(former, { recursive: true, force: true });
