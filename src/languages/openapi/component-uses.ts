import type { Document } from './document.ts';
import { asString, entriesOf, get, itemsOf, keysOf } from './json.ts';
import type { OpenApi } from './openapi.ts';
import type { Pointer } from './pointer.ts';
import { joinPaths } from './references.ts';

/** The name of a component in the sets of `componentUses`: its file and the way to it. */
export function useKey({ source }: Document, { path }: Pick<Pointer, 'path'>): string {
  return keyOf(source.path, path);
}

const keyOf = (file: string, path: Pointer['path']): string => `${file}#${path.slice(0, depthOf(path)).join('/')}`;

/**
 * The components that something outside of themselves uses, by `useKey`: a reference anywhere, also in extensions, a
 * discriminator (its mapping, or an `allOf` of a schema that has one), or a security requirement.
 */
export function componentUses(api: OpenApi): ReadonlySet<string> {
  let known = api.memo.get(componentUses) as ReadonlySet<string> | undefined;
  if (!known) {
    known = collectUses(api);
    api.memo.set(componentUses, known);
  }
  return known;
}

function collectUses(api: OpenApi): Set<string> {
  const uses = new Set<string>();
  const fromItself = new Map<string, number>();
  // Thousands of references lead to the same place.
  const keys = new Map<Pointer, string>();
  for (const { resolution, at } of api.index.references) {
    if (!('target' in resolution)) continue;
    const { target } = resolution;
    const used = keys.get(target.at) ?? useKey(target.at.document, target.at);
    keys.set(target.at, used);
    if (used === useKey(at.document, at)) fromItself.set(used, (fromItself.get(used) ?? 0) + 1);
    else uses.add(used);
  }
  addDiscriminated(api, uses);
  addSecurity(api, uses);
  addRaw(api, uses, fromItself);
  return uses;
}

/** How much of a path names a component: `components/schemas/Pet`, of 2.0 `definitions/Pet`. */
const depthOf = (path: Pointer['path']): number => (path[0] === 'components' ? 3 : 2);

function addDiscriminated(api: OpenApi, uses: Set<string>): void {
  const holders = new Set<unknown>();
  for (const { value, at, parent } of api.index.nodes.Discriminator) {
    holders.add(parent?.value);
    const targets = [...entriesOf(value['mapping']).map(([, target]) => target), value['defaultMapping']];
    for (const target of targets) {
      if (typeof target !== 'string') continue;
      const resolution = api.references.resolve(target, at);
      if ('target' in resolution) uses.add(useKey(resolution.target.at.document, resolution.target.at));
      uses.add(`${at.document.source.path}#components/schemas/${target}`);
      uses.add(`${api.root.at.document.source.path}#components/schemas/${target}`);
    }
  }
  for (const schema of api.index.nodes.Schema) {
    if (asString(schema.value['discriminator']) !== undefined) holders.add(schema.value);
  }
  if (holders.size === 0) return;
  for (const { value, at } of api.index.nodes.Schema) {
    const inherits = itemsOf(value['allOf']).some((part, i) => {
      const ref = asString(get(part, '$ref'));
      const target = ref === undefined ? undefined : api.references.resolve(ref, at.child('allOf').child(i));
      return target && 'target' in target && holders.has(target.target.value);
    });
    if (inherits) uses.add(useKey(at.document, at));
  }
}

function addSecurity(api: OpenApi, uses: Set<string>): void {
  const root = api.root.at.document;
  for (const { value, at } of api.index.nodes.SecurityRequirement) {
    for (const name of keysOf(value)) {
      for (const { source } of [root, at.document]) {
        uses.add(`${source.path}#components/securitySchemes/${name}`);
        uses.add(`${source.path}#securityDefinitions/${name}`);
      }
    }
  }
}

/** References that stand where the specification has none, as in extensions: found in the texts. Those from a component to itself don't count. */
function addRaw(api: OpenApi, uses: Set<string>, fromItself: ReadonlyMap<string, number>): void {
  const counts = new Map<string, number>();
  for (const { source } of api.documents) {
    const byRef = new Map<string, number>();
    for (const [, ref] of source.text.matchAll(/\$(?:ref|dynamicRef)["']?\s*:\s*["']?([^"'\s,}]+)/g)) {
      byRef.set(ref!, (byRef.get(ref!) ?? 0) + 1);
    }
    for (const [ref, count] of byRef) {
      const hash = ref.indexOf('#');
      if (hash < 0) continue;
      const file = hash === 0 ? source.path : joinPaths(source.path, ref.slice(0, hash));
      const path = decoded(ref.slice(hash + 1))
        .split('/')
        .slice(1)
        .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
      const key = keyOf(file, path);
      if (!uses.has(key)) counts.set(key, (counts.get(key) ?? 0) + count);
    }
  }
  for (const [key, count] of counts) if (count > (fromItself.get(key) ?? 0)) uses.add(key);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
