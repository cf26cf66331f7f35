import { Failure } from '../../failure.ts';
import type { Io } from '../../io.ts';
import type { Rule } from '../../rules/rule.ts';
import { firstThere } from './data.ts';
import type { PeerConfig, PeerName } from './peer.ts';

/**
 * Where the linters look for what they are told: https://docs.stoplight.io/docs/spectral, https://redocly.com/docs/cli/configuration,
 * https://buf.build/docs/configuration/v2/buf-yaml, https://eslint.org/docs/latest/use/configure/configuration-files.
 */
const places: Readonly<Record<PeerName, readonly string[]>> = {
  spectral: ['yaml', 'yml', 'json', 'js', 'mjs', 'cjs', 'ts'].map((ending) => `.spectral.${ending}`),
  redocly: ['redocly.yaml', 'redocly.yml', '.redocly.yaml', '.redocly.yml'],
  buf: ['buf.yaml', 'buf.work.yaml'],
  'graphql-eslint': [
    ...['js', 'mjs', 'cjs', 'ts', 'mts', 'cts'].map((ending) => `eslint.config.${ending}`),
    ...['', '.json', '.yaml', '.yml', '.js', '.cjs'].map((ending) => `.eslintrc${ending}`),
    ...['', '.json', '.yaml', '.yml'].map((ending) => `.graphql-schema-linterrc${ending}`),
    'package.json',
  ],
};

/** The configurations of other linters in the working directory: the first file of each. */
export async function peersHere(io: Io): Promise<{ readonly peer: PeerName; readonly file: string }[]> {
  const found: { peer: PeerName; file: string }[] = [];
  for (const peer of Object.keys(places) as PeerName[]) {
    const file = firstThere(places[peer], io);
    if (file === null) continue;
    if (peer !== 'graphql-eslint') found.push({ peer, file });
    else for (const one of await graphqlFiles(io)) found.push({ peer, file: one });
  }
  return found;
}

/** Of all files in which settings for GraphQL may stand, those that have some. */
async function graphqlFiles(io: Io): Promise<string[]> {
  const { readGraphqlEslint } = await import('./graphql-eslint.ts');
  const found: string[] = [];
  for (const file of places['graphql-eslint']) {
    if (io.kind(file) === 'file' && (await readGraphqlEslint(file, io).catch(() => null)) !== null) found.push(file);
  }
  return found;
}

/**
 * Reads what another linter is told in the working directory; graphql-eslint may be told in several files.
 * @param rules ours, which tell what need not go on in the other linter's own engine
 * @throws Failure when there is nothing, or it cannot be read
 */
export async function readPeer(peer: PeerName, rules: readonly Rule[], io: Io): Promise<PeerConfig[]> {
  const configs: PeerConfig[] = [];
  for (const file of places[peer].filter((path) => io.kind(path) === 'file')) {
    const config = await readers[peer](file, io, rules);
    if (config) configs.push(config);
    // Only ESLint's neighbours stand beside each other; the others read the first file that they find.
    if (config && peer !== 'graphql-eslint') break;
  }
  if (configs.length > 0) return configs;
  throw new Failure(
    `there is nothing to carry over: ${peer} looks for ${listing(places[peer])} in the working directory.`,
  );
}

const readers: Readonly<
  Record<PeerName, (file: string, io: Io, rules: readonly Rule[]) => Promise<PeerConfig | null>>
> = {
  spectral: async (file, io, rules) => {
    const covered = new Set(rules.flatMap(({ equivalents }) => equivalents));
    return (await import('./spectral.ts')).readSpectral(file, covered, io);
  },
  redocly: async (file, io) => (await import('./redocly.ts')).readRedocly(file, io),
  buf: async (file, io) => (await import('./buf.ts')).readBuf(file, io),
  'graphql-eslint': async (file, io) => (await import('./graphql-eslint.ts')).readGraphqlEslint(file, io),
};

function listing(paths: readonly string[]): string {
  const shown = paths.map((path) => `\`${path}\``);
  return `${shown.slice(0, -1).join(', ')} or ${shown.at(-1)}`;
}
