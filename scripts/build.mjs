// Bundles src into dist: one file that starts, and a chunk for each thing that is loaded when it is used.
import { execFileSync } from 'node:child_process';
import { existsSync, renameSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'rolldown';
import { yamlAsData } from './yaml-as-data.mjs';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));
// Made aside and then put in place, so that a build that fails leaves what was there.
const draft = `node_modules/.cache/dist-${process.pid}`;
const former = `${draft}-former`;
rmSync(draft, { recursive: true, force: true });
await build({
  input: { main: 'src/main.ts', index: 'src/index.ts' },
  platform: 'node',
  // Loaded by `types` alone, from where npm puts them: the compiler is larger than all else together.
  external: ['openapi-typescript', 'typescript'],
  plugins: [yamlAsData()],
  output: {
    dir: draft,
    format: 'esm',
    entryFileNames: '[name].js',
    chunkFileNames: 'chunks/[name].js',
    minify: 'dce-only',
    comments: false,
  },
});
// Declarations only: `npm run types` is what checks.
const compile = ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json', '--noCheck', '--outDir', draft];
execFileSync(process.execPath, compile, { stdio: 'inherit' });
// Two renames leave no moment in which half of it is there, and builds that meet do not trip over each other.
if (existsSync('dist')) renameSync('dist', former);
renameSync(draft, 'dist');
rmSync(former, { recursive: true, force: true });
