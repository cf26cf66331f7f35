import { segmentsOf } from '../../languages/openapi/paths.ts';
import { type Operation, operations } from '../../languages/openapi/select.ts';
import * as protobuf from '../../languages/protobuf/select.ts';
import { split } from '../../words/split.ts';
import { effectOf, isVerb, leadingVerb } from '../../words/verbs.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'resources/action-is-post',
  summary: 'an action on an item is a POST',
  why: `PUT, PATCH and DELETE on an action's path say that the action is a thing which is replaced, changed or removed. Clients and proxies
repeat PUT and DELETE after a lost answer; what cannot be done twice is then done twice.`,
  sources: ['guide S4, REST API Design (actions)', 'RFC 9110, section 9.3', 'AIP-136'],
  equivalents: [],
  checks: {
    openapi: {
      good: `
openapi: 3.1.0
paths:
  /books/{id}/reserve:
    post: {}
  /books/{id}:cancel:
    post: {}
  /books/{id}/cover:
    put: {}
  /books/{id}/star:
    put: { description: A star is a thing as well. }
    delete: {}
  /books/{id}/cancel-reason:
    put: {}
`,
      bad: `
openapi: 3.1.0
paths:
  /loans/{id}/cancel:
    put: {}
  /loans/{id}:renew:
    patch: {}
`,
      *find(api) {
        for (const operation of operations(api)) {
          if (!['put', 'patch', 'delete'].includes(operation.method)) continue;
          const action = actionOf(operation);
          if (action === null) continue;
          yield {
            at: operation.at,
            message: `\`${operation.name}\` runs the action \`${action}\` with a method that is not POST.`,
            help: 'Make it a POST.',
          };
        }
      },
    },
    protobuf: {
      good: `
syntax = "proto3";
package books.v1;

service LoanService {
  rpc RenewLoan(RenewLoanRequest) returns (Loan) {
    option (google.api.http) = { post: "/v1/{name=loans/*}:renew" body: "*" };
  }
  rpc UpdateLoan(UpdateLoanRequest) returns (Loan) {
    option (google.api.http) = { patch: "/v1/{loan.name=loans/*}" body: "loan" };
  }
  rpc SearchLoans(SearchLoansRequest) returns (SearchLoansResponse) {
    option (google.api.http) = { get: "/v1/loans:search" };
  }
  rpc DeleteLoanRevision(DeleteLoanRevisionRequest) returns (Loan) {
    option (google.api.http) = { delete: "/v1/{name=loans/*}:deleteRevision" };
  }
}
`,
      bad: `
syntax = "proto3";
package books.v1;

service LoanService {
  rpc RenewLoan(RenewLoanRequest) returns (Loan) {
    option (google.api.http) = { patch: "/v1/{name=loans/*}:renew" body: "*" };
  }
  rpc CancelLoan(CancelLoanRequest) returns (Loan) {
    option (google.api.http) = { put: "/v1/loans/{id}/cancel" body: "*" };
  }
}
`,
      *find(api) {
        for (const { name, http } of protobuf.rpcs(api)) {
          for (const { method, methodAt, path } of http) {
            const action = /^(?:PUT|PATCH|DELETE)$/.test(method) ? actionIn(path) : null;
            // AIP-162 deletes a revision so.
            if (action === null || (method === 'DELETE' && /^(?:delete|remove)/.test(action))) continue;
            yield {
              at: methodAt,
              message: `\`${name}\` runs the action \`${action}\` with ${method}.`,
              help: 'Bind it to POST.',
            };
          }
        }
      },
    },
  },
});

/** The verb at the end of a path below an item, as `/cancel` or `:cancel`; null where it may be a thing. */
function actionOf({ path }: Operation): string | null {
  const segments = segmentsOf(path);
  const last = segments.at(-1);
  const custom = last && /^\{[^{}]*\}:([^{}]+)$/.exec(last.text)?.[1];
  if (!custom && (!last?.literal || segments.at(-2)?.literal !== false)) return null;
  const words = split(custom ?? last!.text);
  const verb = leadingVerb(words);
  return verb !== null && isVerb(verb) && effectOf(verb) !== 'read' ? (custom ?? last!.text) : null;
}

/** The verb at the end of a binding's path, behind a colon or below a variable; null where it may be a thing. */
function actionIn(path: string): string | null {
  const text = /:([^/{}=]+)$/.exec(path)?.[1] ?? /\}\/([^/{}:]+)$/.exec(path)?.[1];
  const verb = text === undefined ? null : leadingVerb(split(text));
  return verb !== null && isVerb(verb) && effectOf(verb) !== 'read' ? text! : null;
}
