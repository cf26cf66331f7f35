import type { Place } from '../text/place.ts';
import type { Source } from '../text/source.ts';
import type { GraphQl } from './graphql/graphql.ts';
import type { OpenApi } from './openapi/openapi.ts';
import type { Protobuf } from './protobuf/protobuf.ts';

/** The API type of each language: the one place to which a further language is added. */
export interface Apis {
  readonly openapi: OpenApi;
  readonly graphql: GraphQl;
  readonly protobuf: Protobuf;
}
export type LanguageName = keyof Apis;

/** A note in a document that asks for silence about some rules below one element. */
export interface Suppression {
  /** The rule ids it names. */
  readonly rules: readonly string[];
  /** Why; empty when the author gave none. */
  readonly reason: string;
  /** The note itself. */
  readonly at: Place;
  /** The offsets `[start, end)` of the element it covers, in the note's own source; null when it covers nothing. */
  readonly covers: { readonly start: number; readonly end: number } | null;
}

/** What the engine needs to know of an API, whatever its language. */
export interface Api {
  readonly language: LanguageName;
  /** The files that the API is made of, the entry first. */
  readonly sources: readonly Source[];
  /** The suppressions of all its files. */
  suppressions(): readonly Suppression[];
}

/** Reading a file that a document refers to: its text, or a sentence that says why not. */
export type FileResult = { readonly source: Source } | { readonly refused: string };

/** The files that documents may refer to. Implemented at the edge; decides what lies outside the project. */
export interface Files {
  /** @param path relative to the working directory, normalised, with `/` */
  read(path: string): FileResult;
}

/** Telling the documents of a language from other files. Apart from reading them, so that looking at a file loads no parser. */
export interface Detection {
  /** Whether a file is a document of this language that is judged by itself. Looks at little more than its beginning. */
  detect(source: Source): boolean;
  /** Whether a file that was named, and that `detect` does not know, is all the same meant as a document of this language. */
  resembles(source: Source): boolean;
}

/** What reading goes by besides the files. */
export interface ReadSettings {
  /** The folders that imports of `.proto` files start from, as `protoc --proto_path`; without any they are inferred. */
  readonly protoPaths?: readonly string[];
  /** Whether the files are one API, as somebody said, rather than to be sorted. OpenAPI documents are one each all the same. */
  readonly areOne?: boolean;
}

/** A language that apiarch reads. */
export interface Language<L extends LanguageName = LanguageName> {
  readonly name: L;
  /** Groups entry files into APIs and reads them with all that they refer to. Never throws: what is broken is found by rules. */
  read(entries: readonly Source[], files: Files, settings?: ReadSettings): Apis[L][];
}
