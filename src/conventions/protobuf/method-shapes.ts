/**
 * What the AIPs ask of a method's name, binding, request and answer, each as findings: the parts that rules about the shape of
 * methods are put together from.
 */
import type { HttpBinding } from '../../languages/protobuf/http.ts';
import type { Protobuf } from '../../languages/protobuf/protobuf.ts';
import { type Field, type Message, optionOf, type Rpc } from '../../languages/protobuf/select.ts';
import type { Finding } from '../../text/problem.ts';
import {
  answerOf,
  isRequired,
  type Method,
  referencedResource,
  resourceNamesOf,
  simpleName,
  startsOperation,
  suffixOf,
  variablesOf,
} from './standard-methods.ts';

/** A field that a message is expected to have, or whose type is fixed if it has it. */
export interface FieldForm {
  readonly name: string;
  /** The type, and `repeated` before it; not judged where it is left out. */
  readonly type?: string;
  /** Whether the message must have it. */
  readonly wanted?: boolean;
  /** Which field is meant for it, if it is missing. Without this: the first one of its type that is none of the others. */
  readonly meant?: (field: Field) => boolean;
}

/** What may stand in a message. */
export interface MessageForm {
  /** The first is what the message is about: where it is wanted and missing, other fields are not judged. */
  readonly fields: readonly FieldForm[];
  /** Whether other fields are findings; `except` says for which they are not. */
  readonly closed?: { readonly except?: (field: Field) => boolean };
  /** The fields that may be `REQUIRED`; all, where it is left out. */
  readonly mayRequire?: readonly string[];
}

/** Judges the fields of a message, each at most once. Deprecated ones may stay what they are. */
export function* misshapen(message: Message, form: MessageForm): Generator<Finding> {
  const names = new Set(form.fields.map(({ name }) => name));
  const settled = new Set<Field>();
  for (const expected of form.fields) {
    const field = message.fields.find(({ name }) => name === expected.name);
    if (field) {
      if (expected.type === undefined || typeOf(field) === expected.type) continue;
      settled.add(field);
      yield {
        at: field.typeAt,
        message: `\`${field.name}\` of \`${message.name}\` is \`${short(typeOf(field), message)}\`, not \`${short(expected.type, message)}\`.`,
        help: `Declare it as \`${short(expected.type, message)} ${field.name}\`.`,
      };
    } else if (expected.wanted) {
      const meant = message.fields.find(
        (other) =>
          !names.has(other.name) &&
          !settled.has(other) &&
          (expected.meant ? expected.meant(other) : typeOf(other) === expected.type),
      );
      if (meant) settled.add(meant);
      yield missing(message, expected, meant);
    }
  }
  // Without what it is about, a request is of another kind, whatever else it holds.
  const [subject] = form.fields;
  if (subject?.wanted && !message.fields.some(({ name }) => name === subject.name)) return;
  for (const field of message.fields) {
    if (settled.has(field) || isDeprecated(field)) continue;
    if (form.closed && !names.has(field.name) && !form.closed.except?.(field)) yield unknown(message, field);
    else if (form.mayRequire && !form.mayRequire.includes(field.name) && isRequired(field)) {
      yield {
        at: field.at,
        message: `\`${field.name}\` of \`${message.name}\` is required, which it is in no standard request.`,
        help: 'Mark it as OPTIONAL: clients that treat all standard methods alike cannot know that it has to be set.',
      };
    }
  }
}

function missing(message: Message, { name, type }: FieldForm, meant: Field | undefined): Finding {
  const declaration = `\`${type ? `${type} ` : ''}${name}\``;
  if (!meant) {
    return { at: message.at, message: `\`${message.name}\` has no \`${name}\`.`, help: `Declare ${declaration}.` };
  }
  return {
    at: meant.at,
    message: `\`${message.name}\` has \`${meant.name}\` where \`${name}\` is expected.`,
    help: `Call it ${declaration}, as in all requests of this kind.`,
  };
}

/** A type as it can be written in a message's package. */
function short(type: string, { file: { packageName } }: Message): string {
  return packageName === '' ? type : type.replace(`${packageName}.`, '');
}

function unknown(message: Message, field: Field): Finding {
  return {
    at: field.at,
    message: `\`${field.name}\` is no standard field of \`${message.name}\`.`,
    help: 'Leave it out, move it into the resource, or offer a custom method that takes it.',
  };
}

/** A field's type as a form has it: `repeated string`, `google.protobuf.FieldMask`. */
export function typeOf({ label, type, kind, node }: Field): string {
  const name = kind === 'map' ? `map<${node.map?.key.text}, ${type}>` : type;
  return label === 'repeated' ? `repeated ${name}` : name;
}

/** Whether a field chooses which part of a resource is read (AIP-157). */
export function isView({ name, type }: Field): boolean {
  return /(?:^|_)view$/.test(name) || simpleName(type).endsWith('View');
}

/** Whether a field is deprecated. */
export function isDeprecated({ node }: Field): boolean {
  const value = optionOf(node, 'deprecated')?.value;
  return value?.kind === 'word' && value.text === 'true';
}

/** Judges that a method's request is called after it. */
export function* requestMisnamed({ name, request }: Rpc): Generator<Finding> {
  const wanted = `${name}Request`;
  if (!request || simpleName(request.type) === wanted) return;
  yield {
    at: request.at,
    message: `\`${name}\` takes \`${simpleName(request.type)}\`, not \`${wanted}\`.`,
    help: `Take a message of its own, \`${wanted}\`.`,
  };
}

/** What a method may answer with. */
export interface AnswerForm {
  readonly names: ReadonlySet<string>;
  /** How the answer that fits is told to people: `Book`. */
  readonly wanted: string;
  /** Whether the answer may, or must, come at the end of an operation. */
  readonly operation: 'never' | 'may' | 'must';
}

/** Judges what a method answers with, at once or in the end. */
export function* answersOtherwise({ rpc }: Pick<Method, 'rpc'>, form: AnswerForm): Generator<Finding> {
  const operation = startsOperation(rpc);
  const { name, response } = rpc;
  if (!response) return;
  // Some APIs have operations of their own.
  if (form.operation !== 'never' && !operation && simpleName(response.type) === 'Operation') return;
  if (operation ? form.operation === 'never' : form.operation === 'must') {
    yield {
      at: response.at,
      message: `\`${name}\` returns \`${simpleName(response.type)}\`, not \`${operation ? form.wanted : 'google.longrunning.Operation'}\`.`,
      help: operation
        ? 'Answer at once: clients read often, and want no operation to wait for.'
        : 'Start an operation: this takes long.',
    };
    return;
  }
  const answer = answerOf(rpc);
  if (!answer || form.names.has(answer.name)) return;
  yield {
    at: answer.at,
    message: `\`${name}\` ${answer.byOperation ? 'ends with' : 'returns'} \`${answer.name}\`, not \`${form.wanted}\`.`,
    help: `Return \`${form.wanted}\`.`,
  };
}

/**
 * The names of the messages that a method on a resource may answer with: its noun, what a resource of that name or the request's
 * references lead to, and the message that the request carries.
 */
export function resourceAnswers(api: Protobuf, method: Method, payload: Field | null = null): Set<string> {
  const names = new Set(resourceNamesOf(api, method));
  if (payload) names.add(simpleName(payload.type));
  for (const field of method.request?.fields ?? []) {
    const resource = referencedResource(api, field);
    if (resource && /(?:^|_)name$/.test(field.name)) names.add(resource.message?.name.text ?? resource.name);
  }
  return names;
}

/** How a method is expected to be bound. */
export interface BindingForm {
  readonly verb: string;
  /** The body; `null` where there may be none; not judged where it is left out. */
  readonly body?: string | null;
  /** The fields of which one fills the path, alone; not judged where it is left out. */
  readonly variables?: readonly string[];
  /** What the path ends in, behind a colon. */
  readonly suffix?: string;
}

/** Judges the bindings of a method, each part once: what is wrong with the first is so with those that add to it. */
export function* boundOtherwise(
  { rpc, request }: Pick<Method, 'rpc' | 'request'>,
  form: BindingForm,
): Generator<Finding> {
  yield* firstOf(rpc.http, function* (binding) {
    if (binding.method === form.verb) return;
    yield {
      at: binding.methodAt,
      message: `\`${rpc.name}\` is bound to ${binding.method}, not to ${form.verb}.`,
      help: `Bind it to \`${form.verb.toLowerCase()}\`.`,
    };
  });
  const { body, suffix, variables } = form;
  if (body !== undefined) {
    // A wrong verb excuses the body.
    const others = rpc.http.filter(({ method }) => method === form.verb);
    yield* firstOf(others, (binding) => bodyOtherwise(rpc, binding, body));
  }
  if (suffix !== undefined) yield* firstOf(rpc.http, (binding) => suffixOtherwise(rpc, binding, suffix));
  // What is added to a binding may keep old paths alive.
  const own = rpc.http.filter(({ additional }) => !additional);
  if (variables) yield* firstOf(own, (binding) => variablesOtherwise(rpc, binding, variables, request));
}

/** What is found in the first binding in which anything is found. */
export function firstOf(
  bindings: readonly HttpBinding[],
  judge: (binding: HttpBinding) => Iterable<Finding>,
): readonly Finding[] {
  for (const binding of bindings) {
    const found = [...judge(binding)];
    if (found.length > 0) return found;
  }
  return [];
}

/** Judges what stands behind the colon of a path. */
export function* suffixOtherwise(rpc: Rpc, binding: HttpBinding, wanted: string): Generator<Finding> {
  if (suffixOf(binding.path) === wanted) return;
  yield {
    at: binding.at,
    message: `The path of \`${rpc.name}\` does not end in \`:${wanted}\`.`,
    help: `End it in \`:${wanted}\`, as methods of this kind do.`,
  };
}

/** Judges the body of one binding. */
export function* bodyOtherwise(rpc: Rpc, binding: HttpBinding, wanted: string | null): Generator<Finding> {
  const body = binding.body === '' ? null : binding.body;
  if (body === wanted) return;
  yield {
    at: binding.bodyAt ?? binding.methodAt,
    message:
      wanted === null
        ? `\`${rpc.name}\` is bound with a body.`
        : body === null
          ? `\`${rpc.name}\` is bound without a body.`
          : `\`${rpc.name}\` takes \`${body}\` as its body, not \`${wanted}\`.`,
    help: wanted === null ? `Leave \`body\` out: ${binding.method} has none.` : `Set \`body: "${wanted}"\`.`,
  };
}

/** A path without any variable is in order if the request has no field that would fill one. */
function* variablesOtherwise(
  rpc: Rpc,
  binding: HttpBinding,
  wanted: readonly string[],
  request: Message | null,
): Generator<Finding> {
  const variables = variablesOf(binding);
  if (variables.length === 1 && wanted.includes(variables[0]!)) return;
  const top = wanted[0]!.split('.')[0]!;
  if (variables.length === 0 && !request?.fields.some(({ name }) => name === top)) return;
  yield {
    at: binding.at,
    message:
      variables.length === 0
        ? `The path of \`${rpc.name}\` has no variable for \`${wanted[0]}\`.`
        : `The path of \`${rpc.name}\` is filled by ${named(variables)}, not by \`${wanted[0]}\` alone.`,
    help: `Capture the whole resource name: \`{${wanted[0]}=…}\`.`,
  };
}

function named(fields: readonly string[]): string {
  return fields.map((name) => `\`${name}\``).join(', ');
}

/**
 * Judges that a standard method goes by its standard name.
 * @param verbs the words that stand for it elsewhere
 * @param methods the http methods it is bound to
 */
export function* calledOtherwise(
  rpc: Rpc,
  standard: string,
  verbs: readonly string[],
  bound: readonly string[],
): Generator<Finding> {
  const verb = verbs.find((one) => rpc.name.startsWith(one) && /^[A-Z]/.test(rpc.name.slice(one.length)));
  if (!verb || rpc.streaming !== 'none') return;
  const noun = rpc.name.slice(verb.length);
  const isStandard =
    rpc.http.length > 0
      ? bound.includes(rpc.http[0]!.method) && suffixOf(rpc.http[0]!.path) === null
      : answerOf(rpc)?.name === noun;
  if (!isStandard) return;
  yield {
    at: rpc.at,
    message: `\`${rpc.name}\` does what \`${standard}\` methods do.`,
    help: `Call it \`${standard}${noun}\`.`,
  };
}
