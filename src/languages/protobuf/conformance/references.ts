import { closest } from '../../../text/closest.ts';
import type { Fix } from '../../../text/fix.ts';
import type { Related } from '../../../text/problem.ts';
import { addImport } from '../edit.ts';
import { isExported } from '../features.ts';
import { type Definition, scalars, type UnresolvedType } from '../link.ts';
import type { Protobuf } from '../protobuf.ts';
import { fileOf, type ImportNode, type ProtoFile, placeOf } from '../tree.ts';
import { type Departure, departure } from './departure.ts';

/** How many names get a suggestion: looking for one takes its time. */
const mostSuggestions = 100;
/** How many of the other places that use a name are told. */
const mostRelated = 3;

/** Imports and types that lead nowhere: each cause once in a file. */
export function* referenceDepartures(api: Protobuf): Generator<Departure> {
  const paths = [...api.files, ...api.imported].map((file) => api.importPath(file));
  for (const [index, node] of api.links.unresolvedImports.entries()) {
    yield danglingImport(api, node, index < mostSuggestions ? paths : []);
  }
  const lost = new Map<string, { first: UnresolvedType; others: Related[] }>();
  for (const type of api.links.unresolvedTypes) {
    if (type.mayExist) continue;
    const file = fileOf(type.user);
    const home = type.hidden && homeOf(api, type.hidden);
    const isMissing = type.hidden !== null && !api.links.sees(file, type.hidden.file);
    const key = `${file.source.path} ${isMissing ? home : type.name.text}`;
    const known = lost.get(key);
    if (!known) lost.set(key, { first: type, others: [] });
    else if (known.others.length < mostRelated) {
      known.others.push({ message: 'It is used here too.', at: placeOf(type.user, type.name) });
    }
  }
  for (const [index, { first, others }] of [...lost.values()].entries()) {
    yield { ...danglingType(api, first, index < mostSuggestions), ...(others.length > 0 && { related: others }) };
  }
}

function danglingImport(api: Protobuf, node: ImportNode, paths: readonly string[]): Departure {
  const path = node.path.value;
  const message = `There is no file \`${path}\` to import.`;
  if (/^\/|\\|(?:^|\/)\.{0,2}(?:\/|$)/.test(path)) {
    return departure(
      'reference',
      node,
      node.path,
      message,
      'An import path is relative to a root: no `..`, `.`, `//` or backslash.',
    );
  }
  const name = path.slice(path.lastIndexOf('/') + 1);
  const meant = paths.find((known) => known.endsWith(`/${name}`) || known === name) ?? closest(path, paths);
  if (meant) return departure('reference', node, node.path, message, `Did you mean \`${meant}\`?`);
  const roots = api.roots.map((root) => (root === '' ? 'the working directory' : `\`${root}\``)).join(', ');
  return departure(
    'reference',
    node,
    node.path,
    message,
    `Imports start from ${roots}; \`--proto-path\` names other folders.`,
  );
}

function danglingType(api: Protobuf, { name, user, hidden }: UnresolvedType, mayAsk: boolean): Departure {
  const written = name.text;
  const say = (message: string, help?: string) => departure('reference', user, name, message, help);
  if (hidden) return hiddenType(api, user, written, hidden, say);
  if (scalars.has(written)) {
    const what = user.kind === 'extend' ? 'Only messages can be extended' : 'An rpc takes and gives messages';
    return say(`${what}, and \`${written}\` is none.`, 'Define a message that holds it.');
  }
  const own = Object.hasOwn(foreign, written.toLowerCase()) ? foreign[written.toLowerCase()]! : null;
  const meant = own ?? (mayAsk ? nearest(api, fileOf(user), written) : null);
  return say(`There is no type \`${written}\`.`, meant === null ? undefined : `Did you mean \`${meant}\`?`);
}

function hiddenType(
  api: Protobuf,
  user: UnresolvedType['user'],
  written: string,
  hidden: Definition,
  say: (message: string, help?: string) => Departure,
): Departure {
  const file = fileOf(user);
  const home = homeOf(api, hidden);
  if (!api.links.sees(file, hidden.file)) {
    const imported = file.body.find((node): node is ImportNode => node.kind === 'import' && node.path.value === home);
    return imported
      ? say(
          `\`${written}\` is defined in \`${home}\`, which is imported for its options alone.`,
          'Leave `option` out of the import.',
        )
      : {
          ...say(`\`${written}\` is defined in \`${home}\`, which is not imported.`, `Add \`import "${home}";\`.`),
          fix: importing(api, file, home, hidden.file),
        };
  }
  if (hidden.node && hidden.node.kind !== 'service' && hidden.file !== file && !isExported(hidden.node)) {
    return say(`\`${written}\` is local to \`${home}\`.`, 'Mark it with `export` where it is defined.');
  }
  return say(
    `\`${written}\` is looked for in a nearer scope of that name, which has none.`,
    `Write \`.${hidden.fullName}\`.`,
  );
}

/** The fix for a definition whose file is not imported. */
export function importing(api: Protobuf, user: ProtoFile, path: string, home: ProtoFile | string): Fix {
  const target = typeof home === 'string' ? undefined : home;
  return { title: `Import \`${path}\``, safe: true, edits: () => addImport(api, user, path, target) };
}

function homeOf(api: Protobuf, { file }: Definition): string {
  return typeof file === 'string' ? file : api.importPath(file);
}

/** The type that a name may be a slip of: a scalar, or one that the file sees. */
function nearest(api: Protobuf, file: ProtoFile, written: string): string | null {
  const last = written.slice(written.lastIndexOf('.') + 1);
  const scalar = closest(last, scalars);
  if (scalar !== null && !written.includes('.')) return scalar;
  const seen = [...api.links.typeNames].filter((name) => {
    const home = api.links.named(name)!.file;
    return api.links.sees(file, home);
  });
  const byName = new Map(seen.map((name) => [name.slice(name.lastIndexOf('.') + 1), name] as const));
  const meant = written.includes('.') ? closest(written, seen) : closest(last, byName.keys());
  return meant;
}

/** What other languages call scalars and the types that everybody knows. */
const foreign: Readonly<Record<string, string>> = {
  int: 'int32',
  integer: 'int32',
  short: 'int32',
  long: 'int64',
  boolean: 'bool',
  str: 'string',
  text: 'string',
  float32: 'float',
  float64: 'double',
  number: 'double',
  byte: 'bytes',
  blob: 'bytes',
  void: 'google.protobuf.Empty',
  date: 'google.protobuf.Timestamp',
  datetime: 'google.protobuf.Timestamp',
  timestamp: 'google.protobuf.Timestamp',
  duration: 'google.protobuf.Duration',
  any: 'google.protobuf.Any',
  empty: 'google.protobuf.Empty',
  object: 'google.protobuf.Struct',
  json: 'google.protobuf.Struct',
};
