import { get, isObject, itemsOf, type JsonObject, keysOf } from '../../languages/openapi/json.ts';
import type { OpenApi } from '../../languages/openapi/openapi.ts';
import type { At } from '../../languages/openapi/references.ts';
import { effectiveTypes, isJson, type Node, schemas } from '../../languages/openapi/select.ts';
import { capitalised, titleOf } from '../../languages/openapi/titles.ts';
import { count } from '../../languages/openapi/values/words.ts';
import * as protobuf from '../../languages/protobuf/select.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'schemas/no-inline-complex',
  summary: 'objects with properties are named components, and messages are not nested deeply',
  why: `Generators name a schema that stands inline after the place where it stands, as \`GetUsers200ResponseItemsInner\`, and the name changes whenever the
schema moves. What has a name of its own can be reused, compared and talked about.`,
  sources: ['OpenAPI 3.1.1, Components Object', 'guide S4, OpenAPI Specification'],
  equivalents: ['ibm:ibm-avoid-inline-schemas'],
  options: {
    properties: {
      description: 'From how many properties on an object is to be named.',
      default: 1,
      schema: { type: 'integer', minimum: 1 },
    },
    nesting: {
      description: 'How many messages of Protocol Buffers may stand around another one.',
      default: 3,
      schema: { type: 'integer', minimum: 0 },
    },
  },
  checks: {
    openapi: {
      good: `
openapi: 3.1.0
paths:
  /users:
    post:
      requestBody:
        content:
          application/json:
            schema: { $ref: '#/components/schemas/User' }
          application/x-www-form-urlencoded:
            schema: { type: object, properties: { name: { type: string } } }
components:
  schemas:
    Person: { type: object, properties: { name: { type: string } } }
    User:
      allOf:
        - { $ref: '#/components/schemas/Person' }
        - type: object
          properties:
            # A reference with a description of its own.
            boss: { allOf: [{ $ref: '#/components/schemas/Person' }, { description: Who leads. }] }
            size: { oneOf: [{ type: string }, { type: integer }] }
            labels: { type: object, additionalProperties: { type: string } }
`,
      bad: `
openapi: 3.1.0
paths:
  /users:
    post:
      requestBody:
        content:
          application/json:
            schema:
              type: object
              properties:
                name: { type: string }
                email: { type: string }
                addresses:
                  type: array
                  items:
                    type: object
                    properties:
                      street: { type: string }
                owner:
                  oneOf:
                    - { $ref: '#/components/schemas/Person' }
                    - { type: object, properties: { shop: { type: string } } }
components:
  schemas:
    Person: { type: object, properties: { name: { type: string } } }
`,
      *find(api, { properties: least }) {
        for (const schema of schemas(api)) {
          if (isNamed(schema)) continue;
          const properties = keysOf(schema.value['properties']).length;
          const what =
            properties >= least
              ? `an object with ${count(properties, 'property')}`
              : combinesObjects(api, schema)
                ? 'a combination of objects'
                : null;
          if (what === null) continue;
          yield {
            at: schema.at,
            message: `${capitalised(titleOf(schema.at))} is ${what} that has no name of its own.`,
            help: 'Move it to the components, and refer to it with `$ref`.',
          };
        }
      },
    },

    protobuf: {
      good: `
syntax = "proto3";

message Order {
  message Item {
    message Price {
      message Currency {
        string code = 1;
      }
      Currency currency = 1;
    }
    Price price = 1;
  }
  repeated Item items = 1;
}
`,
      bad: `
syntax = "proto3";

message Order {
  message Item {
    message Price {
      message Currency {
        string code = 1;
        message Country {
          string code = 1;
        }
        repeated Country countries = 2;
      }
      Currency currency = 1;
    }
    Price price = 1;
  }
  repeated Item items = 1;
}
`,
      *find(api, { nesting }) {
        for (const { name, at, node } of protobuf.messages(api)) {
          // What stands in it is deeper, and has the same cause.
          if (depthOf(node) !== nesting + 1) continue;
          yield {
            at,
            message: `\`${name}\` stands ${nesting + 1} messages deep.`,
            help: 'Move it out to the file: its full name gets shorter, and others can use it.',
          };
        }
      },
    },
  },
});

/** Whether a schema is a component, a file or a part of one, or where names bring nothing: in forms and parameters. */
function isNamed({ parent, field, at }: Node): boolean {
  if (!parent || parent.kind === 'Components' || parent.kind === 'Document') return true;
  if (!at.parent?.parent) return true;
  if (field === '$defs' || field === 'definitions' || parts.has(field)) return true;
  if (parent.kind === 'MediaType') return !isJson(String(parent.at.key));
  return (parent.kind === 'Parameter' && parent.value['in'] !== 'body') || parent.kind === 'Header';
}

/** Keywords whose schemas are parts of the one that they stand in. */
const parts = new Set(['allOf', 'not', 'if', 'then', 'else', 'dependentSchemas']);

/** Whether a schema makes something new of several objects. */
function combinesObjects(api: OpenApi, { value, at }: At<JsonObject>): boolean {
  return ['allOf', 'anyOf', 'oneOf'].some((combinator) => {
    const members = itemsOf(value[combinator]).filter((member) => !isAnnotation(member));
    if (members.length === 0 || (members.length === 1 && isReferenceWithNotes(value, combinator, members[0])))
      return false;
    return members.some((member) => {
      const here = api.resolve({ value: member, at: at.child(combinator) });
      return (
        here !== undefined && (effectiveTypes(api, here).includes('object') || isObject(get(here.value, 'properties')))
      );
    });
  });
}

/** `allOf: [$ref]`, with nothing beside it that changes what is allowed. */
function isReferenceWithNotes(schema: JsonObject, combinator: string, member: unknown): boolean {
  const { [combinator]: _, ...beside } = schema;
  return get(member, '$ref') !== undefined && isAnnotation(beside);
}

function isAnnotation(schema: unknown): boolean {
  return keysOf(schema).every((key) => annotations.has(key) || key.startsWith('x-'));
}

const annotations = new Set([
  'description',
  'title',
  'example',
  'examples',
  'nullable',
  'default',
  'deprecated',
  'readOnly',
  'writeOnly',
]);

/** How many messages stand around this one. */
function depthOf(message: protobuf.Message['node']): number {
  let depth = -1;
  for (let here: protobuf.Message['node']['parent'] = message; here.kind !== 'file'; here = here.parent) {
    if (here.kind === 'message') depth += 1;
  }
  return depth;
}
