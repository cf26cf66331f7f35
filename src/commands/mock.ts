import { dirname } from 'node:path';
import type { Command } from 'commander';
import { loadConfig } from '../config/config.ts';
import { Failure } from '../failure.ts';
import type { Io } from '../io.ts';
import type { Api } from '../languages/language.ts';
import { brokenPlaces } from '../mock/broken.ts';
import { endpoints } from '../mock/endpoints.ts';
import { type Mock, startMock } from '../mock/mock.ts';
import { keySetProblem } from '../mock/rest/jwt.ts';
import { parseRate } from '../mock/rest/limits.ts';
import { parseChaos, parseLatency } from '../mock/rest/trouble.ts';
import { defaultSettings, type MockSettings, troubles } from '../mock/settings.ts';
import { loadData, saveData } from '../mock/store/data-file.ts';
import type { Store } from '../mock/store/store.ts';
import { rules } from '../rules/index.ts';
import { type CommonFlags, type ConfigFlags, example, many, oneOf, takeConfig, wholeNumber } from './command.ts';
import { type DocumentFlags, findDocuments, readDocuments } from './documents.ts';

interface Flags extends CommonFlags, ConfigFlags, DocumentFlags {
  readonly host: string;
  readonly port: number;
  readonly grpcPort: number;
  readonly seed: number;
  readonly count: number;
  readonly data?: string;
  readonly maxBody: number;
  readonly errorStyle: MockSettings['errorStyle'];
  readonly auth: MockSettings['auth'];
  readonly jwks?: string;
  readonly tokens?: string;
  readonly rateLimit?: MockSettings['rateLimit'];
  readonly latency?: MockSettings['latency'];
  readonly chaos?: MockSettings['chaos'];
  readonly cors: boolean;
  readonly now?: number;
  readonly compat?: MockSettings['compat'];
  readonly tick?: number;
  readonly idp?: boolean;
  readonly webhookUrl?: string;
  readonly webhookSecret?: string;
  readonly proxy?: string;
  readonly proxyTimeout?: number;
  readonly strict?: boolean;
  readonly record?: string;
  readonly watch?: boolean;
  readonly quiet?: boolean;
}

const { host, port, grpcPort, seed, count, maxBody, errorStyle, auth } = defaultSettings;

export function define(command: Command, io: Io, exit: (status: number) => void): void {
  example(command, 'apiarch mock openapi.yaml schema.graphql service.proto');
  takeConfig(command)
    .description(
      'Serves what API documents describe: REST, GraphQL and gRPC from one store. Without paths: all below the working directory.',
    )
    .argument('[paths...]', 'files, folders, globs, or - for standard input')
    .option('-p, --port <n>', 'the port of REST and GraphQL; 0 for any that is free', portNumber('--port'), port)
    .option('--grpc-port <n>', 'the port of gRPC; 0 for any that is free', portNumber('--grpc-port'), grpcPort)
    .option('--host <address>', 'the address to listen on', host)
    .option('--seed <n>', 'the same seed gives the same data', wholeNumber('--seed'), seed)
    .option('--count <n>', 'how many items each resource begins with', wholeNumber('--count'), count)
    .option('--data <file>', 'begin with the records of this JSON file, and save them there at the end')
    .option('--watch', 'read the documents again whenever they change, and keep the records')
    .option(
      '--auth <on|off>',
      'whether callers need the credentials that the documents ask for',
      oneOf('--auth', ['on', 'off']),
      auth,
    )
    .option('--tokens <file>', 'JSON with the scopes of each bearer token')
    .option('--jwks <file>', 'the keys that bearer tokens are signed with (RFC 7517)')
    .option('--idp', 'serve an OAuth 2 and OpenID provider for tests')
    .option('--rate-limit <n/unit>', 'so many requests for each caller, such as 100/m', rate)
    .option('--latency <time>', 'let every answer wait: 100ms, or 50-300ms', latency)
    .option('--chaos <list>', 'let so many requests go wrong: 5xx=5%,reset=1%', chaos)
    .option(
      '--error-style <style>',
      'envelope or problem, for errors that no document describes',
      oneOf('--error-style', ['envelope', 'problem']),
      errorStyle,
    )
    .option('--max-body <size>', 'the most bytes of a request: 500kb, 10mb', bytes, maxBody)
    .option('--no-cors', 'let no page of another origin call')
    .option('--now <date>', 'the date that the mock takes for today', moment)
    .option('--tick <time>', 'send an event every so often, besides those of changes: 1s', tick)
    .option('--webhook-url <url>', 'send webhooks here that no subscription asks for', url('--webhook-url'))
    .option('--webhook-secret <text>', 'what webhooks are signed with; without it, one is made up and told')
    .option(
      '--proxy <url>',
      'pass requests on to this server, and check both sides against the documents',
      url('--proxy'),
    )
    .option('--proxy-timeout <time>', 'how long that server may take to begin its answer: 10s', timeout)
    .option('--strict', 'with --proxy: answer with an error where the documents are not kept')
    .option('--record <file>', 'with --proxy: write what was asked and answered to this file (HAR 1.2)')
    .option('--compat <tool>', 'answer as this tool does: prism', oneOf('--compat', ['prism']))
    .option('-q, --quiet', 'do not log requests')
    .option('--allow-outside <dir>', 'let documents refer to files in this folder; repeatable', many)
    .option('--proto-path <dir>', 'a folder that imports of .proto files start from; repeatable', many)
    .option('--stdin-path <name>', 'what to call the document that comes through standard input', 'stdin')
    .action(async (paths: string[]) => exit(await run(paths, command.optsWithGlobals(), io)));
}

/** Serves until the user stops it. */
async function run(paths: readonly string[], flags: Flags, io: Io): Promise<number> {
  failContradictions(flags);
  const settings = settingsOf(flags, io);
  if (flags.data !== undefined) mustBeWritable(flags.data, io);
  const log = logTo(io);
  let mock: Mock | null = null;
  const start = async (world: Io) => {
    const apis = await documents(paths, flags, world);
    const broken = brokenPlaces(apis);
    if (mock) {
      // Better what was there than half of what is being written.
      if (broken.length > 0) throw new Failure(`${broken[0]}; what was read before is served on.`);
      await mock.reload(apis);
    } else {
      const prepare = (store: Store) => {
        if (flags.data !== undefined && io.kind(flags.data) !== null) load(flags.data, store, io);
      };
      const { record } = flags;
      const write = record === undefined ? null : (har: string) => io.write(record, har);
      failWithoutOpenApi(apis, flags);
      for (const place of broken) io.stderr.write(`apiarch: ${place}; what can be read is served.\n`);
      mock = await startMock(apis, settings, log, prepare, write);
    }
    await announce(mock, io);
    return 0;
  };
  try {
    if (flags.watch) {
      const { watch } = await import('./watch.ts');
      return await watch(paths, start, io);
    }
    const interrupted = new Promise<void>((resolve) => {
      const release = io.onInterrupt(() => {
        release();
        resolve();
      });
    });
    await start(io);
    await interrupted;
    return 0;
  } finally {
    await end(mock, flags, io);
  }
}

/** That records cannot be saved would show only at the end, when it is too late. */
function mustBeWritable(path: string, io: Io): void {
  if (io.kind(path) === 'folder') throw new Failure(`\`--data\` takes a file, and \`${path}\` is a folder.`);
  let folder = dirname(path);
  while (io.kind(folder) === null && dirname(folder) !== folder) folder = dirname(folder);
  if (io.kind(folder) !== 'folder')
    throw new Failure(`\`${path}\` cannot be written: \`${folder}\` is a file, not a folder.`);
}

function load(path: string, store: Store, io: Io): void {
  const text = io.read(path);
  try {
    loadData(text, store);
  } catch (error) {
    throw new Failure(`\`${path}\` cannot be loaded: ${(error as Error).message}`);
  }
}

async function end(mock: Mock | null, { data }: Flags, io: Io): Promise<void> {
  if (!mock) return;
  await mock.close();
  if (data !== undefined) io.write(data, saveData(mock.context.store));
}

async function documents(paths: readonly string[], flags: Flags, io: Io): Promise<Api[]> {
  const config = await loadConfig(flags.config === undefined ? {} : { config: flags.config }, rules, io);
  return readDocuments(await findDocuments(paths, flags, io, config));
}

/** One line per operation, and last the address. */
async function announce(mock: Mock, io: Io): Promise<void> {
  const lines = await endpoints(mock.context, mock.url);
  const width = Math.max(0, ...lines.map(({ kind }) => kind.length));
  io.stdout.write(lines.map(({ kind, where }) => `${kind.padEnd(width)}  ${where}\n`).join(''));
  if (mock.grpcAddress) io.stdout.write(`apiarch mock: gRPC on ${mock.grpcAddress}\n`);
  const { proxy } = mock.context.settings;
  if (proxy !== null) io.stdout.write(`apiarch mock: passing on to ${new URL(proxy).origin}\n`);
  io.stdout.write(`apiarch mock: listening on ${mock.url}\n`);
}

function failContradictions(flags: Flags): void {
  const { proxy, strict, record, proxyTimeout, data } = flags;
  if (proxy === undefined) {
    if (strict) throw new Failure('`--strict` needs `--proxy`.');
    if (record !== undefined) throw new Failure('`--record` needs `--proxy`.');
    if (proxyTimeout !== undefined) throw new Failure('`--proxy-timeout` needs `--proxy`.');
    return;
  }
  if (data !== undefined) {
    throw new Failure('`--data` keeps records, and with `--proxy` there are none; give one of them.');
  }
  const own = { rateLimit: '--rate-limit', tick: '--tick', idp: '--idp', webhookUrl: '--webhook-url' } as const;
  for (const [name, flag] of Object.entries(own)) {
    if (flags[name as keyof typeof own] !== undefined) {
      throw new Failure(
        `\`${flag}\` says how the mock answers, and with \`--proxy\` another server does; give one of them.`,
      );
    }
  }
}

function failWithoutOpenApi(apis: readonly Api[], { proxy }: Flags): void {
  if (proxy !== undefined && !apis.some(({ language }) => language === 'openapi')) {
    throw new Failure('`--proxy` checks what goes by against OpenAPI documents, and none was found.');
  }
}

function settingsOf(flags: Flags, io: Io): MockSettings {
  const { tokens, jwks } = flags;
  return {
    ...defaultSettings,
    ...pick(flags, ['host', 'port', 'grpcPort', 'seed', 'count', 'maxBody', 'errorStyle', 'auth', 'cors']),
    ...pick(flags, [
      'rateLimit',
      'latency',
      'chaos',
      'now',
      'compat',
      'tick',
      'idp',
      'webhookUrl',
      'webhookSecret',
      'proxy',
      'proxyTimeout',
      'strict',
      'quiet',
    ]),
    ...(tokens !== undefined && { tokens: tokensIn(tokens, io) }),
    ...(jwks !== undefined && { jwks: keysIn(jwks, io) }),
  };
}

/** What was given of some flags. */
function pick<K extends keyof Flags & keyof MockSettings>(flags: Flags, names: readonly K[]): Partial<MockSettings> {
  return Object.fromEntries(names.flatMap((name) => (flags[name] === undefined ? [] : [[name, flags[name]]])));
}

function tokensIn(path: string, io: Io): Record<string, readonly string[]> {
  const value = jsonIn(path, io);
  const isList = (scopes: unknown) => Array.isArray(scopes) && scopes.every((scope) => typeof scope === 'string');
  if (value !== null && typeof value === 'object' && !Array.isArray(value) && Object.values(value).every(isList)) {
    return value as Record<string, readonly string[]>;
  }
  throw new Failure(`\`${path}\` is to hold the scopes of each token: {"token": ["orders:read"]}.`);
}

function keysIn(path: string, io: Io): unknown {
  const value = jsonIn(path, io);
  const problem = keySetProblem(value);
  if (problem === null) return value;
  throw new Failure(`\`${path}\` is no JSON Web Key Set that can be used: ${problem}`);
}

function jsonIn(path: string, io: Io): unknown {
  const text = io.read(path);
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Failure(`\`${path}\` is no JSON: ${(error as Error).message}.`);
  }
}

/** Milliseconds that log lines wait for each other: writing one by one would slow the server down. */
const logDelay = 20;

function logTo(io: Io): (line: string) => void {
  let lines = '';
  return (line) => {
    if (lines === '') {
      setTimeout(() => {
        io.stderr.write(lines);
        lines = '';
      }, logDelay);
    }
    lines += `${line}\n`;
  };
}

function portNumber(flag: string): (value: string) => number {
  return (value) => {
    if (/^\d{1,5}$/.test(value) && Number(value) < 65_536) return Number(value);
    throw new Failure(`\`${flag}\` takes a port from 0 to 65535, not \`${value}\`.`);
  };
}

function rate(value: string): NonNullable<MockSettings['rateLimit']> {
  const parsed = parseRate(value);
  if (parsed) return parsed;
  throw new Failure(`\`--rate-limit\` takes requests by s, m, h or d, such as \`100/m\`, not \`${value}\`.`);
}

function latency(value: string): NonNullable<MockSettings['latency']> {
  const parsed = parseLatency(value);
  if (parsed) return parsed;
  throw new Failure(`\`--latency\` takes a time or a range, such as \`100ms\` or \`50-300ms\`, not \`${value}\`.`);
}

function timeout(value: string): number {
  const parsed = parseLatency(value);
  if (parsed && parsed.least === parsed.most && parsed.least > 0) return parsed.least;
  throw new Failure(`\`--proxy-timeout\` takes a time, such as \`500ms\` or \`10s\`, not \`${value}\`.`);
}

function tick(value: string): number {
  const parsed = parseLatency(value);
  if (parsed && parsed.least === parsed.most && parsed.least > 0) return parsed.least;
  throw new Failure(`\`--tick\` takes a time, such as \`500ms\` or \`1s\`, not \`${value}\`.`);
}

function chaos(value: string): MockSettings['chaos'] {
  const parsed = parseChaos(value);
  if (parsed) return parsed;
  throw new Failure(
    `\`--chaos\` takes what goes wrong and how often, such as \`5xx=5%,reset=1%\` (${troubles.join(', ')}), not \`${value}\`.`,
  );
}

function bytes(value: string): number {
  const match = /^(\d{1,9})(b|kb|mb)?$/i.exec(value);
  if (match) return Number(match[1]) * { b: 1, kb: 1_000, mb: 1_000_000 }[(match[2] ?? 'b').toLowerCase()]!;
  throw new Failure(`\`--max-body\` takes a size, such as \`500kb\` or \`10mb\`, not \`${value}\`.`);
}

function moment(value: string): number {
  const time = Date.parse(value);
  if (/^\d{4}-\d\d-\d\d/.test(value) && !Number.isNaN(time)) return time;
  throw new Failure(`\`--now\` takes a date, such as \`2027-01-31\` or \`2027-01-31T12:00:00Z\`, not \`${value}\`.`);
}

function url(flag: string): (value: string) => string {
  return (value) => {
    if (URL.canParse(value) && /^https?:$/.test(new URL(value).protocol)) return value;
    throw new Failure(`\`${flag}\` takes an address that begins with http:// or https://, not \`${value}\`.`);
  };
}
