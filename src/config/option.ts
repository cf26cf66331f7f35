/** The part of JSON Schema in which rules describe the values of their options. */
interface OptionSchema {
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly items?: OptionSchema;
  readonly additionalProperties?: OptionSchema;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly pattern?: string;
}

/** What a value for an option must be and is not, as the end of a sentence; null when it fits the option's schema. */
export function optionFault(value: unknown, schema: OptionSchema): string | null {
  if (schema.enum && !schema.enum.includes(value)) return `one of ${schema.enum.map((one) => `\`${one}\``).join(', ')}`;
  if (schema.type && !fits(value, schema.type)) return `${/^[aeiou]/.test(schema.type) ? 'an' : 'a'} ${schema.type}`;
  if (schema.minimum !== undefined && (value as number) < schema.minimum) return `at least ${schema.minimum}`;
  if (schema.maximum !== undefined && (value as number) > schema.maximum) return `at most ${schema.maximum}`;
  if (schema.pattern && !new RegExp(schema.pattern, 'u').test(String(value))) return `like \`${schema.pattern}\``;
  const inner = Array.isArray(value) ? schema.items : schema.additionalProperties;
  if (!inner || typeof value !== 'object' || value === null) return null;
  const fault = Object.values(value)
    .map((item) => optionFault(item, inner))
    .find((one) => one !== null);
  return fault ? `${schema.type === 'array' ? 'an array' : 'an object'} whose values are each ${fault}` : null;
}

function fits(value: unknown, type: string): boolean {
  if (type === 'array') return Array.isArray(value);
  if (type === 'integer') return Number.isInteger(value);
  if (type === 'object') return typeof value === 'object' && value !== null && !Array.isArray(value);
  return typeof value === type;
}
