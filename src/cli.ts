import { Command, CommanderError } from 'commander';
import packageJson from '../package.json' with { type: 'json' };
import { type Define, example, mustBeKnown } from './commands/command.ts';
import { Failure } from './failure.ts';
import type { Io } from './io.ts';

interface CommandEntry {
  readonly summary: string;
  /** Loads the command when it is the one that runs: the others cost nothing. */
  readonly load: () => Promise<{ readonly define: Define }>;
}

const commands: Readonly<Record<string, CommandEntry>> = {
  lint: { summary: 'check API documents against the rules', load: () => import('./commands/lint.ts') },
  mock: { summary: 'serve what API documents describe', load: () => import('./commands/mock.ts') },
  rules: { summary: 'list the rules', load: () => import('./commands/rules.ts') },
  explain: { summary: 'tell why a rule exists and how to keep it', load: () => import('./commands/explain.ts') },
  init: { summary: 'write a configuration, and jobs for CI', load: () => import('./commands/init.ts') },
  types: { summary: 'write TypeScript types of API documents', load: () => import('./commands/types.ts') },
  completion: {
    summary: 'print a script for a shell to complete what is typed',
    load: async () => ({ define: (await import('./commands/completion.ts')).defineFor(() => commands) }),
  },
};

/**
 * Runs the command line.
 * @param args what was typed behind `apiarch`
 * @returns how the process ends: 0 all is well, 1 there are findings that count, 2 the run itself failed
 */
export async function main(args: readonly string[], io: Io): Promise<number> {
  let status = 0;
  try {
    const program = await programFor(args, io, (code) => {
      status = code;
    });
    failForgottenCommand(args, io);
    if (args[0] === 'help' && args[1] !== undefined) mustBeKnown('command', args[1], Object.keys(commands));
    if (args.length === 0) program.outputHelp();
    else await program.parseAsync(args, { from: 'user' });
    return status;
  } catch (error) {
    return report(error, args, io);
  }
}

async function programFor(args: readonly string[], io: Io, exit: (status: number) => void): Promise<Command> {
  const program = new Command('apiarch')
    .description(
      'Lints OpenAPI, GraphQL and Protocol Buffers against the rules of API architecture, and mocks what they describe.',
    )
    .version(packageJson.version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print help')
    .option('--color', 'colour the output even when it is no terminal')
    .option('--no-color', 'never colour the output')
    .option('--no-progress', 'show no progress bar')
    .option('--verbose', 'tell more on stderr; show where a bug struck')
    .configureOutput({
      writeOut: (text) => io.stdout.write(text),
      writeErr: (text) => io.stderr.write(text),
      outputError() {},
    })
    .configureHelp({ showGlobalOptions: true, subcommandTerm: (command) => command.name() })
    .exitOverride();
  example(program, 'apiarch lint openapi.yaml');
  for (const [name, { summary, load }] of Object.entries(commands)) {
    const command = program.command(name).summary(summary);
    if (args.includes(name)) (await load()).define(command, io, exit);
  }
  return program;
}

/** `apiarch openapi.yaml` is what many type first. */
function failForgottenCommand([first]: readonly string[], io: Io): void {
  if (first === undefined || first.startsWith('-') || Object.hasOwn(commands, first) || io.kind(first) === null) return;
  throw new Failure(`\`${first}\` is no command; to lint it: \`apiarch lint ${first}\`.`);
}

/** Says in one line why the run failed, and gives the exit code. */
function report(error: unknown, args: readonly string[], io: Io): number {
  if (error instanceof CommanderError) {
    if (error.exitCode === 0) return 0;
    io.stderr.write(`apiarch: ${asSentence(error.message)}\n`);
  } else if (error instanceof Failure) {
    io.stderr.write(`apiarch: ${error.message}\n`);
  } else {
    reportBug(error, args, io);
  }
  return 2;
}

/** Commander's message in our form: `unknown option `--fromat`; did you mean `--format`?`. */
function asSentence(message: string): string {
  const [what, ...hints] = message
    .replace(/^error: /, '')
    .replaceAll("'", '`')
    .trim()
    .split('\n');
  const suggestion = /Did you mean (?:one of )?(.+)\?/.exec(hints.join(' '))?.[1];
  const names = suggestion?.split(', ').map((name) => `\`${name}\``);
  return names ? `${what}; did you mean ${names.join(' or ')}?` : `${what!.replace(/\.$/, '')}.`;
}

function reportBug(error: unknown, args: readonly string[], io: Io): void {
  const { name, message, stack } = error instanceof Error ? error : new Error(String(error));
  const what = `${name}: ${message}`.split('\n', 1)[0];
  const more = args.includes('--verbose') ? '' : ' and the output of `--verbose`';
  io.stderr.write(`apiarch: this is a bug (${what}); please report it with the command, the document${more}.\n`);
  if (args.includes('--verbose')) io.stderr.write(`apiarch ${packageJson.version}\n${stack}\n`);
}
