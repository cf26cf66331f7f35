import { insertItems, insertProperty, replaceScalar } from '../../languages/openapi/edit.ts';
import { fieldRank } from '../../languages/openapi/field-order.ts';
import type { JsonObject } from '../../languages/openapi/json.ts';
import { asString, get, itemsOf } from '../../languages/openapi/json.ts';
import type { OpenApi } from '../../languages/openapi/openapi.ts';
import { parameterEntries } from '../../languages/openapi/parameter-lists.ts';
import { placeholdersOf } from '../../languages/openapi/paths.ts';
import type { Pointer } from '../../languages/openapi/pointer.ts';
import type { At } from '../../languages/openapi/references.ts';
import {
  type Operation,
  operations,
  type PathEntry,
  parameters,
  parametersOf,
  paths,
} from '../../languages/openapi/select.ts';
import { closest } from '../../text/closest.ts';
import type { Edit, Fix } from '../../text/fix.ts';
import type { Finding } from '../../text/problem.ts';
import { singular } from '../../words/plurals.ts';
import { split } from '../../words/split.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'structure/path-parameters-declared',
  summary: 'the placeholders of a path and its declared parameters agree',
  why: `A placeholder without a parameter has no type and no meaning, and a generated client cannot fill it. A path parameter without a
placeholder is asked for and never sent.`,
  sources: ['OpenAPI 3.1.1, Path Templating', 'OpenAPI 3.1.1, Parameter Object, `required`', 'RFC 6570'],
  equivalents: [
    'spectral:path-params',
    'spectral:path-declarations-must-exist',
    'redocly:path-parameters-defined',
    'redocly:path-params-defined',
    'redocly:path-declaration-must-exist',
    'zally:Z001',
  ],
  checks: {
    openapi: {
      good: `
openapi: 3.1.0
paths:
  /orders/{id}:
    parameters:
      - { name: id, in: path, required: true, schema: { type: string } }
    get: {}
    delete:
      parameters:
        - { name: id, in: path, required: true, schema: { type: integer } }
        - { name: id, in: query, schema: { type: string } }
  /maps/{;layer}{zoom*}:
    get:
      parameters:
        - { name: layer, in: path, required: true, style: matrix, schema: { type: string } }
        - { name: zoom, in: path, required: true, schema: { type: integer } }
  /planned/{id}:
    x-internal: true
`,
      bad: `
openapi: 3.1.0
paths:
  /orders/{orderId}:
    get: {}
    put:
      parameters:
        - { name: orderID, in: path, required: true, schema: { type: string } }
  /items/{id}/parts/{id}/{}:
    get:
      parameters:
        - { name: id, in: path, schema: { type: string } }
`,
      fixable: 'safe',
      *find(api) {
        for (const entry of paths(api)) yield* template(entry);
        yield* listsOfPathItems(api);
        for (const operation of operations(api)) yield* parametersOfOperation(api, operation);
        for (const { value, at, name, in: place } of parameters(api)) {
          if (place !== 'path' || value['required'] === true) continue;
          yield {
            at: value['required'] === undefined ? at : at.child('required'),
            message: `The path parameter \`${name}\` is not \`required: true\`.`,
            help: 'Write `required: true`: a path without it would be another path.',
            fix: { title: 'Write `required: true`', safe: true, edits: () => requiring(value, at) },
          };
        }
      },
    },
  },
});

function requiring(value: JsonObject, at: Pointer): readonly Edit[] {
  return Object.hasOwn(value, 'required')
    ? replaceScalar(at.child('required'), true)
    : insertProperty(at, 'required', true, fieldRank('parameter'));
}

/** The name that a placeholder stands for, without the operators and modifiers of RFC 6570. */
const nameIn = (placeholder: string): string => placeholder.replace(/^[;?+#./&]+/, '').replace(/(?:\*|:\d+)$/, '');

const namesIn = (path: string): string[] => placeholdersOf(path.replace(/[?#](?![^{}]*\}).*$/s, '')).map(nameIn);

function* template({ path, at }: PathEntry): Generator<Finding> {
  const names = namesIn(path);
  const twice = names.find((name, i) => name !== '' && names.indexOf(name) < i);
  if (twice !== undefined) {
    yield {
      at: at.onKey,
      message: `The placeholder \`{${twice}}\` stands twice in \`${path}\`.`,
      help: 'Give each its own name.',
    };
  }
  if (names.includes(''))
    yield { at: at.onKey, message: `A placeholder in \`${path}\` has no name.`, help: 'Name what stands there.' };
}

/** Parameters that a path item lists for all its operations, against every path that leads to it. */
function* listsOfPathItems(api: OpenApi): Generator<Finding> {
  const templates = new Map<unknown, { item: At; names: Set<string> }>();
  for (const { item, path } of paths(api)) {
    const known = templates.get(item.value) ?? { item, names: new Set<string>() };
    for (const name of namesIn(path)) known.names.add(name);
    templates.set(item.value, known);
  }
  for (const { item, names } of templates.values()) yield* withoutPlaceholder(api, item, names, String(item.at.key));
}

function* parametersOfOperation(api: OpenApi, operation: Operation): Generator<Finding> {
  const { path, name, value, at } = operation;
  const names = namesIn(path);
  yield* withoutPlaceholder(api, operation, new Set(names), path);
  if (hasBrokenEntry(api, operation) || hasBrokenEntry(api, operation.pathItem)) return;
  const declared = parametersOf(api, operation).flatMap((parameter) =>
    parameter.in === 'path' ? [nameIn(parameter.name)] : [],
  );
  for (const placeholder of new Set(names)) {
    if (placeholder === '' || declared.includes(placeholder)) continue;
    const meant = closest(
      placeholder,
      declared.filter((other) => !names.includes(other)),
    );
    yield {
      at: Array.isArray(value['parameters']) ? at.child('parameters') : at,
      message: `\`${name}\` has no parameter for the placeholder \`{${placeholder}}\`.`,
      help: meant === null ? 'Declare it with `in: path` and `required: true`.' : `Is \`${meant}\` meant to be it?`,
      ...(meant === null && { fix: declaring(api, operation, placeholder) }),
    };
  }
}

/** The fix that declares a path parameter as the string that it is in the URL. */
function declaring({ version }: OpenApi, { at, value, path }: Operation, name: string): Fix {
  const before = path.slice(0, path.indexOf(`{${name}`)).split('/');
  const thing = before.findLast((segment) => /^[\p{L}_-]+$/u.test(segment));
  const description = `Which ${thing ? split(singular(thing)).join(' ') : 'item'} is meant.`;
  const type = { type: 'string' };
  const parameter = { name, in: 'path', required: true, description, ...(version === '2.0' ? type : { schema: type }) };
  const edits = () =>
    Array.isArray(value['parameters'])
      ? insertItems(at.child('parameters'), [parameter], 0)
      : insertProperty(at, 'parameters', [parameter], fieldRank('operation'));
  return { title: `Declare the parameter \`${name}\``, safe: true, edits };
}

function* withoutPlaceholder(api: OpenApi, holder: At, names: ReadonlySet<string>, path: string): Generator<Finding> {
  for (const { value, used } of parameterEntries(api, holder as Operation)) {
    const name = asString(get(value, 'name'));
    if (value['in'] !== 'path' || name === undefined || names.has(nameIn(name))) continue;
    yield {
      at: used,
      message: `The path parameter \`${name}\` has no placeholder in \`${path}\`.`,
      help: `Write \`{${name}}\` into the path, or remove the parameter.`,
    };
  }
}

/** Whether a list holds what cannot be read: then it is not known what it declares. */
function hasBrokenEntry(api: OpenApi, holder: At): boolean {
  return parameterEntries(api, holder as Operation).length < itemsOf(get(holder.value, 'parameters')).length;
}
