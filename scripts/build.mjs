// Bundles src into dist: one file that starts, and a chunk for each thing that is loaded when it is used.
import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'rolldown';
import { yamlAsData } from './yaml-as-data.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
process.chdir(root);
rmSync('dist', { recursive: true, force: true });
await build({
  input: { main: 'src/main.ts', index: 'src/index.ts' },
  platform: 'node',
  plugins: [yamlAsData()],
  output: {
    dir: 'dist',
    format: 'esm',
    chunkFileNames: 'chunks/[name]-[hash].js',
    minify: 'dce-only',
    comments: false,
  },
});
execFileSync(process.execPath, ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json'], { stdio: 'inherit' });
