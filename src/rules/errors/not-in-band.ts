import { errorBodies } from '../../conventions/openapi/error-bodies.ts';
import { messageOf } from '../../conventions/protobuf/collections.ts';
import { answers } from '../../languages/openapi/answers.ts';
import { itemsOf } from '../../languages/openapi/json.ts';
import type { OpenApi } from '../../languages/openapi/openapi.ts';
import {
  effectiveTypes,
  isJson,
  isSuccess,
  keyword,
  type MediaType,
  type Property,
  propertiesOf,
} from '../../languages/openapi/select.ts';
import { titleOf } from '../../languages/openapi/titles.ts';
import type { Field, Message, Rpc } from '../../languages/protobuf/select.ts';
import * as protobuf from '../../languages/protobuf/select.ts';
import { split } from '../../words/split.ts';
import { timeOf } from '../../words/times.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'errors/not-in-band',
  summary: 'failures are told by the status, not within a success',
  why: `Libraries, caches, retries and monitoring look at the status. A failure that travels as 200 is cached as a success, never
retried and absent from every graph; each caller has to remember to look inside.`,
  sources: [
    'guide S4, Status Code Strategy',
    'guide S4, gRPC Best Practices (Error Handling)',
    'RFC 9110, section 15',
    'AIP-193',
  ],
  equivalents: [],
  checks: {
    openapi: {
      good: `
openapi: 3.1.0
paths:
  /orders/{id}/ship:
    post:
      responses:
        '200':
          content:
            application/json:
              schema: { properties: { success: { type: boolean, const: true } } }
  /imports/{id}:
    get:
      responses:
        '200':
          content:
            application/json:
              schema:
                properties:
                  id: { type: string }
                  status: { enum: [running, done, failed] }
                  error: { type: string, description: Why the import failed. }
`,
      bad: `
openapi: 3.1.0
paths:
  /orders/{id}/ship:
    post:
      responses:
        '200':
          content:
            application/json:
              schema: { properties: { success: { type: boolean } } }
  /orders/{id}/cancel:
    post:
      responses:
        '200':
          content:
            application/json:
              schema: { properties: { order: { type: object }, error_message: { type: string } } }
  /orders/{id}:
    get:
      responses:
        '200':
          content:
            application/json: { schema: { oneOf: [{ type: object }, { $ref: '#/components/schemas/Error' }] } }
        '404':
          content:
            application/json: { schema: { $ref: '#/components/schemas/Error' } }
components:
  schemas:
    Error: { properties: { code: { type: string }, message: { type: string } } }
`,
      *find(api) {
        const errors = schemasOfErrors(api);
        const seen = new Set<unknown>();
        for (const { response, codes, operations } of answers(api)) {
          if (![...codes].some((code) => isSuccess(code) && code !== '207')) continue;
          const media = response.media.find(({ name }) => isJson(name));
          if (!media?.schema) continue;
          const flag = flagIn(
            api,
            media,
            operations.some(({ method }) => method === 'get'),
          );
          if (flag) {
            if (seen.has(flag.property.value)) continue;
            seen.add(flag.property.value);
            yield { at: flag.property.at, message: flag.message, help };
            continue;
          }
          const error = errorAmong(api, media, errors);
          if (!error) continue;
          const message = `The ${[...codes].find(isSuccess)} response can be ${titleOf(error.resolved)}, which tells errors elsewhere.`;
          yield { at: error.at, message, help };
        }
      },
    },
    protobuf: {
      good: `
syntax = "proto3";
package orders.v1;

service OrderService {
  rpc ShipOrder(ShipOrderRequest) returns (ShipOrderResponse);
  rpc ImportOrders(ImportOrdersRequest) returns (ImportOrdersResponse);
  rpc GetImport(GetImportRequest) returns (Import);
  rpc VerifyAddress(VerifyAddressRequest) returns (VerifyAddressResponse);
}

message ShipOrderResponse {
  string tracking_number = 1;
}

// Each order may fail for itself.
message ImportOrdersResponse {
  repeated string errors = 1;
}

message Import {
  string name = 1;
  string error = 2;
}

message VerifyAddressResponse {
  bool success = 1;
}
`,
      bad: `
syntax = "proto3";
package orders.v1;

service OrderService {
  rpc ShipOrder(ShipOrderRequest) returns (ShipOrderResponse);
  rpc CancelOrder(CancelOrderRequest) returns (CancelOrderResponse);
}

message ShipOrderResponse {
  bool success = 1;
  string message = 2;
}

message CancelOrderResponse {
  oneof result {
    Order order = 1;
    ApiError error = 2;
  }
}

message ApiError {
  int32 code = 1;
  string message = 2;
}
`,
      *find(api) {
        const seen = new Set<unknown>();
        for (const rpc of protobuf.rpcs(api)) {
          const response = messageOf(api, rpc.response);
          if (!response || seen.has(response.node) || rpc.streaming !== 'none' || isQuestion(rpc)) continue;
          seen.add(response.node);
          const field = toldWithin(response);
          if (!field) continue;
          const message =
            field.type === 'bool'
              ? `\`${field.name}\` of \`${response.name}\` says within a success whether the call succeeded.`
              : `\`${field.name}\` of \`${response.name}\` tells an error within a success.`;
          yield { at: field.at, message, help: 'End the call with the status that fits, and say more in its details.' };
        }
      },
    },
  },
});

const help = 'Answer failures with a 4xx or 5xx status and the body that errors have.';

const flags = new Set('success|successful|ok|is success|is successful|is ok'.split('|'));
const texts = new Set(
  'error|error code|error message|error description|error msg|err code|err msg|errcode|errmsg'.split('|'),
);
/** What a body has that is the record of something, whose failure is part of its data. */
const records = new Set(
  'id uuid status state phase type object kind result results items created updated valid is queued'.split(' '),
);

/** The property with which a body says whether the call succeeded. */
function flagIn(
  api: OpenApi,
  { schema }: MediaType,
  isRead: boolean,
): { property: Property; message: string } | undefined {
  const all = [...propertiesOf(api, schema).values()];
  if (!all.some(({ name }) => /succ|ok|err/i.test(name))) return undefined;
  const properties = all.map((property) => ({
    property,
    name: split(property.name).join(' '),
  }));
  const isRecord = properties.some(
    ({ name }) => name.split(' ').some((word) => records.has(word)) || timeOf(name.split(' ')) !== null,
  );
  const isJob = properties.some(({ name }) => /\b(?:queued|progress|phase|last)\b/.test(name));
  if (isJob || (isRecord && isRead)) return undefined;
  for (const { property, name } of properties) {
    if (!flags.has(name) || !effectiveTypes(api, property).includes('boolean') || isFixed(api, property)) continue;
    return { property, message: `\`${property.name}\` says within a success whether the call succeeded.` };
  }
  if (isRecord) return undefined;
  const text = properties.find(({ name }) => texts.has(name))?.property;
  return text && { property: text, message: `\`${text.name}\` tells an error within a success.` };
}

/** A flag that has one value only does not tell anything apart. */
function isFixed(api: OpenApi, property: Property): boolean {
  return itemsOf(keyword(api, property, 'enum')).length === 1 || keyword(api, property, 'const') !== undefined;
}

/** The schemas of errors, without those with which more successes than errors answer. */
function schemasOfErrors(api: OpenApi): ReadonlySet<unknown> {
  const successes = new Map<unknown, number>();
  for (const { response, codes } of answers(api)) {
    const schema = response.media.find(({ name }) => isJson(name))?.schema;
    const whole = [...codes].some(isSuccess) && schema && api.resolve(schema);
    if (whole) successes.set(whole.value, (successes.get(whole.value) ?? 0) + 1);
  }
  return new Set(
    errorBodies(api)
      .filter(({ schema, shape, answers: given }) => shape.message && given.length > (successes.get(schema.value) ?? 0))
      .map(({ schema }) => schema.value),
  );
}

/** A schema of errors that a success can be: the whole of it, or a member of its `oneOf` or `anyOf`. */
function errorAmong(api: OpenApi, { schema }: MediaType, errors: ReadonlySet<unknown>) {
  const whole = schema && api.resolve(schema);
  if (!schema || !whole) return undefined;
  const members = ['oneOf', 'anyOf'].flatMap((name) =>
    itemsOf(keyword(api, whole, name)).map((value, i) => ({ value, at: whole.at.child(name).child(i) })),
  );
  for (const { value, at } of [schema, ...members]) {
    const target = api.resolve({ value, at });
    if (target && target.at.path.length !== at.path.length && errors.has(target.value))
      return { at, resolved: target.at };
  }
  return undefined;
}

/** The field with which a response says whether the call succeeded. What is a record, or an answer for each of many, tells of other calls. */
function toldWithin({ name, fields }: Message): Field | undefined {
  if (!/(?:Response|Reply|Result|Output)$/.test(name)) return undefined;
  const single = fields.filter(({ label, kind }) => label !== 'repeated' && kind !== 'map');
  const named = single.map((field) => ({ field, words: split(field.name).join(' ') }));
  const flag = named.find(({ field, words }) => field.type === 'bool' && flags.has(words));
  if (flag) return flag.field;
  if (named.some(({ words }) => words.split(' ').some((word) => records.has(word)))) return undefined;
  return named.find(({ field, words }) => (texts.has(words) || words === 'error info') && canTell(field))?.field;
}

/** Whether an rpc asks whether something holds: what it finds out is its answer. */
function isQuestion({ name }: Rpc): boolean {
  return split(name).some((word) => /^(?:verify|validate|check|test|probe|ping|evaluate)$/.test(word));
}

/** A text, a code or a message for errors; not a flag. */
function canTell({ kind, type }: Field): boolean {
  return type === 'string' || /^s?int32$/.test(type) || kind === 'enum' || kind === 'message' || kind === 'unknown';
}
