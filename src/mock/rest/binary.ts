/** The smallest body of a kind that programs open. Undefined for kinds that are text, or that have no smallest body. */
export function sampleBytes(name: string, isBinary: boolean): Buffer | undefined {
  const known = smallest[name];
  if (known !== undefined) return typeof known === 'string' ? Buffer.from(known, 'latin1') : known;
  if (!isBinary || name.startsWith('text/')) return undefined;
  return Buffer.from('0123456789abcdef');
}

const base64 = (text: string): Buffer => Buffer.from(text, 'base64');

/** One pixel, one empty page, no file. */
const smallest: Readonly<Record<string, Buffer | string>> = {
  'image/png': base64(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
  ),
  'image/gif': base64('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7'),
  'image/svg+xml': '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>',
  'application/pdf':
    '%PDF-1.1\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n' +
    '3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n',
  'application/zip': Buffer.concat([Buffer.from('PK\u0005\u0006', 'latin1'), Buffer.alloc(18)]),
};
