// Written by `npm run new-rule -- --sync` from the files of this folder.
import docsOperationDescribed from './docs/operation-described.ts';
import type { Rule } from './rule.ts';

/** Every rule, sorted by id. */
export const rules: readonly Rule[] = [docsOperationDescribed];
