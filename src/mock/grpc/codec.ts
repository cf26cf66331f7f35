import type { Json } from '../json.ts';
import { Decoder } from './decoder.ts';
import { Encoder } from './encoder.ts';
import type { MessageType, Schema } from './schema.ts';

/**
 * Turns messages into JSON and back. The JSON is ProtoJSON (https://protobuf.dev/programming-guides/json) with two differences:
 * fields and the paths of masks go by their names in the `.proto`. What is not set is not there.
 */
export class Codec {
  readonly schema: Schema;

  constructor(schema: Schema) {
    this.schema = schema;
  }

  /** @throws DecodeError when the bytes are no such message */
  decode(type: MessageType, bytes: Buffer): Json {
    return new Decoder(this.schema, bytes).message(type);
  }

  /**
   * What does not fit the type is made to fit, or left out: this writes answers, and an answer that lacks a field is better than
   * none.
   */
  encode(type: MessageType, value: Json): Buffer {
    const encoder = new Encoder(this.schema);
    encoder.message(type, value);
    return encoder.finish();
  }
}
