import type { Edit } from '../../text/fix.ts';
import { renameKey, replaceScalar, together } from './edit.ts';
import type { OpenApi } from './openapi.ts';
import type { Pointer } from './pointer.ts';

/**
 * The edits that give a path another name, with the references that lead through it. None where the name is taken, or a
 * reference is written in a way that this does not know.
 * @param at the path's key in `paths`
 */
export function renamePath(api: OpenApi, at: Pointer, name: string): readonly Edit[] {
  const { element, path, document } = at;
  const way = element.slice(1);
  const through = api.index.references.filter(({ resolution }) => {
    if (!('target' in resolution) || resolution.target.at.document !== document) return false;
    return path.every((key, i) => resolution.target.at.path[i] === key);
  });
  const renamed = `${way.slice(0, way.lastIndexOf('/'))}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
  const followed = through.map(({ ref, at: place }) => {
    return ref.includes(`#${way}`)
      ? replaceScalar(
          place,
          ref.replace(`#${way}`, () => `#${renamed}`),
        )
      : [];
  });
  return together(renameKey(at, name), ...followed);
}
