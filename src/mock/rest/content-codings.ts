import { brotliDecompress, gunzip, inflate, inflateRaw } from 'node:zlib';

/** Why a body could not be unpacked: a coding that is not known, one that it is not packed with, or more bytes than are taken. */
export interface CodingProblem {
  readonly problem: 'unknown' | 'broken' | 'too large';
  readonly coding: string;
}

/** More codings on top of each other than this serve nobody. */
const mostCodings = 3;

/**
 * Undoes the content codings of a body, the last applied first (RFC 9110, section 8.4): gzip, deflate and br.
 * @param header the value of `Content-Encoding` @param most the bytes that may come out: a bomb is stopped when it outgrows them
 */
export async function undoCodings(bytes: Buffer, header: string, most: number): Promise<Buffer | CodingProblem> {
  const codings = header
    .toLowerCase()
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '' && name !== 'identity');
  if (codings.length > mostCodings) return { problem: 'unknown', coding: header };
  let unpacked = bytes;
  for (const coding of codings.reverse()) {
    const unpacker = Object.hasOwn(unpackers, coding) ? unpackers[coding] : undefined;
    if (!unpacker) return { problem: 'unknown', coding };
    const result = await new Promise<Buffer | NodeJS.ErrnoException>((resolve) => {
      unpacker(unpacked, { maxOutputLength: most }, (error, result) => resolve(error ?? result));
    });
    if (!Buffer.isBuffer(result)) {
      return { problem: result.code === 'ERR_BUFFER_TOO_LARGE' ? 'too large' : 'broken', coding };
    }
    unpacked = result;
  }
  return unpacked;
}

type Unpacker = (
  bytes: Buffer,
  options: { maxOutputLength: number },
  done: (error: Error | null, result: Buffer) => void,
) => void;

const unpackers: Readonly<Record<string, Unpacker>> = {
  gzip: gunzip,
  'x-gzip': gunzip,
  br: brotliDecompress,
  // What is called deflate is mostly zlib's format, as it should be (RFC 9110, section 8.4.1.2), but some send it bare.
  deflate: (bytes, options, done) => ((bytes[0]! & 0x0f) === 8 ? inflate : inflateRaw)(bytes, options, done),
};
