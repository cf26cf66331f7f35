import { isList, type Type } from '../../languages/graphql/select.ts';

/**
 * Whether a type is a thing of its own, which can be fetched and referred to: it has an `id`, is a node or a federated
 * entity. Payloads and the roots are none.
 */
export function isEntity(type: Type): boolean {
  if (type.kind !== 'type' && type.kind !== 'interface') return false;
  if (type.interfaces.some(({ name }) => name === 'Node') || type.name === 'Node') return true;
  if (type.directives.some(({ name }) => name === 'key')) return true;
  return type.fields.some(({ name, node }) => isKeyName(name) && !isList(node.type));
}

const isKeyName = (name: string): boolean => /^(?:id|_id|uuid|guid)$/i.test(name);
