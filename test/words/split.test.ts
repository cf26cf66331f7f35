import fc from 'fast-check';
import { expect, it } from 'vitest';
import { split } from '../../src/words/split.ts';

it.each([
  ['HTTPServerURL', 'http server url'],
  ['userIDs', 'user ids'],
  ['userIDsList', 'user ids list'],
  ['URLs', 'urls'],
  ['IDToken', 'id token'],
  ['OAuth2Token', 'oauth2 token'],
  ['IPv6Address', 'ipv6 address'],
  ['iOSVersion', 'ios version'],
  ['eTag', 'etag'],
  ['responseETag', 'response etag'],
  ['GitHubUser', 'github user'],
  ['vCPUs', 'vcpus'],
  ['line1', 'line1'],
  ['sha256', 'sha256'],
  ['SHA256_HASH', 'sha256 hash'],
  ['v1', 'v1'],
  ['v1beta1', 'v1beta1'],
  ['2fa', '2fa'],
  ['is2faEnabled', 'is 2fa enabled'],
  ['get3dsAvailability', 'get 3ds availability'],
  ['30days', '30days'],
  ['image_1024x768', 'image 1024x768'],
  ['75th', '75th'],
  ['S3Bucket', 's3 bucket'],
  ['xAxis', 'x axis'],
  ['line_items', 'line items'],
  ['X-Request-ID', 'x request id'],
  ['order.paid', 'order paid'],
  ['__typename', 'typename'],
  ['_links', 'links'],
  ['$ref', 'ref'],
  ['@type', 'type'],
  ['filter[name]', 'filter name'],
  ['user’s name', 'users name'],
  ['ÜberGröße', 'über größe'],
  ['名前', '名前'],
  ['', ''],
  ['--', ''],
])('reads %s as %s', (name, words) => {
  expect(split(name).join(' ')).toBe(words);
});

it('loses no letter and no digit of any text', () => {
  const letters = (text: string) => (text.match(/[\p{L}\d]/gu) ?? []).join('').toLowerCase();
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.string({ unit: fc.constantFrom(...'aBcDs2F3-_$ß’'.split('')) })), (name) => {
      const words = split(name);
      expect(letters(words.join(''))).toBe(letters(name));
      expect(words.every((word) => word === word.toLowerCase() && word !== '')).toBe(true);
    }),
  );
});

it('reads very long names', () => {
  expect(split('aB'.repeat(50_000))).toHaveLength(50_001);
  expect(split('A'.repeat(100_000))).toHaveLength(1);
  expect(split('_'.repeat(100_000))).toHaveLength(0);
  expect(split(`${'A1'.repeat(50_000)}s`).join('')).toHaveLength(100_001);
});
