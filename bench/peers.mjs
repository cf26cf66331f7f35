// Installs the tools that we measure against into a folder of their own, apart from the project's dependencies.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The versions that are measured. */
export const versions = { '@redocly/cli': '2' };

/** @returns {string} the folder in which the peers are installed */
export function installPeers(cache) {
  if (!existsSync(join(cache, 'node_modules'))) {
    mkdirSync(cache, { recursive: true });
    writeFileSync(join(cache, 'package.json'), JSON.stringify({ private: true, dependencies: versions }));
    execFileSync('npm', ['install', '--no-audit', '--no-fund', '--omit=dev'], { cwd: cache, stdio: 'inherit' });
  }
  return cache;
}

/** The arguments of node that lint documents with Redocly's recommended rules. */
export function redocly(cache, documents) {
  const bin = join(cache, 'node_modules/@redocly/cli/bin/cli.js');
  return [bin, 'lint', '--extends', 'recommended', '--format', 'json', '--max-problems', '1000000', ...documents];
}
