// Written by `npm run new-rule -- --sync` from the files of this folder.
import docsOperationDescribed from './docs/operation-described.ts';
import type { Rule } from './rule.ts';
import statusCodesAcceptedHasStatus from './status-codes/accepted-has-status.ts';
import statusCodesClientErrorDeclared from './status-codes/client-error-declared.ts';
import statusCodesCodeFitsMethod from './status-codes/code-fits-method.ts';
import statusCodesCodeStandard from './status-codes/code-standard.ts';
import statusCodesConflictDeclared from './status-codes/conflict-declared.ts';
import statusCodesCreatedHasLocation from './status-codes/created-has-location.ts';
import statusCodesCreatedIs201 from './status-codes/created-is-201.ts';
import statusCodesDeletedIs204 from './status-codes/deleted-is-204.ts';
import statusCodesForbiddenDeclared from './status-codes/forbidden-declared.ts';
import statusCodesNoContentIsEmpty from './status-codes/no-content-is-empty.ts';
import statusCodesNotFoundDeclared from './status-codes/not-found-declared.ts';
import statusCodesServerErrorDeclared from './status-codes/server-error-declared.ts';
import statusCodesSuccessDeclared from './status-codes/success-declared.ts';
import statusCodesTooManyRequestsDeclared from './status-codes/too-many-requests-declared.ts';
import statusCodesUnauthorizedDeclared from './status-codes/unauthorized-declared.ts';
import statusCodesValidationErrorDeclared from './status-codes/validation-error-declared.ts';

/** Every rule, sorted by id. */
export const rules: readonly Rule[] = [
  docsOperationDescribed,
  statusCodesAcceptedHasStatus,
  statusCodesClientErrorDeclared,
  statusCodesCodeFitsMethod,
  statusCodesCodeStandard,
  statusCodesConflictDeclared,
  statusCodesCreatedHasLocation,
  statusCodesCreatedIs201,
  statusCodesDeletedIs204,
  statusCodesForbiddenDeclared,
  statusCodesNoContentIsEmpty,
  statusCodesNotFoundDeclared,
  statusCodesServerErrorDeclared,
  statusCodesSuccessDeclared,
  statusCodesTooManyRequestsDeclared,
  statusCodesUnauthorizedDeclared,
  statusCodesValidationErrorDeclared,
];
