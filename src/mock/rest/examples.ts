import { judging } from '../../languages/openapi/examples.ts';
import { asString, entriesOf, get, itemsOf } from '../../languages/openapi/json.ts';
import type { At } from '../../languages/openapi/references.ts';
import { keyword, type MediaType, partsOf, type Response, responsesOf } from '../../languages/openapi/select.ts';
import { mismatches } from '../../languages/openapi/values.ts';
import type { Context } from '../context.ts';
import { Random } from '../random.ts';
import { completeValue, type Sampling, sampleSchema } from '../sample/sample.ts';
import { sampleBytes } from './binary.ts';
import type { Answer, Exchange, Headers, Route, Stage } from './exchange.ts';
import { isJsonName, isXmlName, mediaTypeOf } from './media-types.ts';
import { chosenMedia, responseFor, written } from './negotiation.ts';
import { perRoute } from './per-route.ts';
import { inPrismWords, violationsHeader } from './prism-violations.ts';
import { refuse } from './refusal.ts';
import { violationsOf } from './violations.ts';

/** The last stage: answers what no other has, with what the document shows. */
export function examplesStage(_context: Context): Stage {
  return { name: 'examples', before: (exchange) => exampleAnswer(exchange) };
}

/**
 * The answer that the document itself gives: of the response that was wished for (`code`), else the lowest success, the example
 * that was wished for, else the first of the media type, else that of the schema, else a made-up value. Examples that do not fit
 * their schema are mended. Without a wish for other data, the same bytes each time, made once.
 */
export function exampleAnswer(exchange: Exchange): Answer {
  const { route, wishes } = exchange;
  if (!route) throw new Error('There is no operation to answer for.');
  const found = wishes.code === undefined ? usualOf(route) : wishedFor(route, wishes.code);
  if (!found) {
    return refuse(exchange, {
      status: 404,
      code: 'response_not_declared',
      message: `${route.operation.name} declares no response ${wishes.code}.`,
    });
  }
  const { status, response } = found;
  const media = chosenMedia(exchange, response);
  if (media === null) return { status, headers: none, body: null };
  if (media === undefined) return notAcceptable(exchange, response!);
  if (wishes.example !== undefined || wishes.dynamic !== undefined || wishes.seed !== undefined || isOpen(media)) {
    return fresh(exchange, status, media);
  }
  const ready = readyAnswers(route);
  const key = `${status} ${media.name}`;
  let answer = ready.get(key);
  if (!answer) {
    answer = fresh(exchange, status, media);
    if (answer.body && 'bytes' in answer.body) {
      const { bytes, mediaType } = answer.body;
      answer = { ...answer, body: { bytes: Buffer.from(bytes as string), mediaType } };
    }
    ready.set(key, answer);
  }
  return answer;
}

const none = Object.freeze({});
const readyAnswers = perRoute(() => new Map<string, Answer>());

/** What is served of a range depends on what is asked for. */
const isOpen = ({ name }: MediaType): boolean => name.includes('*');

interface Chosen {
  readonly status: number;
  readonly response: Response | undefined;
}

/** The response with the lowest code of success, else `default`, else the lowest of what there is; 204 of nothing. */
export const usualOf = perRoute((route): Chosen => {
  const all = responsesOf(route.api, route.operation);
  const exact = (pattern: RegExp) =>
    all.filter(({ code }) => pattern.test(code)).sort((a, b) => Number(a.code) - Number(b.code))[0];
  const success = exact(/^2\d\d$/);
  if (success) return { status: Number(success.code), response: success };
  const open = all.find(({ code }) => /^2xx$/i.test(code)) ?? all.find(({ code }) => code === 'default');
  if (open) return { status: 200, response: open };
  const other = exact(/^[3-5]\d\d$/);
  return other ? { status: Number(other.code), response: other } : { status: 204, response: undefined };
});

function wishedFor(route: Route, status: number): Chosen | undefined {
  const response = responseFor(route, status);
  return response && { status, response };
}

/** 406, with the media types that there are. */
export function notAcceptable(exchange: Exchange, response: Response): Answer {
  const names = response.media.map(({ name }) => `\`${name}\``);
  return refuse(exchange, {
    status: 406,
    code: 'not_acceptable',
    message: `The answer can be had as ${names.join(' or ')}, none of which is accepted.`,
  });
}

let count = 0;

/** Makes an answer as if for the first time. */
function fresh(exchange: Exchange, status: number, media: MediaType): Answer {
  const { wishes, context, route } = exchange;
  const shown = wishes.dynamic ? [] : examplesOf(route!, media);
  if (wishes.example !== undefined && !wishes.dynamic) {
    const example = shown.find(({ name }) => name === wishes.example);
    if (!example) return noSuchExample(exchange, media, shown);
    return { status, headers: flaws(exchange, media, example), body: asBody(exchange, media, example) };
  }
  const seed = wishes.seed ?? context.settings.seed;
  const turn = wishes.dynamic && wishes.seed === undefined ? ++count : 0;
  const random = new Random(route!.operation.name, status, seed, turn);
  const example = shown[0] ?? null;
  return { status, headers: flaws(exchange, media, example), body: asBody(exchange, media, example, random) };
}

/** Prism says of its own answer what does not fit. */
function flaws({ context, route }: Exchange, { schema, name }: MediaType, example: Shown | null): Headers {
  if (context.settings.compat !== 'prism' || !schema || !example || example.isText) return none;
  if (!isJsonName(mediaTypeOf(name)?.name ?? name)) return none;
  const found = violationsOf(mismatches(example.value, schema, judging(route!.api, 'response')), example.value, [
    'response',
    'body',
  ]);
  return violationsHeader(found.map(inPrismWords));
}

function noSuchExample(exchange: Exchange, { name }: MediaType, shown: readonly Shown[]): Answer {
  const names = shown.flatMap((example) => (example.name === null ? [] : [`\`${example.name}\``]));
  return refuse(exchange, {
    status: 404,
    code: 'example_not_found',
    message: `${name} has no example \`${exchange.wishes.example}\`; it has ${names.length > 0 ? names.join(', ') : 'none with a name'}.`,
  });
}

/** An example of a media type. */
interface Shown {
  /** Null where it has none. */
  readonly name: string | null;
  readonly value: unknown;
  /** Whether the value is the body's text (`serializedValue` of 3.2). */
  readonly isText: boolean;
}

/** The examples of a representation, that of the media type first, then by name, then those of its schema. */
export function examplesOf({ api }: Route, media: MediaType): readonly Shown[] {
  let found = shownExamples.get(media);
  if (!found) {
    found = api.version === '2.0' ? examples20(media) : ownExamples(media, (here) => api.resolve(here)?.value);
    if (found.length === 0) found = schemaExamples(api, media);
    shownExamples.set(media, found);
  }
  return found;
}
const shownExamples = new WeakMap<MediaType, readonly Shown[]>();

/** In 2.0 examples stand by media type beside the schema. */
function examples20({ value, name }: MediaType): Shown[] {
  const all = get(value, 'examples');
  const own = get(all, name);
  if (own !== undefined) return [{ name: null, value: own, isText: false }];
  const type = mediaTypeOf(name)?.name;
  const other = entriesOf(all).find(([key]) => mediaTypeOf(key)?.name === type);
  return other ? [{ name: null, value: other[1], isText: false }] : [];
}

function ownExamples({ value, at }: MediaType, resolve: (here: At) => unknown): Shown[] {
  const found: Shown[] = [];
  if (Object.hasOwn(value, 'example')) found.push({ name: null, value: value['example'], isText: false });
  for (const [name, entry] of entriesOf(value['examples'])) {
    const example = resolve({ value: entry, at: at.child('examples').child(name) });
    const key = ['dataValue', 'value', 'serializedValue'].find((key) => get(example, key) !== undefined);
    if (key) found.push({ name, value: get(example, key), isText: key === 'serializedValue' });
  }
  return found;
}

function schemaExamples(api: Route['api'], { schema }: MediaType): Shown[] {
  if (!schema) return [];
  const found: Shown[] = [];
  for (const { value } of partsOf(api, schema)) {
    if (value['allOf'] !== undefined && value['example'] === undefined) continue;
    if (Object.hasOwn(value, 'example')) found.push({ name: null, value: value['example'], isText: false });
    for (const example of itemsOf(value['examples'])) found.push({ name: null, value: example, isText: false });
    // Those of a member of `allOf` show but a part.
    break;
  }
  return found;
}

function asBody(
  exchange: Exchange,
  media: MediaType,
  example: Shown | null,
  random?: Random,
): NonNullable<Answer['body']> {
  const value = bodyValue(exchange, media, example, random);
  const mediaType = media.name.includes('*') ? undefined : media.name;
  if (mediaType === undefined) return { value, ...(media.schema && { schema: media.schema }) };
  if (example?.isText) return { bytes: String(value), mediaType };
  return written(value, mediaType, media.schema, exchange);
}

function bodyValue(exchange: Exchange, media: MediaType, example: Shown | null, random?: Random): unknown {
  const { api } = exchange.route!;
  const { schema, name } = media;
  const type = mediaTypeOf(name)?.name ?? name;
  const isStructured = isJsonName(type) || isXmlName(type) || type.includes('*');
  if (example && (!schema || example.isText || exchange.context.settings.compat === 'prism')) return example.value;
  if (example) {
    // Other media types show bodies as they travel.
    if (!isStructured && typeof example.value === 'string') return example.value;
    if (isXmlName(type) && typeof example.value === 'string') return example.value;
    if (mismatches(example.value, schema!, judging(api, 'response')).length === 0) return example.value;
  }
  const sampling = samplingOf(exchange, random ?? new Random(exchange.context.settings.seed));
  if (example) return completeValue(schema!, example.value, sampling);
  const bytes = isStructured ? undefined : sampleBytes(type, isBinary(api, schema));
  if (bytes) return bytes;
  if (!schema) return isStructured ? {} : '';
  return sampleSchema(schema, sampling);
}

function isBinary(api: Route['api'], schema: MediaType['schema']): boolean {
  return !schema || asString(keyword(api, schema, 'format')) === 'binary' || keyword(api, schema, 'type') === 'file';
}

/** How values of an operation's answers are made up. */
export function samplingOf({ route, wishes }: Exchange, random: Random): Sampling {
  const called = route!.template
    .split('/')
    .filter((segment) => segment !== '' && !segment.includes('{'))
    .slice(-1);
  return { api: route!.api, direction: 'response', random, examples: !wishes.dynamic, called };
}
