import { optionReport } from './conformance/options.ts';
import type { Protobuf } from './protobuf.ts';
import { memoised, options } from './select.ts';
import { fileOf, type ImportNode, type ProtoFile, type Value } from './tree.ts';
import { wellKnownExtension } from './well-known.ts';

/**
 * The imports whose files a file takes nothing from, neither types nor options. Silent where that is not certain: for files that
 * are not at hand, that pass others on, or where a statement could not be read.
 */
export const unusedImports = memoised((api): readonly ImportNode[] => {
  const { uses } = optionReport(api);
  const named = namedInOptions(api);
  return api.files.flatMap((file) => {
    if (file.problems.length > 0) return [];
    const used = new Set([...api.links.uses(file), ...(uses.get(file) ?? []), ...(named.get(file) ?? [])]);
    const seen = new Set<string>();
    return file.body.filter((node): node is ImportNode => {
      if (node.kind !== 'import' || node.modifier?.text === 'public' || seen.has(node.path.value)) return false;
      seen.add(node.path.value);
      return isUnused(api, file, node, used);
    });
  });
});

/** The files of the types that options name in strings, as those of long-running operations do, by the file that names them. */
const namedInOptions = memoised((api): ReadonlyMap<ProtoFile, ReadonlySet<ProtoFile | string>> => {
  const found = new Map<ProtoFile, Set<ProtoFile | string>>();
  for (const { value, parent } of options(api)) {
    const file = fileOf(parent);
    for (const text of value ? stringsIn(value) : []) {
      const definition = api.links.named(text) ?? api.links.named(`${file.packageName}.${text}`);
      if (!definition) continue;
      const known = found.get(file);
      if (known) known.add(definition.file);
      else found.set(file, new Set([definition.file]));
    }
  }
  return found;
});

function* stringsIn(value: Value): Generator<string> {
  if (value.kind === 'string') yield value.value;
  else if (value.kind === 'list') for (const item of value.items) yield* stringsIn(item);
  else if (value.kind === 'message') for (const field of value.fields) yield* stringsIn(field.value);
}

function isUnused(api: Protobuf, file: ProtoFile, node: ImportNode, used: ReadonlySet<ProtoFile | string>): boolean {
  const target = api.target(node);
  if (target === null || target === 'external' || target === file) return false;
  if (target === 'well-known') return !used.has(node.path.value) && !mayHoldMore(api, file, node.path.value);
  const passesOn = target.body.some((inner) => inner.kind === 'import' && inner.modifier?.text === 'public');
  return !passesOn && target.problems.length === 0 && !used.has(target);
}

/** Whether a file names something that a file known without being read may have defined since it became known. */
function mayHoldMore(api: Protobuf, file: ProtoFile, path: string): boolean {
  const folder = `${path.slice(0, path.lastIndexOf('/')).replaceAll('/', '.')}.`;
  if (api.links.unresolvedTypes.some(({ user, name }) => fileOf(user) === file && name.text.includes(folder)))
    return true;
  const start = path.endsWith('_features.proto') ? 'pb.' : folder;
  return options(api).some(
    ({ name, parent }) =>
      fileOf(parent) === file &&
      name.parts.some((part) => part.extension && part.text.replace(/^\./, '').startsWith(start)) &&
      name.parts.every((part) => !part.extension || !wellKnownExtension(part.text.replace(/^\./, ''))),
  );
}
