import { asString, get } from './json.ts';
import { type Pointer, valueAt } from './pointer.ts';

/**
 * How a sentence names the schema, parameter or header at a place: `` `email` ``, `` an item of `tags` ``,
 * `` the body of `200` ``. Starts in lower case unless it starts with the name.
 */
export function titleOf(at: Pointer): string {
  const parent = at.parent;
  if (!parent) return `\`${at.document.source.path.split('/').at(-1)}\``;
  const field = String(parent.key);
  if (named.has(field)) return `\`${at.key}\``;
  if (field === 'patternProperties') return `what matches \`${at.key}\``;
  if (field === 'prefixItems') return `item ${at.key} of ${ownerOf(parent)}`;
  if (combining.has(field)) return `part ${Number(at.key) + 1} of \`${field}\` in ${ownerOf(parent)}`;
  if (field === 'parameters') return nameAt(at) ?? 'the parameter';
  switch (at.key) {
    case 'items':
    case 'unevaluatedItems':
      return `an item of ${titleOf(parent)}`;
    case 'additionalProperties':
    case 'unevaluatedProperties':
      return `a value of ${titleOf(parent)}`;
    case 'schema':
    case 'itemSchema':
      return titleOfHolder(parent);
    default:
      return combining.has(String(at.key)) || below.has(String(at.key))
        ? `\`${at.key}\` of ${titleOf(parent)}`
        : nameInFile(at);
  }
}

/** A phrase as the beginning of a sentence. */
export function capitalised(phrase: string): string {
  return phrase.charAt(0).toUpperCase() + phrase.slice(1);
}

/** Fields under which keys are names. */
const named = new Set(['properties', 'schemas', 'definitions', '$defs', 'headers', 'dependentSchemas']);
const combining = new Set(['allOf', 'anyOf', 'oneOf']);
const below = new Set(['not', 'if', 'then', 'else', 'contains', 'propertyNames', 'contentSchema']);

/** A file may hold schemas by name at its top, or as its whole. */
function nameInFile(at: Pointer): string {
  return at.parent?.parent === null ? `\`${at.key}\`` : 'the schema';
}

function ownerOf(list: Pointer): string {
  return list.parent ? titleOf(list.parent) : 'the schema';
}

/** What a parameter, header, body or response is called that has a schema. */
function titleOfHolder(holder: Pointer): string {
  const field = String(holder.parent?.key ?? '');
  if (field === 'headers') return `\`${holder.key}\``;
  if (field === 'parameters') return nameAt(holder) ?? `\`${holder.key}\``;
  if (field === 'responses') return `the body of \`${holder.key}\``;
  if (field !== 'content' || !holder.parent?.parent) return 'the schema';
  const body = holder.parent.parent;
  if (body.key === 'requestBody' || body.parent?.key === 'requestBodies') return 'the request body';
  if (body.parent?.key === 'parameters') return nameAt(body) ?? `\`${body.key}\``;
  return body.parent?.key === 'responses' ? `the body of \`${body.key}\`` : 'the body';
}

function nameAt(at: Pointer): string | undefined {
  const name = asString(get(valueAt(at.document.value, at.path), 'name'));
  return name === undefined ? undefined : `\`${name}\``;
}
