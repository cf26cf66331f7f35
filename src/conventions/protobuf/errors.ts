/** Which messages tell what went wrong beside the status of a call. */
import type { Protobuf } from '../../languages/protobuf/protobuf.ts';
import { type Field, type Message, memoised, messages } from '../../languages/protobuf/select.ts';
import { split } from '../../words/split.ts';

/** A message that says of a failure what `google.rpc.Status` says. */
export interface ErrorMessage {
  readonly message: Message;
  /** What programs branch on. */
  readonly code: Field;
  /** What people read. */
  readonly text: Field;
}

/** The messages called like an error that have a code and a text, as `Error` and `ApiError`. */
export const errorMessages = memoised((api): readonly ErrorMessage[] =>
  messages(api).flatMap((message) => {
    if (!isErrorName(message.name)) return [];
    const code = fieldNamed(message, codeNames);
    const text = fieldNamed(message, textNames);
    return code && text && text.type === 'string' ? [{ message, code, text }] : [];
  }),
);

function fieldNamed({ fields }: Message, names: ReadonlySet<string>): Field | undefined {
  return fields.find(({ name, label }) => label !== 'repeated' && names.has(split(name).join(' ')));
}

const codeNames = new Set(['code', 'error code', 'status', 'status code', 'type', 'error type', 'kind', 'reason']);
const textNames = new Set(['message', 'error message', 'msg', 'text', 'description', 'detail', 'details']);

/** Whether a message's name is that of an error: `Error`, `ApiError`, `ErrorResponse`, `ErrorInfo`. */
export function isErrorName(name: string): boolean {
  return /(?:^|[a-z0-9])(?:Error|Exception|Fault)(?:Response|Info|Details?|Body|Payload)?$|^Errors?[A-Z]?$/.test(name);
}

/** Whether a package is of googleapis, which defines what others build upon: `google.rpc`. */
export function isRpcPackage(api: Protobuf, { file }: Message): boolean {
  return api.files.includes(file) && /^google\.rpc(?:\.|$)/.test(file.packageName);
}
