import { judgeAlternatives } from './alternatives.ts';
import { judgeArray, judgeUnevaluatedItems } from './arrays.ts';
import { includes } from './equality.ts';
import { Verdict } from './fault.ts';
import { judgeNumber } from './numbers.ts';
import { judgeObject, judgeUnevaluatedProperties } from './objects.ts';
import { judgeString } from './strings.ts';
import { Evaluated, isObject, type JsonObject, type Visit } from './visit.ts';
import { typeOf, typeWords, valueWords } from './words.ts';

/** Holds a value against a schema, and its parts against the schema's parts; what does not fit goes to the visit's verdict. */
export function judge(visit: Visit): void {
  const { schema, run } = visit;
  if (schema === false && run.isModern) {
    visit.fault('', () => 'must not be there');
  } else if (isObject(schema)) {
    if (!visit.mayGoOn || isNull(visit, schema)) visit.doubt();
    else if (run.isModern) judgeModern(visit, schema);
    else judgeOld(visit, schema);
  }
}

/**
 * Whether null is let through by `nullable`, whatever stands beside it. OpenAPI 3.0 makes that depend on `type` and
 * `enum`, and 3.1 knows no `nullable`; what the author meant is plain, and it is for other rules to tell of the slip.
 */
function isNull(visit: Visit, schema: JsonObject): boolean {
  return visit.value === null && (schema['nullable'] === true || schema['x-nullable'] === true);
}

/** Swagger 2.0 and OpenAPI 3.0: `$ref` stands alone. */
function judgeOld(visit: Visit, schema: JsonObject): void {
  if (typeof schema['$ref'] === 'string') follow(visit, schema);
  else judgeKeywords(visit, schema);
}

/** JSON Schema 2020-12: references stand beside other keywords, and what has been looked at may matter to outer schemas. */
function judgeModern(visit: Visit, schema: JsonObject): void {
  const outer = visit.seen;
  const asks = Object.hasOwn(schema, 'unevaluatedProperties') || Object.hasOwn(schema, 'unevaluatedItems');
  if (asks) visit.seen = new Evaluated();
  const before = visit.verdict.faults.length;
  for (const keyword of ['$ref', '$dynamicRef']) {
    const reference = schema[keyword];
    if (typeof reference === 'string') follow(visit, keyword === '$ref' ? schema : { $ref: reference });
  }
  judgeKeywords(visit, schema);
  if (!asks || !visit.seen) return;
  // Schemas that failed have looked at nothing; to report all that they name would only repeat the failure.
  if (visit.verdict.faults.length === before) {
    if (isObject(visit.value)) judgeUnevaluatedProperties(visit, schema, visit.value, visit.seen);
    if (Array.isArray(visit.value)) judgeUnevaluatedItems(visit, schema, visit.value, visit.seen);
  }
  outer?.add(visit.seen);
}

function follow(visit: Visit, schema: JsonObject): void {
  const target = visit.run.judging.resolve({ value: schema, at: visit.at });
  if (target) visit.also(target);
  else visit.doubt();
}

/** A value of the wrong type, or one that is not listed, is not judged by anything else. */
function judgeKeywords(visit: Visit, schema: JsonObject): void {
  const { value } = visit;
  if (!isOfType(visit, schema) || !isListed(visit, schema)) return;
  if (typeof value === 'string') judgeString(visit, schema, value);
  else if (typeof value === 'number') judgeNumber(visit, schema, value);
  else if (Array.isArray(value)) judgeArray(visit, schema, value);
  else if (isObject(value)) judgeObject(visit, schema, value);
  judgeCombinations(visit, schema);
}

const types = new Set(['null', 'boolean', 'object', 'array', 'number', 'integer', 'string']);

/** Judges by `type`. A list of types is understood in all dialects; Swagger's `file`, and names that are no types, ask for nothing. */
function isOfType(visit: Visit, schema: JsonObject): boolean {
  const type = schema['type'];
  if (type === undefined) return true;
  const allowed: unknown[] = Array.isArray(type) ? type : [type];
  if (allowed.length === 0 || !allowed.every((name) => typeof name === 'string' && types.has(name))) return true;
  const actual = typeOf(visit.value);
  if (allowed.includes(actual) || (actual === 'integer' && allowed.includes('number'))) return true;
  const expected = allowed as string[];
  visit.fault('type', () => typeWords(expected, visit.value), { expects: { types: expected } });
  return false;
}

/** Judges by `enum` and `const`. */
function isListed(visit: Visit, schema: JsonObject): boolean {
  const list = schema['enum'];
  if (Array.isArray(list) && list.length > 0 && !isAmong(visit, list, 'enum')) return false;
  if (!visit.run.isModern || !Object.hasOwn(schema, 'const')) return true;
  return isAmong(visit, [schema['const']], 'const');
}

function isAmong(visit: Visit, list: readonly unknown[], keyword: string): boolean {
  const found = includes(list, visit.value, visit.run.comparing);
  if (found === undefined) visit.doubt();
  if (found !== false) return true;
  visit.fault(keyword, () => valueWords(list, visit.value), { expects: { values: list } });
  return false;
}

/** Judges by the keywords that hold the same value against further schemas; Swagger 2.0 has `allOf` alone. */
function judgeCombinations(visit: Visit, schema: JsonObject): void {
  const all = schema['allOf'];
  if (Array.isArray(all)) {
    const at = visit.at.child('allOf');
    for (const [index, value] of all.entries()) visit.also({ value, at: at.child(index) });
  }
  if (visit.run.judging.dialect === 'swagger-2.0') return;
  judgeAlternatives(visit, schema, 'anyOf');
  judgeAlternatives(visit, schema, 'oneOf');
  judgeNot(visit, schema);
  if (visit.run.isModern) judgeCondition(visit, schema);
}

function judgeNot(visit: Visit, schema: JsonObject): void {
  const value = schema['not'];
  if (!isSchema(value, visit)) return;
  const inner = new Verdict();
  visit.also({ value, at: visit.at.child('not') }, inner, null);
  if (!inner.fits) return;
  if (inner.sure) visit.fault('not', () => 'must not fit what is under `not`');
  else visit.doubt();
}

/** Judges by `if`, `then` and `else`. Without a sure verdict on `if`, neither of the others is asked for; both then count as looked at. */
function judgeCondition(visit: Visit, schema: JsonObject): void {
  if (!isSchema(schema['if'], visit)) return;
  const condition = new Verdict();
  const seen = visit.seen && new Evaluated();
  visit.also({ value: schema['if'], at: visit.at.child('if') }, condition, seen);
  if (condition.fits && seen) visit.seen?.add(seen);
  const branch = (keyword: string, verdict: Verdict) => {
    if (Object.hasOwn(schema, keyword)) visit.also({ value: schema[keyword], at: visit.at.child(keyword) }, verdict);
  };
  if (!condition.fits) {
    branch('else', visit.verdict);
  } else if (condition.sure) {
    branch('then', visit.verdict);
  } else {
    visit.doubt();
    branch('then', new Verdict());
    branch('else', new Verdict());
  }
}

function isSchema(value: unknown, visit: Visit): boolean {
  return isObject(value) || (visit.run.isModern && typeof value === 'boolean');
}
