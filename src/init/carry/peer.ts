import type { Level } from '../../config/rulesets.ts';
import type { Left, NewFile } from '../files.ts';

/** The linters whose configuration can be carried over. */
export const peerNames = ['spectral', 'redocly', 'buf', 'graphql-eslint'] as const;
export type PeerName = (typeof peerNames)[number];

/** What another linter does with one of its rules. */
export interface PeerSetting {
  readonly level: Level;
  readonly options: Readonly<Record<string, unknown>>;
  /** Whether the user's own file says so, rather than a set of rules that comes with the linter. */
  readonly explicit: boolean;
}

/** Settings of another linter for some files, or for some elements in them. */
export interface PeerOverride {
  readonly files: readonly string[];
  /** JSON pointers, coordinates or full names, in apiarch's own patterns. */
  readonly elements: readonly string[];
  /** By the linter's rule. */
  readonly rules: ReadonlyMap<string, Level>;
}

/** What another linter's configuration asks for, in its terms. Paths and patterns are relative to the working directory. */
export interface PeerConfig {
  /** The files that it was read from. */
  readonly files: readonly string[];
  /** The rulesets of ours that stand for sets of rules that come with the linter. */
  readonly base: readonly string[];
  /** By the linter's rule. */
  readonly rules: ReadonlyMap<string, PeerSetting>;
  readonly overrides: readonly PeerOverride[];
  /** Globs of files that it does not judge. */
  readonly ignore: readonly string[];
  readonly apis: Readonly<Record<string, { readonly files: readonly string[] }>>;
  /** Rulesets that go on as they are, and the files that this takes. */
  readonly kept: { readonly extends: readonly string[]; readonly files: readonly NewFile[] };
  /** What has no place in apiarch. */
  readonly left: readonly Left[];
}
