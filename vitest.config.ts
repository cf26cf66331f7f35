import { defineConfig } from 'vitest/config';
import { yamlAsData } from './scripts/yaml-as-data.mjs';

export default defineConfig({
  plugins: [yamlAsData()],
  test: { include: ['test/**/*.test.ts'], testTimeout: 60_000 },
});
