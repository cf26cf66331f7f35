/** Responses and headers for documents that lack them, in the manner of those that they have. */
import { answers, hasHeader } from '../../languages/openapi/answers.ts';
import type { Document } from '../../languages/openapi/document.ts';
import { insertDeep, insertProperties, type Json, together } from '../../languages/openapi/edit.ts';
import { fieldRank, statusRank } from '../../languages/openapi/field-order.ts';
import { asString, get, isObject } from '../../languages/openapi/json.ts';
import type { OpenApi } from '../../languages/openapi/openapi.ts';
import {
  codesOf,
  declaresRefusal,
  isSuccess,
  memoisedFor,
  type Operation,
  operations,
  type Response,
} from '../../languages/openapi/select.ts';
import type { Edit, Fix } from '../../text/fix.ts';
import { errorAnswers } from './error-bodies.ts';
import { expectedCodes } from './refusals.ts';

/** The headers that tell callers how much of their limit is left. */
const rateLimitName = /^(?:x-)?rate-?limit(?:-|$)/i;

type Fields = { readonly [key: string]: Json };

/**
 * The fix that declares answers of an operation: by the shared responses that other operations use for their codes, else with the
 * body that most errors of the API have. As a part of a finding; empty where errors have no body that could be referred to.
 */
export function responsesFix(api: OpenApi, operation: Operation, wanted: readonly string[]): { fix?: Fix } {
  const codes = withExpected(api, operation, wanted);
  const { document } = operation.at;
  const declared = operation.value['responses'];
  if (codes.length === 0 || !isObject(declared) || declared['$ref'] !== undefined) return {};
  const body = errorBody(api, document);
  const shared = sharedResponses(api, document);
  if (body === null && !codes.every((code) => shared.has(code))) return {};
  const edits = (): readonly Edit[] => {
    const made = codes.map((code) => [code, responseFor(api, operation, code, body, shared)] as const);
    const inserted = insertProperties(operation.at.child('responses'), Object.fromEntries(made), statusRank);
    const needsBody = made.some(([, response]) => response['$ref'] === undefined);
    return body?.isNew && needsBody ? together(inserted, newProblem(api)) : inserted;
  };
  const names = codes.length === 1 ? `a ${codes[0]} response` : `the responses ${codes.join(', ')}`;
  return { fix: { title: `Declare ${names}`, safe: true, edits } };
}

/** The first 4xx that an operation declares says that it takes care of refusals, so all that are expected of it come at once. */
function withExpected(api: OpenApi, operation: Operation, codes: readonly string[]): readonly string[] {
  const isFirst = codes.some((code) => code.startsWith('4')) && !declaresRefusal(api, operation);
  return isFirst ? [...new Set([...codes, ...expectedCodes(api, operation)])].sort() : codes;
}

/** The fix that adds headers to a response, as a part of a finding. */
export function headersFix(
  api: OpenApi,
  { at, value }: Response,
  names: readonly (keyof typeof headers)[],
): { fix?: Fix } {
  if (value['headers'] !== undefined && !isObject(value['headers'])) return {};
  const edits = () =>
    insertDeep(
      at,
      names.map((name) => [['headers', name], header(api, name)]),
      fieldRank('response'),
    );
  return { fix: { title: `Declare ${names.map((name) => `\`${name}\``).join(' and ')}`, safe: true, edits } };
}

const headers = {
  Location: { description: 'The URL of the new item.', type: 'string', format: 'uri-reference' },
  'Retry-After': { description: 'In how many seconds to try again.', type: 'integer', minimum: 0 },
  RateLimit: { description: 'How much of the limit is left, and when it is renewed.', type: 'string' },
  'RateLimit-Policy': { description: 'How many requests are allowed in which time.', type: 'string' },
} satisfies Readonly<Record<string, Fields>>;

function header({ version }: OpenApi, name: keyof typeof headers): Json {
  const { description, ...schema } = headers[name];
  return version === '2.0' ? { description, ...schema } : { description, schema };
}

function responseFor(
  api: OpenApi,
  { method }: Operation,
  code: string,
  body: ErrorContent | null,
  shared: ReadonlyMap<string, string>,
): Fields {
  const ref = shared.get(code);
  if (ref !== undefined) return { $ref: ref };
  const limits: (keyof typeof headers)[] =
    code === '429' ? ['Retry-After', ...(tellsLimits(api) ? (['RateLimit', 'RateLimit-Policy'] as const) : [])] : [];
  return {
    description: descriptions[code] ?? 'The request failed.',
    ...(limits.length > 0 && { headers: Object.fromEntries(limits.map((name) => [name, header(api, name)])) }),
    ...(body && method !== 'head' && contentOf(api, body)),
  };
}

const descriptions: Readonly<Record<string, string>> = {
  '400': 'A parameter or a field of the body is wrong.',
  '401': 'The credentials are missing, wrong or expired.',
  '403': 'The credentials do not allow this.',
  '404': 'There is no such item.',
  '409': 'The item has changed, or its key is taken.',
  '429': 'The caller has sent too many requests.',
  '500': 'The server could not answer.',
};

/** Whether responses tell how much of a limit is left. In large APIs in which none does, that is one finding, not one more for each. */
function tellsLimits(api: OpenApi): boolean {
  const telling = answers(api).filter(({ codes }) => [...codes].some((code) => isSuccess(code) || code === '429'));
  return telling.length <= 10 || telling.some(({ response }) => hasHeader(response, rateLimitName));
}

/** The body of an error: its media type and the reference to its schema. */
interface ErrorContent {
  readonly type: string;
  readonly ref: string;
  /** Whether there is no such schema yet. */
  readonly isNew: boolean;
}

function contentOf({ version }: OpenApi, { type, ref }: ErrorContent): Fields {
  const schema = { $ref: ref };
  return version === '2.0' ? { schema } : { content: { [type]: { schema } } };
}

/** What most errors refer to in this document; a new `Problem` where none has a body; null where they have bodies without a name. */
const errorBody = memoisedFor((api: OpenApi, document: Document): ErrorContent | null => {
  const media = errorAnswers(api).flatMap(({ response }) => response.media);
  if (media.length === 0) return document === api.root.at.document ? newBody(api) : null;
  const counts = new Map<string, { readonly content: ErrorContent; count: number }>();
  for (const { name, schema } of media) {
    const ref = schema?.at.document === document ? asString(get(schema.value, '$ref')) : undefined;
    if (ref === undefined) continue;
    const known = counts.get(`${name} ${ref}`) ?? { content: { type: name, ref, isNew: false }, count: 0 };
    known.count++;
    counts.set(`${name} ${ref}`, known);
  }
  const [most] = [...counts.values()].sort((a, b) => b.count - a.count);
  return most && most.count * 2 > media.length ? most.content : null;
});

function newBody(api: OpenApi): ErrorContent | null {
  const path = schemasPath(api);
  const known = path.reduce<unknown>((value, key) => get(value, key), api.root.value);
  if (Object.keys(problemSchemas(api)).some((name) => get(known, name) !== undefined)) return null;
  return { type: 'application/problem+json', ref: `#/${path.join('/')}/Problem`, isNew: true };
}

function schemasPath({ version }: OpenApi): readonly string[] {
  return version === '2.0' ? ['definitions'] : ['components', 'schemas'];
}

function newProblem(api: OpenApi): readonly Edit[] {
  const schemas = Object.entries(problemSchemas(api)).map(
    ([name, schema]) => [[...schemasPath(api), name], schema] as const,
  );
  return insertDeep(api.root.at, schemas, fieldRank('root'));
}

/** RFC 9457, with the extension that names the fields that are wrong. */
function problemSchemas(api: OpenApi): { readonly [name: string]: Fields } {
  const problem = {
    type: 'object',
    description: 'What went wrong, in the form of RFC 9457.',
    required: ['type', 'title', 'status'],
    properties: {
      type: {
        type: 'string',
        format: 'uri-reference',
        description: 'A URI that names the kind of problem, for programs.',
      },
      title: { type: 'string', description: 'What kind of problem it is, in a few words for people.' },
      status: { type: 'integer', format: 'int32', description: 'The status code of the response.' },
      detail: { type: 'string', description: 'What went wrong this time, in a sentence for people.' },
      errors: {
        type: 'array',
        description: 'Which parameters or fields are wrong, and why.',
        items: { $ref: `#/${schemasPath(api).join('/')}/FieldProblem` },
      },
    },
    example: { type: '/problems/not-found', title: 'There is no such item', status: 404 },
  };
  const fieldProblem = {
    type: 'object',
    description: 'A parameter or field that is wrong.',
    properties: {
      field: { type: 'string', description: 'The JSON pointer of the field, or the name of the parameter.' },
      message: { type: 'string', description: 'What is wrong with it.' },
    },
  };
  return { Problem: problem, FieldProblem: fieldProblem };
}

/** The shared responses of a document by the code for which operations use them most. */
const sharedResponses = memoisedFor((api: OpenApi, document: Document): ReadonlyMap<string, string> => {
  const counts = new Map<string, Map<string, number>>();
  for (const operation of operations(api)) {
    if (operation.at.document !== document) continue;
    for (const code of codesOf(api, operation)) {
      const ref = asString(get(get(operation.value['responses'], code), '$ref'));
      if (ref === undefined) continue;
      const refs = counts.get(code) ?? new Map<string, number>();
      counts.set(code, refs.set(ref, (refs.get(ref) ?? 0) + 1));
    }
  }
  return new Map([...counts].map(([code, refs]) => [code, [...refs].sort((a, b) => b[1] - a[1])[0]![0]]));
});
