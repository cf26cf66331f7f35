import type { Definition, Extension } from '../link.ts';
import { scalars } from '../link.ts';
import type { Protobuf } from '../protobuf.ts';
import type { ExtendNode, FieldNode, MessageNode, OneofNode } from '../tree.ts';
import { fieldsOf } from './members.ts';
import { type BuiltIn, builtInFields, builtInValues } from './option-table.ts';

/** What an option, or a field of one that is an aggregate, may be set to. */
export interface Slot {
  readonly type: SlotType;
  readonly repeated: boolean;
  readonly oneof: OneofNode | null;
  /** What it may be set on, as `TARGET_TYPE_FIELD`; undefined where all will do. */
  readonly targets?: readonly string[];
  readonly since?: string;
  readonly until?: string;
}

/** The type of a slot. `unknown` is one whose definition is not at hand. */
export type SlotType =
  | { readonly kind: 'scalar'; readonly name: string }
  | { readonly kind: 'enum'; readonly name: string; readonly values: ReadonlySet<string> | null }
  | MessageType
  | { readonly kind: 'unknown' };

/** A message that options are made of. */
export interface MessageType {
  readonly kind: 'message';
  readonly fullName: string;
  /** The fields by name; null where the definition is not at hand. */
  readonly fields: ReadonlyMap<string, Slot> | null;
  /** The names of the fields without which it is not whole. */
  readonly required: readonly string[];
}

const unknown: SlotType = { kind: 'unknown' };

/** The slots of all messages, each worked out when it is first met: messages may hold each other. */
export class Slots {
  readonly #api: Protobuf;
  readonly #messages = new Map<string | MessageNode, MessageType>();

  constructor(api: Protobuf) {
    this.#api = api;
  }

  /** A message of descriptor.proto. */
  builtIn(name: string): MessageType {
    return this.#remember(name, `google.protobuf.${name}`, [], () =>
      Object.entries(builtInFields[name]!).map(([field, slot]) => [field, this.#builtInSlot(slot)]),
    );
  }

  /** What an option that extends a message may be set to. */
  extension({ node, known }: Extension): Slot {
    return node ? this.#slot(node) : { type: unknown, repeated: known?.repeated ?? false, oneof: null };
  }

  /** The full name of the message that an extension extends, or that name as it is written. */
  extendee({ node, known }: Extension): string {
    if (!node) return `google.protobuf.${known!.extendee}`;
    const { extendee } = node.parent as ExtendNode;
    return this.#api.links.typeOf(extendee, node.parent as ExtendNode)?.fullName ?? extendee.text.replace(/^\./, '');
  }

  /** A message or an enum by its definition. */
  type(definition: Definition | undefined): SlotType {
    if (!definition) return unknown;
    const { node, fullName } = definition;
    const own = /^google\.protobuf\.(?:\w+\.)*(\w+)$/.exec(fullName)?.[1] ?? '';
    if (definition.kind === 'enum') {
      const values =
        node?.kind === 'enum' ? valuesOf(node) : Object.hasOwn(builtInValues, own) ? builtInValues[own]! : null;
      return { kind: 'enum', name: fullName, values };
    }
    if (definition.kind === 'service') return unknown;
    if (node?.kind === 'message') return this.#message(node, fullName);
    return Object.hasOwn(builtInFields, own)
      ? this.builtIn(own)
      : { kind: 'message', fullName, fields: null, required: [] };
  }

  #builtInSlot({ type, ...rest }: BuiltIn): Slot {
    if (Object.hasOwn(builtInFields, type)) return { ...rest, type: this.builtIn(type), oneof: null };
    if (Object.hasOwn(builtInValues, type)) {
      return { ...rest, type: { kind: 'enum', name: type, values: builtInValues[type]! }, oneof: null };
    }
    return { ...rest, type: { kind: 'scalar', name: type }, oneof: null };
  }

  #message(node: MessageNode, fullName: string): MessageType {
    const fields = fieldsOf(node);
    const required = fields.filter((field) => field.label?.text === 'required').map(({ name }) => name.text);
    // In text format a group goes by the name of its message.
    return this.#remember(node, fullName, required, () => fields.map((field) => [field.name.text, this.#slot(field)]));
  }

  #remember(
    key: string | MessageNode,
    fullName: string,
    required: readonly string[],
    list: () => [string, Slot][],
  ): MessageType {
    const known = this.#messages.get(key);
    if (known) return known;
    const fields = new Map<string, Slot>();
    const type: MessageType = { kind: 'message', fullName, fields, required };
    this.#messages.set(key, type);
    for (const [name, slot] of list()) fields.set(name, slot);
    return type;
  }

  #slot(field: FieldNode): Slot {
    const repeated = field.map !== null || field.label?.text === 'repeated';
    const oneof = field.parent.kind === 'oneof' ? field.parent : null;
    const targets = targetsOf(field);
    return { type: this.#typeOf(field), repeated, oneof, ...(targets.length > 0 && { targets }) };
  }

  #typeOf(field: FieldNode): SlotType {
    if (field.map) return unknown;
    if (field.group) return this.#message(field.group, field.name.text);
    const { text } = field.type;
    return scalars.has(text) ? { kind: 'scalar', name: text } : this.type(this.#api.links.typeOf(field.type, field));
  }
}

function valuesOf(node: { readonly body: readonly { readonly kind: string }[] }): ReadonlySet<string> {
  const values = node.body as readonly { readonly kind: string; readonly name?: { readonly text: string } }[];
  return new Set(values.flatMap(({ kind, name }) => (kind === 'value' && name ? [name.text] : [])));
}

/** `[targets = TARGET_TYPE_FIELD, targets = TARGET_TYPE_FILE]` */
function targetsOf(field: FieldNode): string[] {
  return field.options.flatMap(({ name, value }) =>
    name.text === 'targets' && value?.kind === 'word' ? [value.text] : [],
  );
}
