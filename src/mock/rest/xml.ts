import type { OpenApi } from '../../languages/openapi/openapi.ts';
import type { SchemaAt } from '../../languages/openapi/values.ts';
export function writeXml(value: unknown, _schema: SchemaAt | undefined, _api: OpenApi | null): string {
  return String(value);
}
