import { closest } from '../../../text/closest.ts';
import type { SchemaAt } from '../values.ts';
import { Verdict } from './fault.ts';
import { matches } from './patterns.ts';
import { type Evaluated, isObject, type JsonObject, own, type Visit } from './visit.ts';
import { count, propertyWords, quote } from './words.ts';

/** Judges an object by its properties: which there must be, which there may be, how many, and each by its own schema. */
export function judgeObject(visit: Visit, schema: JsonObject, value: JsonObject): void {
  judgeRequired(visit, schema, value);
  judgeSize(visit, schema, value);
  judgeProperties(visit, schema, value);
  if (!visit.run.isModern) return;
  judgeNames(visit, schema, value);
  judgeDependents(visit, schema, value);
}

function judgeRequired(visit: Visit, schema: JsonObject, value: JsonObject): void {
  const required = schema['required'];
  if (!Array.isArray(required)) return;
  const absent = required.filter((name): name is string => typeof name === 'string' && !Object.hasOwn(value, name));
  const missing = absent.filter((name) => !isSpared(visit, name));
  if (missing.length < absent.length) visit.doubt();
  if (missing.length === 0) return;
  const predicate = () => `must have ${propertyWords(missing, 'and')}`;
  visit.fault('required', predicate, { cause: `required ${missing}`, expects: { missing } });
}

/** `readOnly` properties may be missing from requests and `writeOnly` ones from responses, wherever they are declared. */
function isSpared(visit: Visit, name: string): boolean {
  const { direction } = visit.run.judging;
  if (direction === 'both') return false;
  const flag = direction === 'request' ? 'readOnly' : 'writeOnly';
  const isFlagged = (schema: JsonObject) => schema[flag] === true;
  const declares = (schema: JsonObject, at: SchemaAt['at']): boolean => {
    const properties = schema['properties'];
    const property = isObject(properties) ? own(properties, name) : undefined;
    return (
      property !== undefined && someLayer(visit, { value: property, at: at.child('properties').child(name) }, isFlagged)
    );
  };
  return someLayer(visit, visit.first, declares) || someLayer(visit, { value: visit.schema, at: visit.at }, declares);
}

/** Whether `test` holds for a schema or for one that it is composed of, each looked at once. */
function someLayer(visit: Visit, start: SchemaAt, test: (schema: JsonObject, at: SchemaAt['at']) => boolean): boolean {
  const seen = new Set<unknown>();
  const waiting = [start];
  for (let layer = waiting.pop(); layer && seen.size < 1_000; layer = waiting.pop()) {
    const { value, at } = layer;
    if (!isObject(value) || seen.has(value)) continue;
    seen.add(value);
    if (test(value, at)) return true;
    const target = typeof value['$ref'] === 'string' ? visit.run.judging.resolve(layer) : undefined;
    if (target) waiting.push(target);
    for (const keyword of ['allOf', 'anyOf', 'oneOf']) {
      const parts = value[keyword];
      if (!Array.isArray(parts)) continue;
      for (const [index, part] of parts.entries()) waiting.push({ value: part, at: at.child(keyword).child(index) });
    }
  }
  return false;
}

function judgeSize(visit: Visit, schema: JsonObject, value: JsonObject): void {
  const min = schema['minProperties'];
  const max = schema['maxProperties'];
  if (typeof min !== 'number' && typeof max !== 'number') return;
  const size = Object.keys(value).length;
  if (typeof min === 'number' && size < min) {
    visit.fault('minProperties', () => `must have at least ${count(min, 'property')}, not ${size}`);
  }
  if (typeof max === 'number' && size > max) {
    visit.fault('maxProperties', () => `must have at most ${count(max, 'property')}, not ${size}`);
  }
}

/** Judges each property by `properties` and `patternProperties`, and the others by `additionalProperties`. */
function judgeProperties(visit: Visit, schema: JsonObject, value: JsonObject): void {
  const properties = isObject(schema['properties']) ? schema['properties'] : {};
  const patterns = visit.run.isModern && isObject(schema['patternProperties']) ? schema['patternProperties'] : {};
  const additional = schema['additionalProperties'];
  const propertiesAt = visit.at.child('properties');
  for (const name of Object.keys(value)) {
    const item = value[name];
    const known = Object.hasOwn(properties, name);
    if (known) visit.into(name, item, { value: properties[name], at: propertiesAt.child(name) });
    const matched = judgePatterns(visit, patterns, name, item);
    if (known || matched) visit.seen?.properties.add(name);
    else if (additional === false) refuse(visit, name, 'additionalProperties', Object.keys(properties), value);
    else if (additional !== undefined) {
      visit.seen?.properties.add(name);
      visit.into(name, item, { value: additional, at: visit.at.child('additionalProperties') });
    }
  }
}

/** Whether some pattern is about the property. One that cannot be tried is taken to be, asking for nothing. */
function judgePatterns(visit: Visit, patterns: JsonObject, name: string, item: unknown): boolean {
  let matched = false;
  for (const pattern of Object.keys(patterns)) {
    const matching = matches(pattern, name);
    if (matching === false) continue;
    matched = true;
    if (matching === undefined) visit.doubt();
    else visit.into(name, item, { value: patterns[pattern], at: visit.at.child('patternProperties').child(pattern) });
  }
  return matched;
}

/** Tells that a property must not be there, and which one was probably meant. */
function refuse(visit: Visit, name: string, keyword: string, allowed: readonly string[], value: JsonObject): void {
  const predicate = () => {
    const free = allowed.filter((candidate) => !Object.hasOwn(value, candidate));
    const meant = closest(name, free);
    return `must not be there${meant === null ? '' : `; did you mean ${quote(meant)}?`}`;
  };
  visit.fault(keyword, predicate, { trail: visit.down(name) });
}

/** Judges the names themselves by `propertyNames`. */
function judgeNames(visit: Visit, schema: JsonObject, value: JsonObject): void {
  if (!Object.hasOwn(schema, 'propertyNames')) return;
  const at = visit.at.child('propertyNames');
  for (const name of Object.keys(value)) {
    const verdict = new Verdict();
    visit.into(name, name, { value: schema['propertyNames'], at }, verdict);
    if (!verdict.sure) visit.doubt();
    const fault = verdict.faults[0];
    if (fault) visit.fault('propertyNames', () => `has a name that ${fault.predicate()}`, { trail: visit.down(name) });
  }
}

/** Judges by what the presence of a property asks for: `dependentRequired` and `dependentSchemas`. */
function judgeDependents(visit: Visit, schema: JsonObject, value: JsonObject): void {
  const required = isObject(schema['dependentRequired']) ? schema['dependentRequired'] : {};
  for (const name of Object.keys(required)) {
    const others = required[name];
    if (!Object.hasOwn(value, name) || !Array.isArray(others)) continue;
    const missing = others.filter((other) => typeof other === 'string' && !Object.hasOwn(value, other));
    if (missing.length === 0) continue;
    const predicate = () => `must have ${propertyWords(missing, 'and')}, since it has ${quote(name)}`;
    visit.fault('dependentRequired', predicate, { cause: `dependentRequired ${name}`, expects: { missing } });
  }
  const schemas = isObject(schema['dependentSchemas']) ? schema['dependentSchemas'] : {};
  for (const name of Object.keys(schemas)) {
    if (!Object.hasOwn(value, name)) continue;
    visit.also({ value: schemas[name], at: visit.at.child('dependentSchemas').child(name) });
  }
}

/** Judges the properties that no schema beside it has looked at. */
export function judgeUnevaluatedProperties(visit: Visit, schema: JsonObject, value: JsonObject, seen: Evaluated): void {
  const rest = schema['unevaluatedProperties'];
  if (rest === undefined) return;
  for (const name of Object.keys(value)) {
    if (seen.properties.has(name)) continue;
    seen.properties.add(name);
    if (rest === false) refuse(visit, name, 'unevaluatedProperties', declaredNames(visit, schema), value);
    else visit.into(name, value[name], { value: rest, at: visit.at.child('unevaluatedProperties') });
  }
}

function declaredNames(visit: Visit, schema: JsonObject): string[] {
  const names: string[] = [];
  someLayer(visit, { value: schema, at: visit.at }, (layer) => {
    if (isObject(layer['properties'])) names.push(...Object.keys(layer['properties']));
    return false;
  });
  return names;
}
