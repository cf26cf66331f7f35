import { existsSync, readdirSync, readFileSync } from 'node:fs';
import protobufjs from 'protobufjs';
import { describe, expect, it, test } from 'vitest';
import { commentsOf } from '../../../src/languages/protobuf/comments.ts';
import { parse } from '../../../src/languages/protobuf/parse.ts';
import { read } from '../../../src/languages/protobuf/protobuf.ts';
import { foldersAround, inFolder } from '../../../src/languages/protobuf/roots.ts';
import { enums, fields, messages, optionsOf, rpcs, services } from '../../../src/languages/protobuf/select.ts';
import {
  type FieldNode,
  fileOf,
  fullName,
  type Name,
  type Node,
  type OptionNode,
  type ProtoFile,
  statements,
  type Value,
} from '../../../src/languages/protobuf/tree.ts';
import type { Place } from '../../../src/text/place.ts';
import { Source } from '../../../src/text/source.ts';
import { textAt } from './api.ts';

const corpus = new URL('../../../../shared/corpus/proto/', import.meta.url);
const paths = existsSync(corpus)
  ? readdirSync(corpus, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.proto'))
  : [];
const sources = paths.sort().map((path) => new Source(path, readFileSync(new URL(path, corpus), 'utf8')));

describe.skipIf(paths.length === 0)('the corpus', () => {
  test.each(sources.map((source) => [source.path, source] as const))(
    '%s is read as protobufjs reads it',
    (_, source) => {
      const oracle = protobufjs.parse(source.text, { keepCase: true });
      const file = parse(source);
      expect(file.problems).toEqual([]);
      expect(file.packageName).toBe(oracle.package ?? '');
      expect(ours(source)).toEqual(theirs(oracle.root));
      expect(ownOptions(file)).toEqual(oracleOptions(oracle.root, file.packageName));
    },
  );

  it('is linked, but for the imports that it lacks', () => {
    const apis = read(sources, { read: () => ({ refused: 'not in the corpus' }) });
    const missing = apis.flatMap(({ links }) => links.unresolvedImports);
    const overlooked = missing.filter((node) => {
      const folders = foldersAround(fileOf(node).source.path);
      return folders.some((folder) => paths.includes(inFolder(folder, node.path.value)));
    });
    expect(overlooked.map(({ path }) => path.value)).toEqual([]);
    const lost = apis.flatMap(({ links }) => links.unresolvedTypes.filter(({ mayExist }) => !mayExist));
    expect(lost.map(({ name, user }) => `${name.text} in ${fullName(user)}`)).toEqual([]);
  });

  it('has a place on every token', () => {
    const apis = read(sources, { read: () => ({ refused: 'not in the corpus' }) });
    const wrong = apis.flatMap((api) => [
      ...messages(api).flatMap(({ at, name }) => unlike(at, name)),
      ...enums(api).flatMap(({ at, name, values }) => [
        ...unlike(at, name),
        ...values.flatMap((value) => [
          ...unlike(value.at, value.name),
          ...unlike(value.numberAt, String(value.number)),
        ]),
      ]),
      ...fields(api).flatMap((field) => [
        ...unlike(field.at, field.name),
        ...unlike(field.numberAt, String(field.number)),
        ...unlike(field.typeAt, writtenType(field.node)),
      ]),
      ...services(api).flatMap(({ at, name }) => unlike(at, name)),
      ...rpcs(api).flatMap(({ at, name, node, request, response, http }) => [
        ...unlike(at, name),
        ...unlike(request!.at, node.request!.type.text),
        ...unlike(response!.at, node.response!.type.text),
        ...http.flatMap((binding) => unlike(binding.at, `"${binding.path}"`)),
      ]),
    ]);
    expect(wrong).toEqual([]);
  });

  it('has comments where they are written', () => {
    for (const source of sources) {
      for (const node of statements(parse(source))) {
        const { leading, trailing, detached } = commentsOf(node);
        for (const comment of [leading, trailing, ...detached]) {
          if (comment) expect(source.text.slice(comment.start, comment.end)).toMatch(/^\/[/*]/);
        }
      }
    }
  });
});

/** What a place underlines if it is not `expected`. Spaces don't count, nor does how a string is cut or a number written. */
function unlike(place: Place, expected: string): string[] {
  const found = textAt(place).replace(/"\s+"/g, '');
  const isSame = found.replace(/\s+/g, '') === expected.replace(/\s+/g, '') || Number(found) === Number(expected);
  return isSame ? [] : [`${found}, not ${expected}`];
}

function writtenType({ map, type }: FieldNode): string {
  return map ? `map<${map.key.text}, ${map.value.text}>` : type.text;
}

/** A row for each thing of a file, as this module sees it. */
function ours(source: Source): string[] {
  const rows: string[] = [];
  for (const node of statements(parse(source))) {
    if (node.kind === 'message') rows.push(`message ${fullName(node)}`);
    else if (node.kind === 'enum') rows.push(`enum ${fullName(node)}`);
    else if (node.kind === 'value') rows.push(`value ${fullName(node)} = ${node.number!.value}`);
    else if (node.kind === 'service') rows.push(`service ${fullName(node)}`);
    else if (node.kind === 'field') rows.push(fieldRow(node));
    else if (node.kind === 'rpc') {
      const sides = [node.request!, node.response!].map(({ type, stream }) => `${stream ? 'stream ' : ''}${type.text}`);
      rows.push(`rpc ${fullName(node)}(${sides.join(') returns (')})`);
    }
  }
  return rows.sort();
}

function fieldRow(node: FieldNode): string {
  const type = node.map ? `map<${written(node.map.key)}, ${written(node.map.value)}>` : written(node.type);
  // protobufjs keeps no trace of `optional` where it is the rule: in proto2.
  const isPlain = !node.label || (node.label.text === 'optional' && !isProto3(fileOf(node)));
  const label = isPlain ? '' : `${node.label!.text} `;
  return `field ${label}${type} ${fullName(node)} = ${node.number!.value}`;
}

function isProto3(file: ProtoFile): boolean {
  return file.body.some((node) => node.kind === 'syntax' && node.value.value === 'proto3');
}

function written(name: Name): string {
  return name.text;
}

/** A row for each thing of a file, as protobufjs sees it. */
function theirs(namespace: protobufjs.NamespaceBase): string[] {
  const rows: string[] = [];
  const visit = (object: protobufjs.ReflectionObject): void => {
    const name = object.fullName.replace(/^\./, '');
    if (object instanceof protobufjs.Field) {
      rows.push(oracleField(object));
      return;
    }
    if (object instanceof protobufjs.Enum) {
      rows.push(`enum ${name}`);
      for (const [value, number] of Object.entries(object.values)) rows.push(`value ${name}.${value} = ${number}`);
    }
    if (object instanceof protobufjs.Type) {
      rows.push(`message ${name}`);
      for (const field of object.fieldsArray) rows.push(oracleField(field));
    }
    if (object instanceof protobufjs.Service) {
      rows.push(`service ${name}`);
      for (const method of object.methodsArray) {
        const request = `${method.requestStream ? 'stream ' : ''}${method.requestType}`;
        const response = `${method.responseStream ? 'stream ' : ''}${method.responseType}`;
        rows.push(`rpc ${name}.${method.name}(${request}) returns (${response})`);
      }
    }
    if (object instanceof protobufjs.Namespace) for (const nested of object.nestedArray) visit(nested);
  };
  for (const nested of namespace.nestedArray) visit(nested);
  return rows.sort();
}

function oracleField(field: protobufjs.Field): string {
  const type = field instanceof protobufjs.MapField ? `map<${field.keyType}, ${field.type}>` : field.type;
  const rule = field.options?.['proto3_optional'] ? 'optional' : field.rule;
  const label = rule ? `${rule} ` : '';
  return `field ${label}${type} ${field.fullName.replace(/^\./, '')} = ${field.id}`;
}

/** What the options of a file's statements are set to, by full name: a list of objects, as protobufjs tells them. */
function ownOptions(file: ProtoFile): Record<string, unknown> {
  const found: Record<string, unknown> = {};
  const add = (name: string, list: readonly OptionNode[]): void => {
    if (list.length > 0) found[name] = settingsOf(list);
  };
  add(`package ${file.packageName}`, optionsOf(file));
  for (const node of statements(file)) {
    if (node.kind === 'value') add(`value ${fullName(node)}`, node.options);
    else if (isOptioned(node)) add(`${node.kind} ${fullName(node)}`, optionsOf(node));
  }
  return found;
}

const optioned = new Set(['message', 'field', 'oneof', 'enum', 'service', 'rpc']);

function isOptioned({ kind }: Node): boolean {
  return optioned.has(kind);
}

/** `(a).b = 1` is `{ '(a)': { b: 1 } }`; further parts of `(a)` are added to it. */
function settingsOf(list: readonly OptionNode[]): unknown[] {
  const settings: Record<string, unknown>[] = [];
  for (const { name, value } of list) {
    const [first, ...rest] = name.parts.map(({ text, extension }) => (extension ? `(${text})` : text));
    const known = rest.length > 0 ? settings.find((one) => Object.hasOwn(one, first!)) : undefined;
    if (known) put(known[first!] as Record<string, unknown>, rest, plain(value));
    else {
      const made: Record<string, unknown> = {};
      put(made, [first!, ...rest], plain(value));
      settings.push(made);
    }
  }
  return settings;
}

function put(holder: Record<string, unknown>, way: readonly string[], value: unknown): void {
  const [key, ...rest] = way as [string, ...string[]];
  if (rest.length > 0) {
    holder[key] ??= {};
    put(holder[key] as Record<string, unknown>, rest, value);
  } else holder[key] = value;
}

function plain(value: Value | null): unknown {
  if (value === null || value.kind === 'string' || value.kind === 'number') return value?.value;
  if (value.kind === 'word') return value.text === 'true' || (value.text === 'false' ? false : value.text);
  if (value.kind === 'list') return value.items.map(plain);
  const fields: Record<string, unknown> = {};
  for (const field of value.fields) {
    const name = field.name.text.replace(/^\[(.*)\]$/, '$1');
    const own = plain(field.value);
    if (!Object.hasOwn(fields, name)) fields[name] = own;
    // What stands there again and again is a list.
    else fields[name] = [fields[name], own].flat();
  }
  return fields;
}

function oracleOptions(root: protobufjs.Root, packageName: string): Record<string, unknown> {
  const found: Record<string, unknown> = {};
  const add = (kind: string, object: protobufjs.ReflectionObject): void => {
    const list = object.parsedOptions as unknown as unknown[] | null;
    if (list) found[`${kind} ${object.fullName.replace(/^\./, '')}`] = list;
  };
  const visit = (object: protobufjs.ReflectionObject): void => {
    if (object instanceof protobufjs.Type) {
      add('message', object);
      for (const field of object.fieldsArray) add('field', field);
      for (const oneof of object.oneofsArray) if (!oneof.isProto3Optional) add('oneof', oneof);
    } else if (object instanceof protobufjs.Enum) {
      add('enum', object);
      for (const [name, options] of Object.entries(object.valuesOptions ?? {})) {
        found[`value ${object.fullName.slice(1)}.${name}`] = Object.entries(options).map(([key, value]) => ({
          [key]: value,
        }));
      }
    } else if (object instanceof protobufjs.Field) {
      add('field', object);
    } else if (object instanceof protobufjs.Service) {
      add('service', object);
      for (const method of object.methodsArray) add('rpc', method);
    } else if (object.parsedOptions) {
      // Those of the file: what stands above the package belongs to the root.
      const name = `package ${packageName}`;
      found[name] = [...((found[name] ?? []) as unknown[]), ...(object.parsedOptions as unknown as unknown[])];
    }
    if (object instanceof protobufjs.Namespace) for (const nested of object.nestedArray) visit(nested);
  };
  visit(root);
  return found;
}
