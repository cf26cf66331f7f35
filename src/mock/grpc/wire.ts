import { isUtf8 } from 'node:buffer';

/** Bytes that are no message of the type that was expected; the message says why. */
export class DecodeError extends Error {
  override readonly name = 'DecodeError';
}

/** How the wire format (https://protobuf.dev/programming-guides/encoding) says what follows a tag. */
export const VARINT = 0;
export const FIXED64 = 1;
export const LENGTH = 2;
export const START = 3;
export const END = 4;
export const FIXED32 = 5;

/** The greatest number that a field may have. */
const greatestField = 2 ** 29 - 1;

/** Reads the wire format. What ends too early, or is nothing it knows, is thrown as `DecodeError`. */
export class Reader {
  readonly #bytes: Buffer;
  at: number;
  /** Where to stop. */
  end: number;
  /** The halves of the last number of 64 bits, both unsigned. */
  low = 0;
  high = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
    this.at = 0;
    this.end = bytes.length;
  }

  /** The number of the next field, and how it is written. */
  tag(): { readonly number: number; readonly type: number } {
    this.varint();
    const number = (this.high * 2 ** 29 + (this.low >>> 3)) % 2 ** 32;
    if (this.high > 0 || number === 0 || number > greatestField) throw new DecodeError('A field has no valid number.');
    return { number, type: this.low & 7 };
  }

  /** Into `low` and `high`. */
  varint(): void {
    let low = 0;
    let high = 0;
    for (let shift = 0; shift < 70; shift += 7) {
      const byte = this.#byte();
      const bits = byte & 0x7f;
      if (shift < 28) low |= bits << shift;
      else if (shift === 28) {
        low |= bits << 28;
        high |= bits >>> 4;
      } else if (shift < 63) high |= bits << (shift - 32);
      else high |= (bits & 1) << 31;
      if (byte < 0x80) {
        this.low = low >>> 0;
        this.high = high >>> 0;
        return;
      }
    }
    throw new DecodeError('A number is longer than ten bytes.');
  }

  /** Into `low` and `high`. */
  fixed64(): void {
    const at = this.#skip(8);
    this.low = this.#bytes.readUInt32LE(at);
    this.high = this.#bytes.readUInt32LE(at + 4);
  }

  fixed32(): number {
    return this.#bytes.readUInt32LE(this.#skip(4));
  }

  float(): number {
    return this.#bytes.readFloatLE(this.#skip(4));
  }

  double(): number {
    return this.#bytes.readDoubleLE(this.#skip(8));
  }

  /** Bytes with their length before them. */
  bytes(): Buffer {
    const length = this.length();
    const at = this.#skip(length);
    return this.#bytes.subarray(at, at + length);
  }

  string(): string {
    const bytes = this.bytes();
    if (!isUtf8(bytes)) throw new DecodeError('A string is not UTF-8.');
    return bytes.toString('utf8');
  }

  /** A length that fits into what is left. */
  length(): number {
    this.varint();
    if (this.high > 0 || this.low > this.end - this.at) throw new DecodeError('The message ends too early.');
    return this.low;
  }

  /** Steps over a value. */
  skip(number: number, type: number, depth: number): void {
    if (depth <= 0) throw new DecodeError('The message is nested too deeply.');
    if (type === VARINT) this.varint();
    else if (type === FIXED64) this.#skip(8);
    else if (type === LENGTH) this.bytes();
    else if (type === FIXED32) this.#skip(4);
    else if (type === START) {
      for (let tag = this.tag(); tag.type !== END || tag.number !== number; tag = this.tag()) {
        if (tag.type === END) throw new DecodeError('A group ends that did not begin.');
        this.skip(tag.number, tag.type, depth - 1);
      }
    } else
      throw new DecodeError(type === END ? 'A group ends that did not begin.' : 'A field is written in no known way.');
  }

  #byte(): number {
    if (this.at >= this.end) throw new DecodeError('The message ends too early.');
    return this.#bytes[this.at++]!;
  }

  #skip(length: number): number {
    const at = this.at;
    if (length > this.end - at) throw new DecodeError('The message ends too early.');
    this.at = at + length;
    return at;
  }
}

/** Writes the wire format into a buffer that grows. */
export class Writer {
  #bytes: Buffer = Buffer.allocUnsafe(256);
  #at = 0;

  finish(): Buffer {
    return this.#bytes.subarray(0, this.#at);
  }

  tag(number: number, type: number): void {
    // Above 28 bits, shifting would give a negative number.
    this.varint(number * 8 + type);
  }

  /** A whole number from 0 to 2^53. */
  varint(value: number): void {
    this.#reserve(10);
    let rest = value;
    while (rest > 0x7f) {
      this.#bytes[this.#at++] = (rest % 0x80) | 0x80;
      rest = Math.floor(rest / 0x80);
    }
    this.#bytes[this.#at++] = rest;
  }

  /** 64 bits. */
  varint64(value: bigint): void {
    let rest = BigInt.asUintN(64, value);
    if (rest <= BigInt(Number.MAX_SAFE_INTEGER)) {
      this.varint(Number(rest));
      return;
    }
    this.#reserve(10);
    while (rest > 0x7fn) {
      this.#bytes[this.#at++] = Number(rest & 0x7fn) | 0x80;
      rest >>= 7n;
    }
    this.#bytes[this.#at++] = Number(rest);
  }

  fixed32(value: number): void {
    this.#reserve(4);
    this.#at = this.#bytes.writeUInt32LE(value >>> 0, this.#at);
  }

  fixed64(value: bigint): void {
    this.#reserve(8);
    this.#at = this.#bytes.writeBigUInt64LE(BigInt.asUintN(64, value), this.#at);
  }

  float(value: number): void {
    this.#reserve(4);
    this.#at = this.#bytes.writeFloatLE(value, this.#at);
  }

  double(value: number): void {
    this.#reserve(8);
    this.#at = this.#bytes.writeDoubleLE(value, this.#at);
  }

  bytes(value: Uint8Array): void {
    this.varint(value.length);
    this.#reserve(value.length);
    this.#bytes.set(value, this.#at);
    this.#at += value.length;
  }

  string(value: string): void {
    const length = Buffer.byteLength(value);
    this.varint(length);
    this.#reserve(length);
    this.#at += this.#bytes.write(value, this.#at, 'utf8');
  }

  /** What `write` writes, with its length before it. */
  nested(write: () => void): void {
    this.#reserve(1);
    const start = ++this.#at;
    write();
    const length = this.#at - start;
    let prefix = 1;
    for (let rest = length; rest > 0x7f; rest = Math.floor(rest / 0x80)) prefix++;
    // Most are short, and the one byte that was left free will do.
    if (prefix > 1) {
      this.#reserve(prefix);
      this.#bytes.copyWithin(start - 1 + prefix, start, this.#at);
    }
    this.#at = start - 1;
    this.varint(length);
    this.#at += length;
  }

  #reserve(length: number): void {
    if (this.#at + length <= this.#bytes.length) return;
    const larger = Buffer.allocUnsafe(Math.max(this.#bytes.length * 2, this.#at + length));
    this.#bytes.copy(larger, 0, 0, this.#at);
    this.#bytes = larger;
  }
}
