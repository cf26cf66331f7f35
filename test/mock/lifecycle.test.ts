// What callers are told of what is to go, over real HTTP.
import { describe, expect, it } from 'vitest';
import { guarding } from './guarding.ts';

/** A document whose only operation, `GET /x/{id}`, has these fields. */
const document = (fields: string, more = '') => `
openapi: 3.1.0
info: { title: Shop, version: 1.0.0 }
${more}
paths:
  /x/{id}:
    get:
      operationId: getX
${fields.replace(/^/gm, '      ')}
      responses: { '200': { description: OK } }
  /v2/x/{id}: { get: { operationId: getX2, responses: { '200': { description: OK } } } }
  /v2/y/{y}: { get: { operationId: getY, responses: { '200': { description: OK } } } }
`;

const now = Date.UTC(2026, 5, 15, 12);
const at = (year: number, month: number, day: number) => `@${Date.UTC(year, month - 1, day) / 1000}`;

async function fieldsOf(text: string, path = '/x/7', init: RequestInit = {}): Promise<Record<string, string>> {
  const { url } = await guarding(text, { now });
  const response = await fetch(url + path, init);
  const fields = ['deprecation', 'sunset', 'link', 'x-deprecated-parameters'].flatMap((name) => {
    const value = response.headers.get(name);
    return value === null ? [] : [[name, value.replaceAll(url, '')]];
  });
  return { ...(response.status !== 200 && { status: response.status }), ...Object.fromEntries(fields) };
}

describe('an operation', () => {
  it('that stays says nothing', async () => {
    expect(await fieldsOf(document(''))).toEqual({});
    expect(await fieldsOf(document('deprecated: false'))).toEqual({});
    expect(await fieldsOf(document('description: Removed on 2020-01-01 were the old fields.'))).toEqual({});
  });

  it.each<[string, Record<string, string>]>([
    ['deprecated: true', { deprecation: at(2026, 6, 15) }],
    ['x-deprecated: true', { deprecation: at(2026, 6, 15) }],
    [
      'deprecated: true\nx-sunset: 2027-06-30',
      { deprecation: at(2026, 6, 15), sunset: 'Wed, 30 Jun 2027 00:00:00 GMT' },
    ],
    [
      "deprecated: true\nx-sunset: '2027-06-30T10:20:30.500+02:00'\nx-deprecated-at: 2025-02-03",
      { deprecation: at(2025, 2, 3), sunset: 'Wed, 30 Jun 2027 08:20:30 GMT' },
    ],
    [
      'deprecated: true\nx-sunset: Wed, 30 Jun 2027 23:59:59 GMT',
      { deprecation: at(2026, 6, 15), sunset: 'Wed, 30 Jun 2027 23:59:59 GMT' },
    ],
    // Half a year before a sunset that is near.
    [
      'deprecated: true\nx-sunset: 2026-07-01',
      { deprecation: at(2025, 12, 31), sunset: 'Wed, 01 Jul 2026 00:00:00 GMT' },
    ],
    [
      'deprecated: true\nx-removal-date: June 2027',
      { deprecation: at(2026, 6, 15), sunset: 'Wed, 30 Jun 2027 00:00:00 GMT' },
    ],
    [
      'x-deprecation: { since: 2025-02-03, sunset: 2027-06-30 }\ndeprecated: true',
      { deprecation: at(2025, 2, 3), sunset: 'Wed, 30 Jun 2027 00:00:00 GMT' },
    ],
    [
      'deprecated: true\ndescription: Deprecated since March 5, 2025. It will be removed on 30 June 2027.',
      { deprecation: at(2025, 3, 5), sunset: 'Wed, 30 Jun 2027 00:00:00 GMT' },
    ],
    // What is only dated is not deprecated.
    ['x-sunset: 2027-06-30', { sunset: 'Wed, 30 Jun 2027 00:00:00 GMT' }],
    ["deprecated: true\nx-deprecated-at: '@1700000000'", { deprecation: '@1700000000' }],
    ['deprecated: true\nx-sunset: soon', { deprecation: at(2026, 6, 15) }],
    ['deprecated: true\nx-sunset: 99999-99-99T99:99', { deprecation: at(2026, 6, 15) }],
  ])('is announced to end: %s', async (fields, headers) => {
    expect(await fieldsOf(document(fields))).toEqual(headers);
  });

  it('ends with its path, or with the whole document', async () => {
    const ends = { deprecation: at(2026, 6, 15), sunset: 'Wed, 30 Jun 2027 00:00:00 GMT' };
    expect(await fieldsOf(document('', 'x-deprecated: true\nx-sunset: 2027-06-30'))).toEqual(ends);
    const path = document('').replace('  /x/{id}:\n', '  /x/{id}:\n    x-deprecated: true\n    x-sunset: 2027-06-30\n');
    expect(await fieldsOf(path)).toEqual(ends);
    expect(await fieldsOf(path, '/v2/x/7')).toEqual({});
  });

  it.each<[string, string]>([
    ["description: 'Use `GET /v2/x/{id}` instead.'", '</v2/x/7>; rel="successor-version"'],
    ['description: Replaced by `getX2`.', '</v2/x/7>; rel="successor-version"'],
    ['x-replaced-by: getX2', '</v2/x/7>; rel="successor-version"'],
    ['x-successor: https://api.example.com/v3/x', '<https://api.example.com/v3/x>; rel="successor-version"'],
    [
      "x-deprecation: { link: 'https://example.com/why', successor: /v3/x }",
      '<https://example.com/why>; rel="deprecation", </v3/x>; rel="successor-version"',
    ],
    [
      "externalDocs: { url: 'https://example.com/docs' }\nx-sunset-link: https://example.com/policy",
      '<https://example.com/docs>; rel="deprecation", <https://example.com/policy>; rel="sunset"',
    ],
  ])('names what comes instead: %s', async (fields, link) => {
    const { link: told } = await fieldsOf(document(`deprecated: true\n${fields}`));
    expect(told).toBe(link);
  });

  it.each([
    // A path whose parameters are not known, itself, and what would end the field.
    'x-replaced-by: getY',
    'x-replaced-by: getX',
    'x-successor: "https://example.com/>; rel=x"',
    'x-deprecation-link: javascript:alert(1)',
  ])('names nothing that cannot be linked: %s', async (fields) => {
    expect(await fieldsOf(document(`deprecated: true\n${fields}`))).toEqual({ deprecation: at(2026, 6, 15) });
  });
});

describe('from its sunset on', () => {
  const gone = document('deprecated: true\nx-sunset: 2026-06-16\nx-replaced-by: getX2');

  it('an operation is gone', async () => {
    const guarded = await guarding(gone, { now });
    expect((await fetch(`${guarded.url}/x/7`)).status).toBe(200);
    guarded.now = Date.UTC(2026, 5, 16) - 1;
    expect((await fetch(`${guarded.url}/x/7`)).status).toBe(200);
    guarded.now += 1;
    const response = await fetch(`${guarded.url}/x/7`);
    expect(response.status).toBe(410);
    expect(response.headers.get('sunset')).toBe('Tue, 16 Jun 2026 00:00:00 GMT');
    expect(response.headers.get('link')).toBe(`<${guarded.url}/v2/x/7>; rel="successor-version"`);
    expect((await response.json()).error).toMatchObject({
      code: 'gone',
      message: `GET /x/{id} was removed on 2026-06-16: use ${guarded.url}/v2/x/7 instead.`,
    });
    expect((await fetch(`${guarded.url}/v2/x/7`)).status).toBe(200);
  });

  it('an operation answers all the same where it is asked for a status, and as Prism', async () => {
    const late = Date.UTC(2027, 0, 1);
    const { url } = await guarding(gone, { now: late });
    expect((await fetch(`${url}/x/7`, { headers: { prefer: 'code=200' } })).status).toBe(200);
    const prism = await guarding(gone, { now: late, compat: 'prism' });
    expect((await fetch(`${prism.url}/x/7`)).status).toBe(200);
  });
});

it('deprecated parameters are named where they are used', async () => {
  const text = document(`parameters:
  - { name: id, in: path, required: true, deprecated: true, schema: { type: string } }
  - { name: old, in: query, deprecated: true, schema: { type: string } }
  - { name: filter, in: query, deprecated: true, style: deepObject, schema: { type: object } }
  - { name: X-Old, in: header, deprecated: true, schema: { type: string } }
  - { name: crumb, in: cookie, deprecated: true, schema: { type: string } }
  - { name: new, in: query, schema: { type: string } }`);
  expect(await fieldsOf(text, '/x/7?new=old')).toEqual({});
  expect(await fieldsOf(text, '/x/7?o%6cd=1&filter[a]=2')).toEqual({ 'x-deprecated-parameters': 'old, filter' });
  const headers = { 'x-old': '1', cookie: 'a=b; crumb=c' };
  expect(await fieldsOf(text, '/x/7', { headers })).toEqual({ 'x-deprecated-parameters': 'X-Old, crumb' });
});
