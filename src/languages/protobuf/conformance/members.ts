import type { FieldNode, MessageNode } from '../tree.ts';

/** The fields that a message defines itself, those of its oneofs included. */
export function fieldsOf(node: MessageNode): FieldNode[] {
  const fields: FieldNode[] = [];
  for (const member of node.body) {
    if (member.kind === 'field') fields.push(member);
    else if (member.kind === 'oneof') for (const inner of member.body) if (inner.kind === 'field') fields.push(inner);
  }
  return fields;
}

/** What a field is called: a group's field as its message, in lower case. */
export function fieldName({ name, group }: FieldNode): string {
  return group ? name.text.toLowerCase() : name.text;
}
