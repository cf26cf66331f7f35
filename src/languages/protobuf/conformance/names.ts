import type { Protobuf } from '../protobuf.ts';
import { type FieldNode, fileOf, type Name, type Node, type ProtoFile, type Scope, statements } from '../tree.ts';
import { type Departure, departure, first } from './departure.ts';
import { fieldName } from './members.ts';

type Named = Extract<Node, { readonly name: Name }>;

/** A name in a scope, and what bears it. */
interface Symbol {
  readonly node: Named;
  readonly name: string;
  /** A message that a map brings along. */
  readonly isEntry: boolean;
}

/**
 * Names that are given twice in one scope. The values of an enum belong to the scope around it. Files that are copies of one
 * another, as dependencies are in several folders, do not count.
 */
export function* nameDepartures(api: Protobuf): Generator<Departure> {
  const judged = new Set(api.files);
  const packages = packagesOf(api);
  const known = new Map<string, Symbol>();
  const numbers = new Map<string, FieldNode>();
  for (const file of importedFirst(api)) {
    yield* extensionNumbers(api, file, numbers, judged);
    for (const [fullName, symbol] of symbolsIn(file, file.packageName)) {
      const before = known.get(fullName);
      if (!before) known.set(fullName, symbol);
      else if (judged.has(file) && !isCopy(file, fileOf(before.node))) yield duplicate(symbol, before);
      if (packages.has(fullName) && judged.has(file)) {
        const { node, name } = symbol;
        yield departure('duplicate', node, node.name, `\`${name}\` is the name of a package too: \`${fullName}\`.`);
      }
    }
  }
}

/** All files, each behind those that it imports. */
function importedFirst(api: Protobuf): ProtoFile[] {
  const order = new Set<ProtoFile>();
  const entered = new Set<ProtoFile>();
  for (const start of [...api.imported, ...api.files]) {
    const pending: { file: ProtoFile; isLeft: boolean }[] = [{ file: start, isLeft: false }];
    for (let next = pending.pop(); next; next = pending.pop()) {
      const { file, isLeft } = next;
      if (isLeft) order.add(file);
      if (isLeft || entered.has(file)) continue;
      entered.add(file);
      pending.push({ file, isLeft: true });
      for (const node of file.body) {
        const target = node.kind === 'import' ? api.target(node) : null;
        if (target !== null && typeof target === 'object') pending.push({ file: target, isLeft: false });
      }
    }
  }
  return [...order];
}

/** Numbers of extensions that extend one message. */
function* extensionNumbers(
  api: Protobuf,
  file: ProtoFile,
  taken: Map<string, FieldNode>,
  judged: ReadonlySet<ProtoFile>,
): Generator<Departure> {
  for (const node of statements(file)) {
    if (node.kind !== 'field' || node.parent.kind !== 'extend' || !node.number) continue;
    const { extendee } = node.parent;
    const fullName = api.links.typeOf(extendee, node.parent)?.fullName ?? extendee.text.replace(/^\./, '');
    const key = `${fullName} ${node.number.value}`;
    const before = taken.get(key);
    if (!before) taken.set(key, node);
    else if (judged.has(file) && !isCopy(file, fileOf(before))) {
      const message = `\`${fieldName(node)}\` has the number ${node.number.value} of \`${fullName}\`, which \`${fieldName(before)}\` has already.`;
      yield departure(
        'duplicate',
        node,
        node.number,
        message,
        'Give it another number.',
        first(`\`${fieldName(before)}\` has it.`, before, before.number!),
      );
    }
  }
}

function duplicate(symbol: Symbol, before: Symbol): Departure {
  const { node, name } = symbol;
  if (symbol.isEntry || before.isEntry) {
    const map = symbol.isEntry ? symbol : before;
    const text = `The map \`${map.node.name.text}\` brings a message \`${name}\` along, and there is another \`${name}\`.`;
    return departure('duplicate', node, node.name, text, 'Rename one of them.', first('The other one.', before.node));
  }
  const noun = nounOf(before.node);
  const isValue = node.kind === 'value' || before.node.kind === 'value';
  const isOfOther = isValue && node.parent !== before.node.parent;
  const message =
    node.parent === before.node.parent && node.kind === before.node.kind
      ? `The ${nounOf(node)} \`${name}\` is defined twice.`
      : `\`${name}\` is the name of ${/^[aeo]/.test(noun) ? 'an' : 'a'} ${noun} already.`;
  const help = isOfOther
    ? 'The names of enum values count where their enum stands, so they begin with its name: `STATE_ACTIVE`.'
    : 'Rename one of them.';
  return departure('duplicate', node, node.name, message, help, first('It is defined here first.', before.node));
}

function* symbolsIn(scope: Scope, inside: string): Generator<[string, Symbol]> {
  if (!('body' in scope)) return;
  for (const node of scope.body) {
    switch (node.kind) {
      case 'message':
      case 'enum':
      case 'service':
        yield symbol(inside, node);
        yield* symbolsIn(node, node.kind === 'enum' ? inside : joined(inside, node.name.text));
        break;
      case 'oneof':
        yield symbol(inside, node);
        yield* symbolsIn(node, inside);
        break;
      case 'extend':
        yield* symbolsIn(node, inside);
        break;
      case 'field':
        yield symbol(inside, node, fieldName(node));
        if (node.map) yield symbol(inside, node, `${pascal(node.name.text)}Entry`, true);
        if (node.group) {
          if (node.name.text !== fieldName(node)) yield symbol(inside, node.group);
          yield* symbolsIn(node.group, joined(inside, node.group.name.text));
        }
        break;
      case 'value':
      case 'rpc':
        yield symbol(inside, node);
        break;
    }
  }
}

function symbol(inside: string, node: Named, name = node.name.text, isEntry = false): [string, Symbol] {
  return [joined(inside, name), { node, name, isEntry }];
}

function joined(scope: string, name: string): string {
  return scope === '' ? name : `${scope}.${name}`;
}

function pascal(name: string): string {
  return name.replace(/(?:^|_+)(.?)/g, (_, letter: string) => letter.toUpperCase());
}

function packagesOf({ files }: Protobuf): Set<string> {
  const packages = new Set<string>();
  for (const { packageName } of files) {
    const parts = packageName.split('.');
    if (packageName !== '') for (const count of parts.keys()) packages.add(parts.slice(0, count + 1).join('.'));
  }
  return packages;
}

/** Two files of one name and one package that are not one file. */
function isCopy(a: ProtoFile, b: ProtoFile): boolean {
  const fileName = ({ source: { path } }: ProtoFile) => path.slice(path.lastIndexOf('/') + 1);
  return a !== b && a.packageName === b.packageName && fileName(a) === fileName(b);
}

function nounOf({ kind, parent }: Named): string {
  if (kind === 'value') return 'enum value';
  return kind === 'field' && parent.kind === 'extend' ? 'extension' : kind;
}
