import * as graphql from '../../conventions/graphql/documentation.ts';
import * as protobuf from '../../conventions/protobuf/documentation.ts';
import { textOf } from '../../languages/openapi/descriptions.ts';
import { asString, get, isObject, itemsOf } from '../../languages/openapi/json.ts';
import type { OpenApi } from '../../languages/openapi/openapi.ts';
import type { Pointer } from '../../languages/openapi/pointer.ts';
import type { Node } from '../../languages/openapi/select.ts';
import { shown } from '../../languages/openapi/wording.ts';
import { isPlaceholder, isSelfExplanatory, saysOnly } from '../../words/filler.ts';
import { split } from '../../words/split.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'docs/description-meaningful',
  summary: 'a description says more than the name, and is no placeholder',
  why: `\`status: The status\` costs the reader's time and tells nothing; \`TODO\` tells that nobody came back. Such texts are
worse than none, since no tool counts them as missing.`,
  sources: ['guide S4, Documentation and Testing', 'OpenAPI 3.1.1, Reference Object', 'AIP-192'],
  equivalents: ['vacuum:description-duplication', 'ibm:ibm-no-duplicate-description-with-ref-sibling'],
  checks: {
    openapi: {
      good: `
openapi: 3.1.0
paths:
  /todos:
    get:
      summary: List todos
      description: Lists the caller's TODO list, oldest first.
      parameters:
        - { name: owner_role, in: query, description: What the owner may do. }
components:
  schemas:
    Todo:
      description: Something to do.
      type: object
      properties:
        owner:
          $ref: '#/components/schemas/User'
          description: Who wrote it.
        # Nothing more can be said of these.
        user_id: { type: string, description: The user ID. }
        email: { type: string, description: The email. }
    User: { description: A person with an account., type: object }
`,
      bad: `
openapi: 3.1.0
paths:
  /todos:
    get:
      summary: List todos
      description: List todos.
      parameters:
        - { name: owner_role, in: query, description: The owner's role. }
      responses:
        '200': { description: 'TODO: describe' }
components:
  schemas:
    Todo:
      type: object
      properties:
        owner:
          $ref: '#/components/schemas/User'
          description: A person with an account.
    User: { description: A person with an account., type: object }
`,
      *find(api) {
        for (const kind of kinds) {
          for (const node of api.index.nodes[kind] ?? []) {
            const description = textOf(node.value);
            if (description === undefined) continue;
            const fault = faultOf(api, node, description);
            if (fault) yield { at: node.at.child('description'), ...fault };
          }
        }
      },
    },
    graphql: {
      good: `
"What a customer buys at once."
type Order {
  "The first name."
  firstName: String
  "The address."
  address: Address
}

"Where people live."
type Address {
  street: String
}

enum Colour {
  "Red."
  RED
}
`,
      bad: `
"The order."
type Order {
  "TODO: describe"
  ownerRole: String
  total(
    "The as of"
    asOf: DateTime
  ): String
}
`,
      *find(api) {
        for (const element of graphql.documented(api)) {
          const fault = emptinessOf(beforeNote(element.text), element.name, () => graphql.isPlain(api, element));
          if (fault) yield { at: element.at, ...fault };
        }
      },
    },
    protobuf: {
      good: `
syntax = "proto3";

// What a customer buys at once.
message Order {
  // The user ID.
  string user_id = 1;
  // Taken, not yet paid. TODO(ann): say who pays.
  string status = 2;
}
`,
      bad: `
syntax = "proto3";

// The order.
message Order {
  // TODO(ann): document.
  string owner_role = 1;
  string state_name = 2; // The state's name.
}
`,
      *find(api) {
        for (const element of protobuf.documented(api)) {
          const fault = emptinessOf(beforeNote(element.text), element.name, () => protobuf.isPlain(element));
          if (!fault || (isPlaceholder(element.text) && protobuf.isInside(element))) continue;
          yield { at: element.at, ...fault };
        }
      },
    },
  },
});

const kinds = [
  ...(['Info', 'Server', 'Tag', 'Operation', 'Parameter', 'RequestBody', 'Response', 'Header', 'Schema'] as const),
  'SecurityScheme' as const,
];

/**
 * What is wrong with a text that tells a reader nothing, in any language.
 * @param isPlain whether the name says all there is to say; asked only where it matters
 */
function emptinessOf(
  description: string,
  name: string | undefined,
  isPlain = () => false,
): { message: string; help: string } | undefined {
  if (name !== undefined && saysOnly(description, name) && !isSelfExplanatory(name) && !isPlain()) {
    return {
      message: `The description of \`${name}\` says no more than its name.`,
      help: 'Say what the name leaves open, or leave the description out.',
    };
  }
  if (isPlaceholder(description) && !isAboutName(description, name ?? '')) {
    return {
      message: `\`${shown(description)}\` is a placeholder.`,
      help: 'Write what a reader has to know, or leave the description out.',
    };
  }
  return undefined;
}

/** Whether what would be a placeholder elsewhere takes up the name, as `String` does for `string_type`, or is code left out: `TODO: int64 ttl = 2;`. */
function isAboutName(description: string, name: string): boolean {
  const words = split(description);
  return (words.length === 1 && words[0] === split(name)[0]) || description.endsWith(';');
}

/** A text up to a note of its author to himself: `TODO(ann): …`. What is only that stays. */
function beforeNote(text: string): string {
  // Looked for by themselves first, which is quick in long texts.
  if (!text.includes('TODO') && !text.includes('FIXME')) return text;
  const note = text.search(/\b(?:TODO|FIXME)\s*[:(]/);
  return note > 0 ? text.slice(0, note).trim() || text : text;
}

function faultOf(api: OpenApi, node: Node, description: string): { message: string; help: string } | undefined {
  const empty = emptinessOf(description, nameOf(node));
  if (empty) return empty;
  if (node.kind === 'Operation' && isSame(description, textOf(node.value, 'summary'))) {
    return { message: 'The description repeats the summary.', help: 'Say what the summary leaves open.' };
  }
  if (node.kind === 'Schema' && repeatsTarget(api, node, description)) {
    return {
      message: 'The description repeats that of the schema referred to.',
      help: 'Leave it out: the other applies.',
    };
  }
  return undefined;
}

/** What a thing is called, where that is one name that a description may repeat. */
function nameOf({ kind, value, at }: Node): string | undefined {
  switch (kind) {
    case 'Info':
      return textOf(value, 'title');
    case 'Tag':
    case 'Parameter':
      return textOf(value, 'name');
    case 'Header':
    case 'SecurityScheme':
      return String(at.key);
    case 'Schema':
      return isNamed(at) ? String(at.key) : undefined;
    default:
      return undefined;
  }
}

function isNamed(at: Pointer): boolean {
  return ['properties', 'schemas', 'definitions', '$defs'].includes(String(at.parent?.key));
}

function isSame(text: string, other: string | undefined): boolean {
  const bare = (said: string) =>
    said
      .replace(/[\s.]+/g, ' ')
      .trim()
      .toLowerCase();
  return other !== undefined && bare(text) === bare(other);
}

/** Whether the schema only wraps a reference to one that is described by the same words. */
function repeatsTarget(api: OpenApi, { value, at }: Node, description: string): boolean {
  const [member, ...more] = itemsOf(value['allOf']);
  const wraps = asString(get(member, '$ref')) !== undefined && more.length === 0;
  const isReference = asString(value['$ref']) !== undefined;
  if (!wraps && !isReference) return false;
  const target = api.resolve(isReference ? { value, at } : { value: member, at: at.child('allOf').child(0) });
  return target !== undefined && isObject(target.value) && isSame(description, textOf(target.value));
}
