import type { FieldNode, MessageNode } from '../tree.ts';

/** The fields that a message defines itself, those of its oneofs included. */
export function fieldsOf(node: MessageNode): FieldNode[] {
  return node.body.flatMap((member) => {
    if (member.kind === 'field') return [member];
    return member.kind === 'oneof' ? member.body.filter((inner) => inner.kind === 'field') : [];
  });
}

/** What a field is called: a group's field as its message, in lower case. */
export function fieldName({ name, group }: FieldNode): string {
  return group ? name.text.toLowerCase() : name.text;
}
