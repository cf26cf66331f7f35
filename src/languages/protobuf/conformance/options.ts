import { closest } from '../../../text/closest.ts';
import type { Related } from '../../../text/problem.ts';
import { editionOf, hasEdition } from '../features.ts';
import type { Span } from '../lex.ts';
import type { Extension } from '../link.ts';
import type { Protobuf } from '../protobuf.ts';
import { options as everyOption, memoised } from '../select.ts';
import {
  fileOf,
  type MessageValue,
  type Name,
  type OptionNode,
  type ProtoFile,
  placeOf,
  type Scope,
  type Value,
  type ValueField,
} from '../tree.ts';
import { wellKnownExtensionNames } from '../well-known.ts';
import { type Departure, departure } from './departure.ts';
import { builtInFields, isPseudoOption, pluralOf, type Target, targetOf } from './option-table.ts';
import { importing } from './references.ts';
import { isWhole, kindOf, misfitOf } from './scalars.ts';
import { type MessageType, type Slot, Slots } from './slots.ts';

/** What is wrong with the options of an API's statements, and the files whose options each file uses. */
export interface OptionReport {
  readonly departures: readonly Departure[];
  readonly uses: ReadonlyMap<ProtoFile, ReadonlySet<ProtoFile | string>>;
}

/** Options that do not exist, stand where they may not, are set twice, or to what they cannot hold. */
export const optionReport = memoised((api): OptionReport => {
  const checker = new OptionChecker(api);
  for (const option of everyOption(api)) checker.option(option);
  return checker;
});

/** How many of the other places that lack an import are told. */
const mostRelated = 3;
/** How many names get a suggestion: looking for one takes its time. */
const mostSuggestions = 100;

class OptionChecker implements OptionReport {
  readonly departures: Departure[] = [];
  readonly uses = new Map<ProtoFile, Set<ProtoFile | string>>();
  readonly #api: Protobuf;
  readonly #slots: Slots;
  /** How many names have been compared with all others. */
  #asked = 0;
  /** The places that name options of files that are not imported, by the file and the other one. */
  readonly #missing = new Map<string, Related[]>();
  /** What the options of a statement set so far, by the way to it. */
  readonly #set = new Map<Scope, Map<string, OptionNode>>();

  constructor(api: Protobuf) {
    this.#api = api;
    this.#slots = new Slots(api);
  }

  option(node: OptionNode): void {
    if (isPseudoOption(node)) {
      this.#once(node, [node.name.text], null);
      return;
    }
    const target = targetOf(node.parent);
    if (!target) return;
    const way: string[] = [];
    let type: MessageType = this.#slots.builtIn(target.options);
    let slot: Slot | null = null;
    for (const part of node.name.parts) {
      if (slot) {
        const inner = this.#inside(slot, part, node);
        if (!inner) return;
        type = inner;
      }
      const found: { slot: Slot; name: string } | null = part.extension
        ? this.#extension(part, node, type, target)
        : this.#field(part, node, type, target);
      if (!found) return;
      ({ slot } = found);
      way.push(found.name);
      if (!this.#fits(slot, part, node, target)) return;
    }
    if (!slot) return;
    if (!slot.repeated) this.#once(node, way, slot);
    if (node.value) this.#value(slot, node.value, node, false);
  }

  #report(aspect: Departure['aspect'], node: OptionNode, span: Span, message: string, help?: string): void {
    this.departures.push(departure(aspect, node, span, message, help));
  }

  /** The message in which the next part of a name is looked for. */
  #inside({ type, repeated }: Slot, part: Name, node: OptionNode): MessageType | null {
    const before = upTo(node, part, false);
    if (type.kind === 'unknown') return null;
    if (type.kind !== 'message') {
      this.#report('shape', node, part, `\`${before}\` is ${nounOf(type)} and has no fields.`);
      return null;
    }
    if (!repeated) return type;
    this.#report(
      'shape',
      node,
      node.name,
      `\`${before}\` is a list, of which no field can be set alone.`,
      'Set a whole element: `= { … }`.',
    );
    return null;
  }

  #field(part: Name, node: OptionNode, type: MessageType, target: Target): { slot: Slot; name: string } | null {
    const slot = type.fields?.get(part.text);
    if (slot) return { slot, name: part.text };
    if (!type.fields) return null;
    const isTop = part.start === node.name.start;
    const known = [...type.fields.keys(), ...(isTop && node.parent.kind === 'field' ? ['default', 'json_name'] : [])];
    const others = isTop
      ? Object.keys(builtInFields).filter(
          (name) => name.endsWith('Options') && Object.hasOwn(builtInFields[name]!, part.text),
        )
      : [];
    if (others.length > 0) {
      const places = others.map(pluralOf).join(' and ');
      this.#report('option', node, part, `\`${part.text}\` is an option of ${places}, not of ${target.plural}.`);
      return null;
    }
    const extension = isTop ? this.#api.links.extension(part.text, scopeOf(node.parent)) : null;
    if (extension && 'extension' in extension) {
      this.#report(
        'option',
        node,
        part,
        `\`${part.text}\` is an option of your own, and stands here without parentheses.`,
        `Write \`(${part.text})\`.`,
      );
      return null;
    }
    const message = isTop
      ? `There is no option \`${part.text}\` of ${target.plural}.`
      : `\`${type.fullName}\` has no field \`${part.text}\`.`;
    this.#report('option', node, part, message, suggestion(part.text, known));
    return null;
  }

  #extension(part: Name, node: OptionNode, type: MessageType, target: Target): { slot: Slot; name: string } | null {
    const found = this.#api.links.extension(part.text, scopeOf(node.parent));
    if (!('extension' in found)) {
      if (found.mayExist) return null;
      if (found.hidden) {
        this.#notImported(part, node, found.hidden);
      } else {
        this.#unknownExtension(part, node);
      }
      return null;
    }
    const { extension } = found;
    this.#use(node, extension.file);
    const extendee = this.#slots.extendee(extension);
    if (
      extendee !== type.fullName &&
      !extendee.endsWith(`.${type.fullName}`) &&
      !type.fullName.endsWith(`.${extendee}`)
    ) {
      const own = /^google\.protobuf\.(\w+Options)$/.exec(extendee)?.[1];
      const message = own
        ? `\`(${part.text})\` is an option of ${pluralOf(own)}, not of ${target.plural}.`
        : `\`(${part.text})\` extends \`${extendee}\`, not \`${type.fullName}\`.`;
      this.#report('option', node, part, message);
      return null;
    }
    return { slot: this.#slots.extension(extension), name: `(${extension.fullName})` };
  }

  /** Told once for each file that is not imported, since one line mends all. */
  #notImported(part: Name, node: OptionNode, { file }: Extension): void {
    const path = typeof file === 'string' ? file : this.#api.importPath(file);
    const key = `${fileOf(node).source.path} ${path}`;
    const others = this.#missing.get(key);
    if (others) {
      if (others.length < mostRelated) others.push({ message: 'It is used here too.', at: placeOf(node, part) });
      return;
    }
    const message = `The option \`(${part.text})\` is defined in \`${path}\`, which is not imported.`;
    const related: Related[] = [];
    this.#missing.set(key, related);
    this.departures.push({
      ...departure('reference', node, part, message, `Add \`import "${path}";\`.`, related),
      fix: importing(this.#api, fileOf(node), path, file),
    });
  }

  #unknownExtension(part: Name, node: OptionNode): void {
    const name = part.text.replace(/^\./, '');
    const meant = this.#nearest(name, fileOf(node).packageName);
    // What is known of a file without reading it may be older than the file.
    const folder = name.startsWith('pb.') ? 'google/protobuf/' : `${name.split('.').slice(0, -1).join('/')}/`;
    const isUnread = fileOf(node).body.some(
      (member) =>
        member.kind === 'import' && this.#api.target(member) === 'well-known' && member.path.value.startsWith(folder),
    );
    if (meant === null && isUnread && !name.startsWith('google.protobuf.')) return;
    this.#report(
      'option',
      node,
      part,
      `There is no option \`(${part.text})\`.`,
      meant === null ? undefined : `Did you mean \`(${meant})\`?`,
    );
  }

  /** The name of an extension that was probably meant, as it may stand in a file of a package. */
  #nearest(name: string, packageName: string): string | null {
    if (++this.#asked > mostSuggestions) return null;
    const known = [...this.#api.links.extensionNames, ...wellKnownExtensionNames()];
    const short = new Map(known.map((full) => [full.slice(full.lastIndexOf('.') + 1), full] as const));
    const meant = name.includes('.') ? closest(name, known) : short.get(closest(name, short.keys()) ?? '');
    if (!meant) return null;
    const isNear = !name.includes('.') && meant.slice(0, meant.lastIndexOf('.')) === packageName;
    return isNear ? meant.slice(packageName.length + 1) : meant;
  }

  #use(node: OptionNode, file: ProtoFile | string): void {
    const user = fileOf(node);
    const known = this.uses.get(user);
    if (known) known.add(file);
    else this.uses.set(user, new Set([file]));
  }

  /** Whether the edition knows the option, and whether it may stand on such a statement. */
  #fits({ targets, since, until }: Slot, part: Name, node: OptionNode, target: Target): boolean {
    const file = fileOf(node);
    const edition = editionOf(file);
    const isFeatures = part.text === 'features' && part.start === node.name.start;
    if (isFeatures && !hasEdition(file) && edition !== '') {
      this.#report('shape', node, part, `Features belong to editions, and this file is ${edition}.`);
      return false;
    }
    const isNew = since !== undefined && hasEdition(file) && edition < since;
    const isGone = until !== undefined && hasEdition(file) && edition >= until;
    if (isNew || isGone) {
      const when = isNew ? `is known from edition ${since} on` : `is gone since edition ${until}`;
      this.#report('shape', node, part, `\`${part.text}\` ${when}, and this file is of ${edition}.`);
      return false;
    }
    if (targets && !targets.includes(target.type)) {
      this.#report('shape', node, part, `\`${upTo(node, part, true)}\` cannot be set on ${target.plural}.`);
      return false;
    }
    return true;
  }

  /** Notes what an option sets, and reports it if that has been set before. */
  #once(node: OptionNode, way: readonly string[], slot: Slot | null): void {
    if ('options' in node.parent && node.parent.options.length === 1) return;
    const set = this.#set.get(node.parent) ?? new Map<string, OptionNode>();
    this.#set.set(node.parent, set);
    const key = way.join('.');
    const before = set.get(key);
    if (before) {
      const related = [{ message: 'It is set here first.', at: departure('duplicate', before, before.name, '').at }];
      this.departures.push(
        departure(
          'duplicate',
          node,
          node.name,
          `The option \`${node.name.text}\` is set twice.`,
          'Keep one of them.',
          related,
        ),
      );
      return;
    }
    for (let count = 1; count <= way.length; count++) {
      const part = way.slice(0, count).join('.');
      if (!set.has(part)) set.set(part, node);
    }
    if (slot?.type.kind === 'message' && node.value?.kind === 'message') {
      for (const { name } of node.value.fields) {
        if (slot.type.fields?.get(name.text)?.repeated === false) set.set(`${key}.${name.text}`, node);
      }
    }
  }

  #value(slot: Slot, value: Value, node: OptionNode, inText: boolean): void {
    const { type } = slot;
    if (value.kind === 'list') {
      if (!slot.repeated && type.kind !== 'unknown') this.#misfit(slot, value, node);
      else for (const item of value.items) this.#value({ ...slot, repeated: false }, item, node, inText);
      return;
    }
    if (type.kind === 'message') {
      if (value.kind === 'message') this.#message(type, value, node);
      else this.#misfit(slot, value, node);
    } else if (type.kind === 'scalar') {
      const problem = misfitOf(type.name, value, inText);
      if (problem) this.#report('shape', node, value, problem);
    } else if (type.kind === 'enum') {
      this.#enumValue(slot, type.values, value, node, inText);
    }
  }

  #enumValue(slot: Slot, values: ReadonlySet<string> | null, value: Value, node: OptionNode, inText: boolean): void {
    if (inText && value.kind === 'number' && isWhole(value)) return;
    if (value.kind !== 'word') {
      this.#misfit(slot, value, node);
    } else if (values && values.size > 0 && !values.has(value.text)) {
      const name = slot.type.kind === 'enum' ? slot.type.name : '';
      this.#report(
        'shape',
        node,
        value,
        `\`${value.text}\` is no value of \`${name}\`.`,
        suggestion(value.text, values),
      );
    }
  }

  #misfit({ type, repeated }: Slot, value: Value, node: OptionNode): void {
    const wanted = type.kind === 'unknown' ? 'another value' : nounOf(type);
    this.#report(
      'shape',
      node,
      value,
      `Here ${kindOf(value)} stands for ${wanted}${repeated && value.kind !== 'list' ? ', one of a list' : ''}.`,
    );
  }

  /** An aggregate: text format. */
  #message(type: MessageType, value: MessageValue, node: OptionNode): void {
    const { fields } = value;
    const missing = type.required.find((name) => !fields.some((field) => field.name.text === name));
    if (missing !== undefined) this.#report('shape', node, value, `\`${type.fullName}\` needs \`${missing}\`.`);
    const seen = new Map<string, ValueField>();
    for (const field of fields) {
      const slot = field.name.text.startsWith('[')
        ? this.#bracketed(field, node)
        : this.#member(type, field, node, seen);
      if (slot) this.#value(slot, field.value, node, true);
    }
  }

  #member(type: MessageType, field: ValueField, node: OptionNode, seen: Map<string, ValueField>): Slot | null {
    const { text } = field.name;
    if (!type.fields) return null;
    const slot = type.fields.get(text);
    if (!slot) {
      this.#report(
        'option',
        node,
        field.name,
        `\`${type.fullName}\` has no field \`${text}\`.`,
        suggestion(text, type.fields.keys()),
      );
      return null;
    }
    const before = slot.repeated ? undefined : seen.get(text);
    if (before) {
      this.#report('duplicate', node, field.name, `\`${text}\` is set twice.`, 'Keep one of them.');
      return null;
    }
    const rival =
      slot.oneof && [...seen].find(([name]) => name !== text && type.fields?.get(name)?.oneof === slot.oneof)?.[0];
    if (rival) {
      this.#report(
        'shape',
        node,
        field.name,
        `\`${text}\` and \`${rival}\` are of one oneof, so only one of them can be set.`,
      );
    }
    seen.set(text, field);
    return slot;
  }

  /** `[acme.rule]` is an extension, `[type.googleapis.com/acme.Rule]` the contents of an `Any`. */
  #bracketed({ name }: ValueField, node: OptionNode): Slot | null {
    const written = name.text.slice(1, -1);
    const slash = written.lastIndexOf('/');
    if (slash >= 0) {
      const definition = this.#api.links.named(written.slice(slash + 1));
      if (!definition) return null;
      this.#use(node, definition.file);
      return { type: this.#slots.type(definition), repeated: false, oneof: null };
    }
    const found = this.#api.links.extension(written, scopeOf(node.parent));
    if (!('extension' in found)) return null;
    this.#use(node, found.extension.file);
    return this.#slots.extension(found.extension);
  }
}

/** Where protoc begins to look for an option's name: around what it is set on. */
function scopeOf(scope: Scope): Scope {
  if (scope.kind === 'file') return scope;
  const isDeep = scope.kind === 'value' || scope.kind === 'extensions';
  return isDeep && scope.parent.kind !== 'file' ? scope.parent.parent : scope.parent;
}

/** An option's name up to one of its parts. */
function upTo({ name: { parts } }: OptionNode, part: Name, isIncluded: boolean): string {
  const end = parts.findIndex(({ start }) => start === part.start) + (isIncluded ? 1 : 0);
  return parts
    .slice(0, end)
    .map(({ text, extension }) => (extension ? `(${text})` : text))
    .join('.');
}

function suggestion(name: string, candidates: Iterable<string>): string | undefined {
  const meant = closest(name, candidates);
  return meant === null ? undefined : `Did you mean \`${meant}\`?`;
}

function nounOf(type: Exclude<Slot['type'], { kind: 'unknown' }>): string {
  if (type.kind === 'scalar') return `a \`${type.name}\``;
  return type.kind === 'enum' ? `a value of the enum \`${type.name}\`` : `the message \`${type.fullName}\``;
}
