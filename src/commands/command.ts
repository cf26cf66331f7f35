import type { Command } from 'commander';
import { didYouMean, Failure } from '../failure.ts';
import type { Io, Output } from '../io.ts';
import { closest } from '../text/closest.ts';

/** Adds a command's arguments, flags and action. The action tells by `exit` how the process is to end. */
export type Define = (command: Command, io: Io, exit: (status: number) => void) => void;

/** The flags that every command takes. */
export interface CommonFlags {
  readonly color?: boolean;
  readonly progress: boolean;
  readonly verbose?: boolean;
}

/** The flags of commands that go by the configuration. */
export interface ConfigFlags {
  /** The file; false for none; missing when one is to be looked for. */
  readonly config?: string | false;
}

/** Adds the flags that say which configuration to read. */
export function takeConfig(command: Command): Command {
  return command
    .option('-c, --config <file>', 'read this configuration (default: apiarch.yaml, here or in a folder above)')
    .option('--no-config', 'read no configuration file');
}

/** Puts an example above everything else that a command's help says. */
export function example(command: Command, line: string): void {
  command.addHelpText('before', `  $ ${line}\n`);
}

/** For flags that may be repeated: gathers their values. */
export function many(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}

/** For flags that take one of some words; fails with the nearest. The function bears the words, which shells complete. */
export function oneOf<T extends string>(
  flag: string,
  words: readonly T[],
): ((value: string) => T) & { readonly words: readonly T[] } {
  const parse = (value: string): T => {
    const word = words.find((one) => one === value);
    if (word !== undefined) return word;
    throw new Failure(`\`${flag}\` takes ${orList(words)}, not \`${value}\`${didYouMean(closest(value, words))}`);
  };
  return Object.assign(parse, { words });
}

/** For flags that take a number of things. */
export function wholeNumber(flag: string): (value: string) => number {
  return (value) => {
    if (/^\d{1,15}$/.test(value)) return Number(value);
    throw new Failure(`\`${flag}\` takes a whole number, not \`${value}\`.`);
  };
}

/** Fails with the nearest name that is known when nothing bears the one that was given. */
export function mustBeKnown(kind: string, name: string, known: readonly string[]): void {
  if (!known.includes(name)) throw new Failure(`there is no ${kind} \`${name}\`${didYouMean(closest(name, known))}`);
}

/** Whether to colour: by flag, by environment (no-color.org, force-color.org), by whether someone looks. */
export function useColor(flag: boolean | undefined, env: Io['env'], output: Output): boolean {
  if (flag !== undefined) return flag;
  if (env['NO_COLOR']) return false;
  if (env['FORCE_COLOR']) return env['FORCE_COLOR'] !== '0' && env['FORCE_COLOR'] !== 'false';
  return output.isTTY && env['TERM'] !== 'dumb';
}

function orList(words: readonly string[]): string {
  return words.length < 2 ? words.join() : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
}
