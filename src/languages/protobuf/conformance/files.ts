import { closest } from '../../../text/closest.ts';
import { removeImport } from '../edit.ts';
import { editionOf, hasEdition } from '../features.ts';
import type { Protobuf } from '../protobuf.ts';
import {
  fileOf,
  type ImportNode,
  type OptionNode,
  type PackageNode,
  type ProtoFile,
  type RpcNode,
  type RpcType,
  type ServiceNode,
  statements,
} from '../tree.ts';
import { type Departure, departure, first } from './departure.ts';

const editions = ['2023', '2024'];

/** What a file says of itself that compilers refuse: syntax, package, imports. */
export function* fileDepartures(api: Protobuf, file: ProtoFile): Generator<Departure> {
  yield* syntaxes(file);
  yield* undeclaredProto3(file);
  const packages = file.body.filter((node): node is PackageNode => node.kind === 'package');
  for (const node of packages.slice(1)) {
    const message = `The file is of the package \`${packages[0]!.name.text}\` already.`;
    yield departure(
      'duplicate',
      node,
      node.name,
      message,
      'Keep one of them.',
      first('It says so here.', packages[0]!),
    );
  }
  for (const node of file.body) if (node.kind === 'option') yield* requiredByDefault(node);
  yield* imports(api, file);
}

/** A file that says no syntax is proto2, where fields have labels: told once, since one line mends all. */
function* undeclaredProto3(file: ProtoFile): Generator<Departure> {
  if (file.lost.edition || file.body.some(({ kind }) => kind === 'syntax' || kind === 'edition')) return;
  for (const node of statements(file)) {
    if (node.kind !== 'field' || node.label || node.map || node.parent.kind === 'oneof') continue;
    const message = `This file says no syntax, so it is proto2, where \`${node.name.text}\` has to be optional, required or repeated.`;
    yield departure(
      'shape',
      node,
      node.group ? node.name : node.type,
      message,
      'Begin the file with `syntax = "proto3";`.',
    );
    return;
  }
}

function* requiredByDefault(node: OptionNode): Generator<Departure> {
  const { name, value } = node;
  const isRequired = value?.kind === 'word' && value.text === 'LEGACY_REQUIRED';
  if (!isRequired || name.text !== 'features.field_presence' || !hasEdition(fileOf(node))) return;
  yield departure('shape', node, value, 'A file cannot make all its fields required.', 'Set it on single fields.');
}

function* syntaxes(file: ProtoFile): Generator<Departure> {
  let seen = false;
  for (const node of file.body) {
    if (node.kind !== 'syntax' && node.kind !== 'edition') continue;
    const { kind, value } = node;
    const own = value.value;
    if (seen) {
      yield departure('duplicate', node, value, `The file says its ${kind} twice.`, 'Keep one of them.');
      continue;
    }
    seen = true;
    if (node !== file.body[0]) {
      const { tokens } = file;
      const span = { start: tokens.starts[node.first]!, end: tokens.ends[node.first]! };
      yield departure(
        'shape',
        node,
        span,
        `\`${kind}\` stands behind other statements.`,
        'It is the first statement of a file.',
      );
    }
    const known = kind === 'syntax' ? ['proto2', 'proto3'] : editions;
    if (known.includes(own)) continue;
    const isOther = kind === 'syntax' ? editions.includes(own) : ['proto2', 'proto3'].includes(own);
    const meant = isOther ? null : closest(own, known);
    const help = isOther
      ? `Write \`${kind === 'syntax' ? 'edition' : 'syntax'} = "${own}";\`.`
      : meant === null
        ? `It is one of ${known.map((name) => `\`${name}\``).join(' and ')}.`
        : `Did you mean \`${meant}\`?`;
    yield departure('shape', node, value, `There is no ${kind} \`${own}\`.`, help);
  }
}

function* imports(api: Protobuf, file: ProtoFile): Generator<Departure> {
  const seen = new Map<string, ImportNode>();
  const edition = editionOf(file);
  for (const node of file.body) {
    if (node.kind !== 'import') continue;
    const path = node.path.value;
    const before = seen.get(path);
    if (before) {
      const related = [
        { message: 'It is imported here first.', at: departure('duplicate', before, before.path, '').at },
      ];
      const again = departure(
        'duplicate',
        node,
        node.path,
        `\`${path}\` is imported twice.`,
        'Remove one of the imports.',
        related,
      );
      const isSame = before.modifier?.text === node.modifier?.text;
      const fix = { title: 'Remove the import', safe: true, edits: () => removeImport(node) };
      yield isSame ? { ...again, fix } : again;
    } else {
      seen.set(path, node);
      if (api.target(node) === file) {
        yield departure('shape', node, node.path, `\`${path}\` is this file.`, 'Remove the import.');
      }
    }
    const modifier = node.modifier?.text;
    const isNew = hasEdition(file) && edition >= '2024';
    if (modifier === 'option' && !isNew) {
      yield departure(
        'shape',
        node,
        node.modifier!,
        '`import option` is known from edition 2024 on.',
        'Leave `option` out.',
      );
    } else if (modifier === 'weak' && isNew) {
      yield departure('shape', node, node.modifier!, '`import weak` is gone since edition 2024.', 'Leave `weak` out.');
    }
  }
}

/** What the rpcs of a service say that compilers refuse. */
export function* serviceDepartures(api: Protobuf, service: ServiceNode): Generator<Departure> {
  const rpcs = service.body.filter((node) => node.kind === 'rpc');
  const names = new Set(rpcs.map(({ name }) => name.text));
  for (const node of rpcs) {
    for (const side of [node.request, node.response]) if (side) yield* wrongSide(api, node, side, names);
  }
}

function* wrongSide(api: Protobuf, rpc: RpcNode, { type }: RpcType, names: ReadonlySet<string>): Generator<Departure> {
  const definition = api.links.definition(type);
  if (!definition) return;
  if (definition.kind !== 'message') {
    const noun = definition.kind === 'enum' ? 'an enum' : 'a service';
    yield departure('shape', rpc, type, `\`${type.text}\` is ${noun}, and rpcs take and give messages.`);
  } else if (names.has(type.text)) {
    const message = `Here \`${type.text}\` means the rpc of that name, not the message.`;
    yield departure('shape', rpc, type, message, `Write \`.${definition.fullName}\`.`);
  }
}

/** `export` and `local` before edition 2024. */
export function* visibilityDepartures(
  node: Extract<ProtoFile['body'][number], { kind: 'message' | 'enum' }>,
): Generator<Departure> {
  const file = fileOf(node);
  if (!node.visibility || (hasEdition(file) && editionOf(file) >= '2024')) return;
  const { text } = node.visibility;
  yield departure(
    'shape',
    node,
    node.visibility,
    `\`${text}\` is known from edition 2024 on.`,
    `Leave \`${text}\` out.`,
  );
}
