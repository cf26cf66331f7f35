import type { Document, Path } from '../../../src/languages/openapi/document.ts';
import { Pointer, valueAt } from '../../../src/languages/openapi/pointer.ts';
import type { Judging, SchemaAt } from '../../../src/languages/openapi/values.ts';
import { Source } from '../../../src/text/source.ts';

/** The schema at `path` of a document that has the value `root` and no text. */
export function schemaOf(root: unknown, ...path: Path): SchemaAt {
  const document: Document = {
    source: new Source('openapi.yaml', ''),
    value: root,
    syntax: [],
    duplicates: [],
    locate: () => ({ key: null, value: { start: 0, end: 0 } }),
    shared: () => [],
    comments: () => [],
  };
  const at = path.reduce<Pointer>((place, key) => place.child(key), Pointer.root(document));
  return { value: valueAt(root, path), at };
}

/** How to judge by schemas in `root`, in which `$ref`s such as `#/components/Pet` are looked up. */
export function judging(how: Partial<Judging> & { readonly root?: unknown } = {}): Judging {
  return {
    dialect: 'json-schema',
    direction: 'either',
    resolve: ({ value }) => {
      const path = String((value as { $ref?: unknown }).$ref)
        .split('/')
        .slice(1);
      const target = schemaOf(how.root, ...path);
      return target.value === undefined ? undefined : target;
    },
    ...how,
  };
}
