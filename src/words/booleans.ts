import { wordsOf } from './split.ts';

/** Whether a name reads as a question that is answered yes or no: `is_active`, `hasMore`, `canEdit`. */
export function isBooleanName(name: string | readonly string[]): boolean {
  const words = wordsOf(name);
  return words.length > 1 && questions.has(words[0]!);
}

const questions: ReadonlySet<string> = new Set(
  'allows are can did does has have is must requires should supports was were will'.split(' '),
);
