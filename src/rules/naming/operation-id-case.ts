import { isPascal } from '../../conventions/protobuf/names.ts';
import { renaming, renamingFix } from '../../conventions/renaming.ts';
import { replaceScalar, together } from '../../languages/openapi/edit.ts';
import { asString } from '../../languages/openapi/json.ts';
import type { OpenApi } from '../../languages/openapi/openapi.ts';
import { everyOperation, operations } from '../../languages/openapi/select.ts';
import { renameMember } from '../../languages/protobuf/edit.ts';
import * as protobuf from '../../languages/protobuf/select.ts';
import type { Edit } from '../../text/fix.ts';
import { type Case, caseLabels, caseOf, isCase, majority, toCase } from '../../words/cases.ts';
import { defineRule } from '../rule.ts';

const styles = ['camel', 'snake', 'kebab', 'pascal'] as const satisfies readonly Case[];

export default defineRule({
  id: 'naming/operation-id-case',
  summary: 'operationIds are written in one case, rpcs in PascalCase',
  why: `They become the names of methods in generated clients and anchors in documentation. With \`getUser\` beside \`create_user\`, code that
calls the API looks as if two people had never met.`,
  sources: [
    'OpenAPI 3.1.1, Operation Object',
    'guide S4, Consistency Over Cleverness',
    'protobuf.dev Style Guide, Services',
    'AIP-190',
  ],
  equivalents: [
    'ibm:ibm-operationid-casing-convention',
    'buf:RPC_PASCAL_CASE',
    'protolint:RPC_NAMES_UPPER_CAMEL_CASE',
    'protolint:RPC_NAMES_CASE',
    'aip:0190::method-case',
  ],
  options: {
    style: {
      description:
        'The case of operationIds; `majority` is the one that most of them have. An rpc is always in PascalCase.',
      default: 'majority' as 'majority' | (typeof styles)[number],
      schema: { enum: ['majority', ...styles] },
    },
  },
  checks: {
    openapi: {
      good: `
openapi: 3.1.0
paths:
  /users:
    get: { operationId: users/listUsers }
    post: { operationId: users/createUser }
    delete: { operationId: purge }
`,
      bad: `
openapi: 3.1.0
paths:
  /users:
    get: { operationId: listUsers }
    post: { operationId: createUser }
    delete: { operationId: delete_users }
`,
      fixable: 'unsafe',
      *find(api, { style }) {
        const ids = operations(api).flatMap(({ value, at }) => {
          const id = asString(value['operationId']);
          return id === undefined || localName(id) === '' ? [] : [{ id, at: at.child('operationId') }];
        });
        const wanted = style === 'majority' ? majority(ids.map(({ id }) => localName(id))) : style;
        if (
          wanted === null ||
          (style === 'majority' &&
            areJoined(
              ids.map(({ id }) => localName(id)),
              wanted,
            ))
        )
          return;
        const most = style === 'majority' ? ", as most of this API's are" : '';
        for (const { id, at } of ids) {
          const name = localName(id);
          if (isCase(name, wanted)) continue;
          yield {
            at,
            message: `The operationId \`${id}\` is not in ${caseLabels[wanted]}${most}.`,
            help: `Write \`${id.slice(0, -name.length)}${toCase(name, wanted)}\`.`,
            ...renamingFix(name, wanted, (to) => renameId(api, id, id.slice(0, -name.length) + to)),
          };
        }
      },
    },
    protobuf: {
      good: `
syntax = "proto3";

service OrderService {
  rpc GetOrder(GetOrderRequest) returns (Order);
  rpc GetHTTPRule2(GetHTTPRule2Request) returns (Rule);
}
`,
      bad: `
syntax = "proto3";

service OrderService {
  rpc getOrder(GetOrderRequest) returns (Order);
  rpc List_orders(ListOrdersRequest) returns (ListOrdersResponse);
}
`,
      fixable: 'unsafe',
      *find(api) {
        for (const { node, name, at } of protobuf.rpcs(api)) {
          if (isPascal(name)) continue;
          yield {
            at,
            message: `The rpc \`${name}\` is not in PascalCase.`,
            help: renaming(name, 'pascal'),
            ...renamingFix(name, 'pascal', (to) => renameMember(api, node, to)),
          };
        }
      },
    },
  },
});

/** The edits that rename an operation with the links that lead to it; none where two operations would have one name. */
function renameId(api: OpenApi, id: string, to: string): readonly Edit[] {
  const all = everyOperation(api);
  if (all.some(({ value }) => value['operationId'] === to)) return [];
  const named = [...all, ...api.index.nodes.Link].filter(({ value }) => value['operationId'] === id);
  return together(...named.map(({ at }) => replaceScalar(at.child('operationId'), to)));
}

/** The name without the namespace before its last slash, dot, colon or hash. */
const localName = (id: string): string => id.replace(/^.*[/.:#]/s, '');

/** Whether more names are words in camelCase or PascalCase joined by `_` (`sshKeys_list`) than in any one case. */
function areJoined(names: readonly string[], style: Case): boolean {
  const mixed = names.filter((name) => caseOf(name) === null);
  if (mixed.length === 0 || mixed.length * 20 < names.length) return false;
  const joined = (['camel', 'pascal'] as const).map(
    (part) => names.filter((name) => name.split('_').every((word) => isCase(word, part))).length,
  );
  return Math.max(...joined) > names.filter((name) => isCase(name, style)).length;
}
