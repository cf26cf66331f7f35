import { toCase } from '../../words/cases.ts';
import { split } from '../../words/split.ts';
import { isVerb, operationVerb } from '../../words/verbs.ts';

/**
 * Whether a type is called after a mutation: `CreateUserInput`, `UserCreate` and `TeamUserCreatePayload` after `createUser`. Words
 * may stand in any order and in another form (`translate`, `Translation`); the verb must be among them.
 */
export function isCalledAfter(type: string, mutation: string): boolean {
  if (fold(type).includes(fold(mutation))) return true;
  const asked = split(mutation);
  const given = split(type.replace(/(?:Input|Payload|Response|Result|Output|Success|Union)$/, ''));
  const verb = operationVerb(mutation);
  // Not what may be a noun: the `order` of `orderFulfillmentCancel`.
  if (verb !== null && isVerb(verb) && !hasWord(given, verb)) return false;
  return (
    asked.every((word) => hasWord(given, word)) || (given.length > 1 && given.every((word) => hasWord(asked, word)))
  );
}

/** A mutation's name as the types that are called after it begin: `CreateUser`. */
export function typeName(mutation: string): string {
  return mutation.includes('_') ? toCase(mutation, 'pascal') : mutation.charAt(0).toUpperCase() + mutation.slice(1);
}

const fold = (name: string): string => name.replaceAll('_', '').toLowerCase();

/** Whether a word is there, in any form that begins alike. */
function hasWord(words: readonly string[], word: string): boolean {
  const stem = word.length > 6 ? 6 : 4;
  return words.some((other) => other === word || (word.length > 4 && other.startsWith(word.slice(0, stem))));
}
