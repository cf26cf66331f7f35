import type { Protobuf } from '../languages/protobuf/protobuf.ts';
import {
  descriptionOf,
  type Enum,
  type EnumValue,
  enums,
  type Field,
  fields,
  files,
  type Message,
  messages,
  optionsOf,
  packages,
  type Rpc,
  type Service,
  services,
} from '../languages/protobuf/select.ts';
import {
  type Node,
  type OneofNode,
  type ProtoFile,
  placeOf,
  type Scope,
  type Value,
} from '../languages/protobuf/tree.ts';
import { byName, grouped, type View, ViewBuilder } from './view.ts';

/** Each file of an API as JSON values; `docs/spectral.md` describes them. */
export function protobufViews(api: Protobuf): View[] {
  const builder = new ProtobufView(api);
  return files(api).map(({ node }) => {
    const top = placeOf(node, { start: 0, end: 0 }, node.source.path);
    return builder.view('protobuf', node.source.path, builder.file(node), top);
  });
}

class ProtobufView extends ViewBuilder {
  readonly #api: Protobuf;
  readonly #messages: ReadonlyMap<Scope, readonly Message[]>;
  readonly #enums: ReadonlyMap<Scope, readonly Enum[]>;
  readonly #services: ReadonlyMap<Scope, readonly Service[]>;
  readonly #extensions: ReadonlyMap<Scope, readonly Field[]>;

  constructor(api: Protobuf) {
    super();
    this.#api = api;
    this.#messages = grouped(messages(api), ({ node }) => ownerOf(node));
    this.#enums = grouped(enums(api), ({ node }) => ownerOf(node));
    this.#services = grouped(services(api), ({ node }) => ownerOf(node));
    this.#extensions = grouped(
      fields(api).filter(({ extend }) => extend !== null),
      ({ extend }) => ownerOf(extend!),
    );
  }

  file(node: ProtoFile): object {
    const { syntax, edition, imports } = files(this.#api).find((file) => file.node === node)!;
    const isEdition = syntax?.kind === 'edition';
    const declared = packages(this.#api).find(({ file }) => file === node);
    const syntaxAt = syntax ? placeOf(syntax, syntax.value) : undefined;
    return this.node(
      {
        syntax: isEdition ? undefined : edition,
        edition: isEdition ? edition : undefined,
        package: declared?.name,
        imports: imports.length === 0 ? undefined : this.#imports(node),
        options: this.#options(node),
        ...this.#types(node),
        services: byName(this.#services.get(node) ?? [], (service) => this.#service(service)),
      },
      declared?.at ?? syntaxAt,
      { syntax: syntaxAt, edition: syntaxAt, package: declared?.at },
    );
  }

  #imports(file: ProtoFile): object[] {
    const imports = file.body.filter((node) => node.kind === 'import');
    return imports.map((node) =>
      this.node({ path: node.path.value, modifier: node.modifier?.text }, placeOf(node, node.path)),
    );
  }

  /** The messages, enums and extensions that stand in a file or message itself. */
  #types(scope: Scope) {
    const extensions = this.#extensions.get(scope) ?? [];
    return {
      messages: byName(this.#messages.get(scope) ?? [], (message) => this.#message(message)),
      enums: byName(this.#enums.get(scope) ?? [], (definition) => this.#enum(definition)),
      extensions: byName(extensions, (field) => ({ extendee: field.extend!.extendee.text, ...this.#field(field) })),
    };
  }

  #message({ node, at, fullName, fields: own, oneofs }: Message): object {
    const named = oneofs.map((oneof) => ({ name: oneof.name.text, oneof }));
    return this.node(
      {
        fullName,
        ...this.#said(node),
        fields: byName(own, (field) => this.#field(field)),
        oneofs: byName(named, ({ oneof }) => this.#oneof(oneof, own)),
        ...this.#types(node),
      },
      at,
    );
  }

  #oneof(oneof: OneofNode, all: readonly Field[]): object {
    const own = all.filter((field) => field.oneof === oneof).map(({ name }) => name);
    return this.node({ ...this.#said(oneof), fields: own }, placeOf(oneof, oneof.name));
  }

  #field(field: Field): object {
    const { node, type, kind, label, number, jsonName, oneof, at } = field;
    return this.node(
      {
        type,
        kind,
        key: node.map?.key.text,
        label: label ?? undefined,
        number: number ?? undefined,
        jsonName,
        oneof: oneof?.name.text,
        ...this.#said(node),
      },
      at,
      { type: field.typeAt, number: field.numberAt },
    );
  }

  #enum({ node, at, fullName, values }: Enum): object {
    const own = byName(values, (value) => this.#value(value));
    return this.node({ fullName, ...this.#said(node), values: own }, at);
  }

  #value({ node, at, number, numberAt }: EnumValue): object {
    return this.node({ number: number ?? undefined, ...this.#said(node) }, at, { number: numberAt });
  }

  #service({ node, at, fullName, rpcs }: Service): object {
    return this.node({ fullName, ...this.#said(node), rpcs: byName(rpcs, (rpc) => this.#rpc(rpc)) }, at);
  }

  #rpc({ node, at, fullName, request, response, streaming, http }: Rpc): object {
    return this.node(
      {
        fullName,
        request: request?.type,
        response: response?.type,
        clientStreaming: streaming === 'client' || streaming === 'both',
        serverStreaming: streaming === 'server' || streaming === 'both',
        http:
          http.length === 0
            ? undefined
            : http.map(({ method, path, body, at: pathAt }) =>
                this.node({ method, path, body: body ?? undefined }, pathAt),
              ),
        ...this.#said(node),
      },
      at,
      { request: request?.at, response: response?.at },
    );
  }

  #said(node: Node) {
    return { comment: descriptionOf(node) || undefined, options: this.#options(node) };
  }

  /** What options are set to by name; a list, where one of them is set more than once. */
  #options(scope: Scope): object | undefined {
    const options = optionsOf(scope).filter(({ value }) => value !== null);
    if (options.length === 0) return undefined;
    const places = Object.fromEntries(options.map((node) => [node.name.text, placeOf(node.parent, node.name)]));
    const values = grouped(options, ({ name }) => name.text);
    const entries = [...values].map(([name, set]) => {
      const all = set.map(({ value }) => jsonOf(value!));
      return [name, all.length === 1 ? all[0] : all] as const;
    });
    return this.node(Object.fromEntries(entries), undefined, places);
  }
}

/** The file or message in which a type counts as defined: groups and extensions may stand deeper. */
function ownerOf(node: Node): Scope {
  let scope = node.parent;
  while (scope.kind !== 'file' && scope.kind !== 'message') scope = scope.parent;
  return scope;
}

function jsonOf(value: Value): unknown {
  switch (value.kind) {
    case 'number':
    case 'string':
      return value.value;
    case 'word':
      return value.text === 'true' || value.text === 'false' ? value.text === 'true' : value.text;
    case 'list':
      return value.items.map(jsonOf);
    case 'message':
      return Object.fromEntries(value.fields.map((field) => [field.name.text, jsonOf(field.value)]));
  }
}
