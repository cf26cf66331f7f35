// Spectral's own command line, in a folder apart from the project's dependencies: what rulesets of Spectral are compared with.
// `node bench/spectral-cli.mjs` installs it; `node bench/spectral-cli.mjs RULESET DOCUMENT` also prints what it finds, as JSON.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { argv, stdout } from 'node:process';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('../.cache/bench/spectral-cli', import.meta.url));
const program = join(folder, 'node_modules/@stoplight/spectral-cli/dist/index.js');
const manifest = JSON.stringify({ private: true, dependencies: { '@stoplight/spectral-cli': '6' } });

/** Whether it has been installed. */
export const isInstalled = () => existsSync(program);

/** Installs it where it is not yet. */
export function install() {
  const path = join(folder, 'package.json');
  if (isInstalled() && readFileSync(path, 'utf8') === manifest) return;
  mkdirSync(folder, { recursive: true });
  writeFileSync(path, manifest);
  const flags = ['--no-audit', '--no-fund', '--omit=dev', '--no-save', '--ignore-scripts'];
  execFileSync('npm', ['install', ...flags], { cwd: folder, stdio: 'inherit' });
}

/** What it finds in a document, in a process of its own. */
export function findings(ruleset, document, cwd) {
  const parameters = [program, 'lint', '--ruleset', ruleset, '--format', 'json', '--quiet', document];
  const { stdout: text, stderr } = spawnSync('node', parameters, { cwd, encoding: 'utf8', maxBuffer: 1e9 });
  try {
    return JSON.parse(text);
  } catch {
    throw new Error(`Spectral's own command failed: ${text}${stderr}`);
  }
}

if (argv[1] === fileURLToPath(import.meta.url)) {
  install();
  const [ruleset, document] = argv.slice(2);
  if (document) stdout.write(`${JSON.stringify(findings(ruleset, document), null, 2)}\n`);
}
