import type { Apis, LanguageName } from '../languages/language.ts';
import type { Finding } from '../text/problem.ts';

/** A knob of a rule, with the value it has when nobody turns it. */
export interface Option<T> {
  readonly description: string;
  readonly default: T;
  /** JSON Schema of the value, for the configuration's schema and for checking what users write. */
  readonly schema: Readonly<Record<string, unknown>>;
}

type OptionTable = Readonly<Record<string, Option<unknown>>>;

/** The values that a table of options stands for. */
export type OptionValues<T extends OptionTable> = { readonly [K in keyof T]: T[K] extends Option<infer V> ? V : never };

/** An example: one document, or several files of which the first is the entry. */
export type Example = string | Readonly<Record<string, string>>;

/** What else is judged in the same run, for rules that look across APIs. */
export interface Run<L extends LanguageName> {
  readonly apis: readonly Apis[L][];
}

/** How a rule is judged in one language. */
export interface Check<L extends LanguageName, O> {
  /** A document on which the rule finds nothing. */
  readonly good: Example;
  /** A document on which the rule finds something; what it finds is the check's snapshot test. */
  readonly bad: Example;
  /** Whether findings come with a fix: one that leaves the API as it is for those who call it, or one that does not. */
  readonly fixable?: 'safe' | 'unsafe';
  /** Yields what is wrong with `api`. Pure: the same API and options give the same findings in the same order. */
  find(api: Apis[L], options: O, run: Run<L>): Iterable<Finding>;
}

/** An idea about API design, with a check for every language in which the idea makes sense. */
export interface Rule<T extends OptionTable = OptionTable> {
  /** `principle/subject-property`, true when the rule is kept; also the file's path below `src/rules`. Never renamed without an alias. */
  readonly id: string;
  /** Completes "apiarch checks that …", in lower case, without a full stop. */
  readonly summary: string;
  /** Markdown: who is hurt when the rule is broken. */
  readonly why: string;
  /** Where the rule comes from: a guide's section, an RFC, an AIP, a specification. */
  readonly sources: readonly string[];
  /** Ids of rules in other linters that ask for the same, as `spectral:operation-description`. */
  readonly equivalents: readonly string[];
  readonly options?: T;
  readonly checks: { readonly [L in LanguageName]?: Check<L, OptionValues<T>> };
  /** Why a language in which one would look for a check has none. */
  readonly absent?: { readonly [L in LanguageName]?: string };
}

/** Declares a rule; exists for the types that it infers. */
export function defineRule<const T extends OptionTable = Record<never, never>>(rule: Rule<T>): Rule {
  return rule as unknown as Rule;
}
