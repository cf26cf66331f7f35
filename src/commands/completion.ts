import { type Argument, Command, type Option } from 'commander';
import { rulesets } from '../config/rulesets.ts';
import type { Io } from '../io.ts';
import { reporters } from '../report/reporters.ts';
import { rules } from '../rules/index.ts';
import { type Define, example, oneOf } from './command.ts';
import { scripts } from './completion-scripts.ts';

/** The commands by name, with what defines them when it is needed. */
type Commands = Readonly<Record<string, { readonly summary: string; load(): Promise<{ readonly define: Define }> }>>;

/** What can stand in a place: some words, or a path. */
export interface Values {
  readonly words: readonly string[];
  /** Whether paths may stand there too, and of what; `reports` takes one behind a word and a colon. */
  readonly paths: 'none' | 'files' | 'folders' | 'reports';
}

/** A flag with all its spellings. */
export interface FlagShape {
  readonly names: readonly string[];
  readonly about: string;
  /** What it takes; null for a switch. */
  readonly values: Values | null;
}

/** A command as shells need to know it. */
export interface CommandShape {
  readonly name: string;
  readonly about: string;
  readonly flags: readonly FlagShape[];
  /** What stands behind the flags. */
  readonly values: Values;
}

const shells = ['bash', 'zsh', 'fish', 'powershell'] as const;

const installing = `
To install it:
  bash        apiarch completion bash > ~/.apiarch.bash; echo '. ~/.apiarch.bash' >> ~/.bashrc
  zsh         apiarch completion zsh > "\${fpath[1]}/_apiarch"
  fish        apiarch completion fish > ~/.config/fish/completions/apiarch.fish
  powershell  apiarch completion powershell >> $PROFILE
Then start a new shell. After an update of apiarch, do it again.
`;

/** Makes the command, for which all others are looked at. */
export function defineFor(commands: () => Commands): Define {
  return (command: Command, io: Io, exit: (status: number) => void) => {
    example(command, 'source <(apiarch completion bash)');
    command
      .description('Prints a script that completes commands, flags and their values in a shell.')
      .argument('<shell>', shells.join(', '), oneOf('completion', shells))
      .addHelpText('after', installing)
      .action(async (shell: (typeof shells)[number]) => {
        const global = (command.parent?.options ?? []).map((option) => flagOf(option, ''));
        io.stdout.write(scripts[shell](await shapesOf(commands(), io), global));
        exit(0);
      });
  };
}

/** What commander has been told of each command. */
async function shapesOf(commands: Commands, io: Io): Promise<CommandShape[]> {
  return Promise.all(
    Object.entries(commands).map(async ([name, { summary, load }]) => {
      const command = new Command(name);
      (await load()).define(command, io, () => {});
      return {
        name,
        about: summary,
        flags: [...command.options.map((option) => flagOf(option, name)), help],
        values: argumentValues(command.registeredArguments, name),
      };
    }),
  );
}

const help: FlagShape = { names: ['-h', '--help'], about: 'print help', values: null };

function flagOf(option: Option, command: string): FlagShape {
  const names = [option.short, option.long].filter((name) => name !== undefined && name !== null);
  const takesValue = option.required || option.optional;
  const values = valuesOf(option.flags, wordsOf(option.parseArg), [`${command} ${option.long}`, `${option.long}`]);
  return { names, about: option.description, values: takesValue ? values : null };
}

function argumentValues([argument]: readonly Argument[], command: string): Values {
  if (!argument) return { words: [], paths: 'none' };
  return valuesOf(`<${argument.name()}>`, wordsOf(argument.parseArg), [command]);
}

/** What can be named in places that take more than a fixed set of words. */
const named: Readonly<Record<string, () => readonly string[]>> = {
  'lint --format': () => Object.keys(reporters),
  '--ruleset': () => Object.keys(rulesets),
  '--rule': () => rules.map(({ id }) => id),
  '--equivalent': () => [...new Set(rules.flatMap(({ equivalents }) => equivalents))].sort(),
  explain: () => rules.map(({ id }) => id),
};

function valuesOf(flags: string, fixed: readonly string[] | null, places: readonly string[]): Values {
  const place = places.find((one) => Object.hasOwn(named, one));
  const words = fixed ?? (place === undefined ? [] : named[place]!());
  const kind = /[<[]([^>\]]*)/.exec(flags)?.[1] ?? '';
  if (flags.includes('[:file]')) return { words, paths: 'reports' };
  if (/\bdir\b/i.test(kind)) return { words, paths: 'folders' };
  return { words, paths: /\b(?:file|files|path|paths|before|after)\b/i.test(kind) ? 'files' : 'none' };
}

/** The words that `oneOf` lets through. */
function wordsOf(parse: unknown): readonly string[] | null {
  return typeof parse === 'function' && 'words' in parse ? (parse.words as readonly string[]) : null;
}
