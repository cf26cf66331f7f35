import { asString, isObject, itemsOf } from '../../languages/openapi/json.ts';
import type { OpenApi } from '../../languages/openapi/openapi.ts';
import { effectiveTypes, keyword, type Property, partsOf, propertiesOf } from '../../languages/openapi/select.ts';
import type { SchemaAt } from '../../languages/openapi/values.ts';
import { split } from '../../words/split.ts';
import type { Violation } from './exchange.ts';

/** What an error has to tell. */
export interface Telling {
  readonly status: number;
  readonly code: string;
  readonly message: string;
  readonly violations: readonly Violation[];
  readonly requestId: string;
  readonly method: string;
  readonly path: string;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** An error's body as far as the names of its fields say what belongs into them, and whether it tells of the violations. */
export interface Filled {
  readonly value: unknown;
  readonly tellsViolations: boolean;
}

/** Fills the fields of an error's schema by what their names say: code, message, request id, what is wrong with which field. */
export function fillError(api: OpenApi, schema: SchemaAt, telling: Telling): Filled {
  const filler = new Filler(api, telling);
  const value = filler.fill(schema, null, 0);
  return { value, tellsViolations: filler.tellsViolations };
}

const deepest = 4;

class Filler {
  readonly #api: OpenApi;
  readonly #telling: Telling;
  tellsViolations = false;

  constructor(api: OpenApi, telling: Telling) {
    this.#api = api;
    this.#telling = telling;
  }

  /** @param violation what the value tells of, where it is not the error as a whole */
  fill(schema: SchemaAt, violation: Violation | null, depth: number): unknown {
    if (depth > deepest) return undefined;
    const types = effectiveTypes(this.#api, schema);
    const properties = propertiesOf(this.#api, schema);
    if (properties.size > 0) return this.#object(properties, violation, depth);
    const branch = this.#branches(schema)[0];
    if (branch) return this.fill(branch, violation, depth + 1);
    if (types.includes('array')) {
      const items = this.#itemsOf(schema);
      return items && this.#list(items, violation, depth, true);
    }
    if (types.includes('string')) return violation?.message ?? this.#telling.message;
    return undefined;
  }

  /** The alternatives that have properties, then the others. */
  #branches(schema: SchemaAt): SchemaAt[] {
    const all = partsOf(this.#api, schema).flatMap(({ value, at }) =>
      ['oneOf', 'anyOf'].flatMap((key) =>
        itemsOf(value[key]).map((branch, i) => ({ value: branch, at: at.child(key).child(i) })),
      ),
    );
    const size = (branch: SchemaAt) => propertiesOf(this.#api, this.#api.resolve(branch) ?? branch).size;
    return all.filter(({ value }) => isObject(value)).sort((a, b) => Math.sign(size(b)) - Math.sign(size(a)));
  }

  #itemsOf(schema: SchemaAt): SchemaAt | undefined {
    const holder = partsOf(this.#api, schema).find(({ value }) => isObject(value['items']));
    return holder && { value: holder.value['items'], at: holder.at.child('items') };
  }

  #object(
    properties: ReadonlyMap<string, Property>,
    violation: Violation | null,
    depth: number,
  ): Record<string, unknown> {
    const names = new Set([...properties.keys()].map((name) => split(name).join(' ')));
    const found: Record<string, unknown> = {};
    for (const [name, property] of properties) {
      const value = this.#property(name, property, { names, violation, depth });
      if (value !== undefined) found[name] = value;
    }
    return found;
  }

  #property(name: string, property: Property, around: Around): unknown {
    const words = split(name);
    const types = effectiveTypes(this.#api, property);
    const isArray = types.includes('array');
    if (isArray && !types.includes('string')) return this.#listProperty(words, property, around);
    const isPlain = types.includes('string') || types.includes('integer') || types.includes('number');
    if (!isPlain && !types.includes('boolean')) {
      const hasStructure = propertiesOf(this.#api, property).size > 0 || this.#branches(property).length > 0;
      if (hasStructure && this.#holdsError(words, property)) {
        return this.fill(property, around.violation, around.depth + 1);
      }
      if (types.includes('object') && listNames.has(words.at(-1)!)) return this.#map(property);
      if (types.length > 0 || hasStructure) return undefined;
    }
    if (types.includes('boolean') && !types.includes('string')) {
      return successNames.has(words.at(-1)!) ? false : undefined;
    }
    return around.violation
      ? this.#ofViolation(words, types, property, around.violation, around)
      : this.#ofError(words, types, property, around);
  }

  /** Whether the error is told inside of a property: in `error`; in a `source` only where it points at something (JSON:API 1.1). */
  #holdsError(words: readonly string[], property: Property): boolean {
    if (words.at(-1) !== 'source') return holders.has(words.at(-1)!) || words.includes('error');
    const names = propertiesOf(this.#api, property);
    return names.has('pointer') || names.has('parameter');
  }

  #listProperty(words: readonly string[], property: Property, around: Around): unknown {
    const items = this.#itemsOf(property);
    const last = words.at(-1)!;
    if (!items || around.violation || !listNames.has(last)) {
      // A list that has to be there, and that nothing is known for, is better empty than made up.
      if (around.violation && (last === 'loc' || last === 'path' || last === 'location'))
        return [...around.violation.location];
      return property.required && keyword(this.#api, property, 'minItems') === undefined ? [] : undefined;
    }
    const hasMessage = [...around.names].some((name) => messageNames.has(name.split(' ').at(-1)!));
    const list = this.#list(items, null, around.depth, !hasMessage && (last === 'errors' || last === 'messages'));
    return list.length > 0 || property.required ? list : undefined;
  }

  /** @param isMain whether the list is where the error itself is told, and has to say something in any case */
  #list(items: SchemaAt, violation: Violation | null, depth: number, isMain: boolean): unknown[] {
    const { violations } = this.#telling;
    if (violation) return [this.fill(items, violation, depth + 1)];
    if (violations.length === 0) return isMain ? [this.fill(items, null, depth + 1)] : [];
    this.tellsViolations = true;
    return violations.map((one) => this.fill(items, one, depth + 1));
  }

  /** Messages by field. */
  #map(property: SchemaAt): unknown {
    const { violations } = this.#telling;
    if (violations.length === 0) return undefined;
    const holder = partsOf(this.#api, property).find(({ value }) => isObject(value['additionalProperties']));
    const values = holder && {
      value: holder.value['additionalProperties'],
      at: holder.at.child('additionalProperties'),
    };
    const isList = !values || effectiveTypes(this.#api, values).includes('array');
    const found = new Map<string, string[]>();
    for (const violation of violations) {
      const field = fieldOf(violation);
      found.set(field, [...(found.get(field) ?? []), violation.message]);
    }
    this.tellsViolations = true;
    return Object.fromEntries([...found].map(([field, texts]) => [field, isList ? texts : texts.join(' ')]));
  }

  #ofError(words: readonly string[], types: readonly string[], property: Property, around: Around): unknown {
    const telling = this.#telling;
    const { status, message } = telling;
    const last = words.at(-1)!;
    const isText = types.length === 0 || types.includes('string');
    const isNumeric = !isText && types.some((type) => type === 'integer' || type === 'number');
    const joined = words.join(' ');
    if (isRequestId(words)) return isText ? telling.requestId : undefined;
    if (/^(?:time ?stamp|time|date|occurred at|created at)$/.test(joined))
      return isText ? new Date(telling.at).toISOString() : telling.at;
    if (joined === 'path' || joined === 'instance' || joined === 'url' || joined === 'uri')
      return isText ? telling.path : undefined;
    if (joined === 'method' || joined === 'http method') return isText ? telling.method : undefined;
    if (isStatusName(joined)) return this.#status(property, isText);
    if (isNumeric)
      return last === 'code' || codeNames.has(last) || last === 'error'
        ? this.#listed(property, [String(status)], status)
        : undefined;
    if (!isText) return undefined;
    if (last === 'title') {
      const hasOther = around.names.has('detail') || around.names.has('message');
      return hasOther ? titleOf(status) : message;
    }
    const hasMessage = [...around.names].some((name) => messageNames.has(name.split(' ').at(-1)!));
    if (messageNames.has(last) || last === 'details' || last === 'cause')
      return this.#listed(property, [message], message);
    if (last === 'error') return hasMessage ? this.#code(property) : message;
    if (last === 'type' && /^uri/.test(asString(keyword(this.#api, property, 'format')) ?? '')) return 'about:blank';
    // `decline_code` beside `code` speaks of something else.
    const isOther = words.length > 1 && words[0] !== 'error' && around.names.has(last);
    if (last === 'code' || codeNames.has(last)) return isOther && !property.required ? undefined : this.#code(property);
    return undefined;
  }

  #status(property: Property, isText: boolean): unknown {
    const { status } = this.#telling;
    const listed = itemsOf(keyword(this.#api, property, 'enum'));
    if (listed.length === 0) return isText ? String(status) : status;
    return this.#listed(
      property,
      [String(status), ...synonyms(this.#telling), 'error', 'fail', 'failed', 'failure'],
      undefined,
    );
  }

  #code(property: Property): unknown {
    return this.#listed(property, synonyms(this.#telling), this.#telling.code);
  }

  /** The value of an enumeration that says it best; the value itself where there is none. */
  #listed(property: SchemaAt, wanted: readonly string[], value: unknown): unknown {
    const listed = itemsOf(keyword(this.#api, property, 'enum'));
    if (listed.length === 0) return value;
    return bestOf(listed, wanted);
  }

  #ofViolation(
    words: readonly string[],
    types: readonly string[],
    property: Property,
    violation: Violation,
    around: Around,
  ): unknown {
    const isText = types.length === 0 || types.includes('string');
    const last = words.at(-1)!;
    if (isStatusName(words.join(' '))) return this.#status(property, isText);
    if (!isText) return undefined;
    if (last === 'in' || last === 'place' || (last === 'location' && around.names.has('field'))) {
      return this.#listed(property, [violation.location[0] as string], violation.location[0]);
    }
    if (last === 'pointer') return violation.location[0] === 'body' ? pointerOf(violation) : undefined;
    if (last === 'parameter' && around.names.has('pointer')) {
      return violation.location[0] === 'body' ? undefined : fieldOf(violation);
    }
    if (fieldNames.has(last)) return this.#listed(property, [fieldOf(violation)], fieldOf(violation));
    if (last === 'title' && (around.names.has('detail') || around.names.has('message')))
      return titleOf(this.#telling.status);
    if (messageNames.has(last) || (last === 'reason' && !hasMessageName(around.names))) return violation.message;
    if (last === 'error') return hasMessageName(around.names) ? violation.code : violation.message;
    if (last === 'code' || codeNames.has(last)) {
      return this.#listed(
        property,
        [violation.code, ...(violationWords[violation.code] ?? []), 'invalid'],
        violation.code,
      );
    }
    return isRequestId(words) ? this.#telling.requestId : undefined;
  }
}

interface Around {
  /** The names of the properties beside, in words. */
  readonly names: ReadonlySet<string>;
  readonly violation: Violation | null;
  readonly depth: number;
}

const setOf = (names: string): ReadonlySet<string> => new Set(names.split(' '));

const messageNames = setOf('message msg detail description text explanation summary');
const codeNames = setOf('type reason key slug kind errcode errno id name');
const holders = setOf('error err errors fault problem exception');
const listNames = setOf(
  'details detail errors violations issues fields params parameters validation problems messages causes reasons',
);
const fieldNames = setOf(
  'field param parameter property path name target key attribute loc location source pointer subject argument',
);
const successNames = setOf('success ok successful');

const hasMessageName = (names: ReadonlySet<string>): boolean =>
  [...names].some((name) => messageNames.has(name.split(' ').at(-1)!));

const isStatusName = (joined: string): boolean => /^(?:http )?(?:status|status code|http code)$/.test(joined);

const isRequestId = (words: readonly string[]): boolean =>
  /^(?:x )?(?:request|trace|correlation|transaction|log|incident|error)(?: (?:id|identifier|uuid))$|^(?:request|trace|correlation)$/.test(
    words.join(' '),
  );

/** `lines[0].quantity`; of parameters, the name. */
export function fieldOf({ location }: Violation): string {
  const way = location.length > 1 ? location.slice(1) : location;
  return way.map((key, i) => (typeof key === 'number' ? `[${key}]` : i === 0 ? key : `.${key}`)).join('');
}

/** A JSON pointer into the body (RFC 6901). */
function pointerOf({ location }: Violation): string {
  return location
    .slice(1)
    .map((key) => `/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`)
    .join('');
}

/** What others call what is wrong, by keyword, the usual first. */
const small = ['too_small', 'too_short', 'too_low', 'too_few', 'minimum', 'min', 'out_of_range'];
const large = ['too_large', 'too_long', 'too_high', 'too_many', 'too_big', 'maximum', 'max', 'out_of_range'];
const form = ['wrong_format', 'invalid_format', 'bad_format', 'format', 'malformed', 'invalid_value'];
const violationWords: Readonly<Record<string, readonly string[]>> = {
  required: ['missing', 'missing_field', 'blank', 'empty', 'not_null'],
  type: ['wrong_type', 'invalid_type', 'type_mismatch', ...form],
  enum: ['not_allowed', 'unknown_value', 'invalid_value', 'unknown', 'inclusion', ...form],
  const: ['invalid_value', 'unknown', ...form],
  format: form,
  pattern: ['pattern_mismatch', ...form],
  minimum: small,
  exclusiveMinimum: small,
  minLength: small,
  minItems: small,
  maximum: large,
  exclusiveMaximum: large,
  maxLength: large,
  maxItems: large,
  additionalProperties: ['unknown', 'unknown_field', 'unexpected', 'not_allowed'],
  malformed: form,
  cursor: ['invalid_cursor', 'unknown', 'invalid_value', ...form],
};

/** What others call the error, the usual first: by its code, then by its status. */
function synonyms({ code, status }: Telling): string[] {
  return [code, ...(statusWords[status] ?? []), ...(status >= 500 ? statusWords[500]! : statusWords[400]!)];
}

const wordsOf = (text: string): readonly string[] => text.split(' ');

const statusWords: Readonly<Record<number, readonly string[]>> = {
  400: wordsOf(
    'malformed_request bad_request invalid_request invalid_argument malformed invalid invalid_input client_error',
  ),
  401: wordsOf(
    'unauthenticated unauthorized authentication_required authentication_error not_authenticated invalid_token',
  ),
  403: wordsOf('forbidden permission_denied access_denied insufficient_scope insufficient_permissions not_authorized'),
  404: wordsOf('not_found resource_not_found missing unknown no_such_resource'),
  405: wordsOf('method_not_allowed not_allowed'),
  406: wordsOf('not_acceptable'),
  409: wordsOf('conflict already_exists duplicate aborted'),
  410: wordsOf('gone not_found'),
  412: wordsOf('precondition_failed failed_precondition conflict'),
  413: wordsOf('payload_too_large too_large request_too_large content_too_large'),
  415: wordsOf('unsupported_media_type unsupported'),
  422: wordsOf(
    'validation_failed validation_error unprocessable_entity unprocessable_content validation invalid invalid_argument',
  ),
  428: wordsOf('precondition_required'),
  429: wordsOf('rate_limited too_many_requests rate_limit_exceeded rate_limit resource_exhausted throttled'),
  500: wordsOf('internal internal_error internal_server_error server_error unknown'),
  503: wordsOf('unavailable service_unavailable overloaded'),
  504: wordsOf('timeout deadline_exceeded gateway_timeout'),
};

/** The member of a list that means the earliest of some words; undefined when none does. */
function bestOf(listed: readonly unknown[], wanted: readonly string[]): unknown {
  const known = listed.map((value) => ({ value, text: split(String(value)).join(' ') }));
  const texts = wanted.map((text) => split(text).join(' '));
  for (const text of texts) {
    const found = known.find((one) => one.text === text);
    if (found) return found.value;
  }
  for (const text of texts) {
    const found = known.find((one) => ` ${one.text} `.includes(` ${text} `));
    if (found) return found.value;
  }
  return undefined;
}

/** What HTTP calls a status (RFC 9110, section 15). */
export function titleOf(status: number): string {
  return titles[status] ?? (status >= 500 ? 'Server Error' : 'Client Error');
}

const titles: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  402: 'Payment Required',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  406: 'Not Acceptable',
  408: 'Request Timeout',
  409: 'Conflict',
  410: 'Gone',
  411: 'Length Required',
  412: 'Precondition Failed',
  413: 'Content Too Large',
  414: 'URI Too Long',
  415: 'Unsupported Media Type',
  416: 'Range Not Satisfiable',
  422: 'Unprocessable Content',
  423: 'Locked',
  424: 'Failed Dependency',
  425: 'Too Early',
  428: 'Precondition Required',
  429: 'Too Many Requests',
  431: 'Request Header Fields Too Large',
  500: 'Internal Server Error',
  501: 'Not Implemented',
  502: 'Bad Gateway',
  503: 'Service Unavailable',
  504: 'Gateway Timeout',
};
