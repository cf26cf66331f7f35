/** A value as text of a media type: a text as it is, rows as CSV, items as lines or events, all else as JSON. */
export function writeText(value: unknown, name: string): string {
  if (typeof value === 'string') return value;
  if (name === 'text/csv') return writeCsv(value);
  if (name === 'text/event-stream')
    return itemsOf(value)
      .map((item) => `data: ${asText(item)}\n\n`)
      .join('');
  if (lineTypes.has(name))
    return itemsOf(value)
      .map((item) => `${JSON.stringify(item)}\n`)
      .join('');
  if (name === 'application/json-seq')
    return itemsOf(value)
      .map((item) => `\u001e${JSON.stringify(item)}\n`)
      .join('');
  return asText(value);
}

const lineTypes = new Set([
  'application/jsonl',
  'application/x-ndjson',
  'application/ndjson',
  'application/x-jsonlines',
]);

const itemsOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [value]);

const asText = (value: unknown): string => (typeof value === 'string' ? value : (JSON.stringify(value) ?? ''));

/** RFC 4180: the names of the fields of the first row, then the rows. */
function writeCsv(value: unknown): string {
  const rows = itemsOf(value);
  const first = rows[0];
  const names = first !== null && typeof first === 'object' && !Array.isArray(first) ? Object.keys(first) : null;
  const cells = (row: unknown): unknown[] => {
    if (names) return names.map((name) => (row as Record<string, unknown> | null)?.[name] ?? '');
    return Array.isArray(row) ? row : [row];
  };
  return [...(names ? [names] : []), ...rows.map(cells)].map((row) => `${row.map(csvCell).join(',')}\r\n`).join('');
}

function csvCell(value: unknown): string {
  const text = asText(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** `a=1&b[c]=2&d=3&d=4`. */
export function writeForm(value: unknown): string {
  const pairs = new URLSearchParams();
  const add = (name: string, part: unknown, depth: number): void => {
    if (part === null || part === undefined) return;
    if (depth < 10 && Array.isArray(part)) for (const item of part) add(name, item, depth + 1);
    else if (depth < 10 && typeof part === 'object') {
      for (const [key, inner] of Object.entries(part)) add(name === '' ? key : `${name}[${key}]`, inner, depth + 1);
    } else pairs.append(name === '' ? 'value' : name, asText(part));
  };
  add('', value, 0);
  return pairs.toString();
}
