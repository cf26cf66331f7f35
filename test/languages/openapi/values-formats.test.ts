import { describe, expect, test } from 'vitest';
import { meetsFormat } from '../../../src/languages/openapi/values/formats.ts';

const good: Record<string, readonly (string | number)[]> = {
  date: ['2024-02-29', '2000-02-29', '0001-01-01'],
  'date-time': [
    '2024-12-31T23:59:59Z',
    '2024-12-31t23:59:59.123z',
    '2024-12-31 23:59:59+02:00',
    '2016-12-31T23:59:60Z',
    '2017-01-01T01:59:60+02:00',
    '2016-12-31T18:59:60-05:00',
  ],
  time: ['23:59:59Z', '23:59:59', '12:00:00.5+01:00'],
  duration: ['P1D', 'PT1H30M', 'P1Y2M3DT4H5M6.5S', 'P2W'],
  email: ['me@example.com', '"a b"@example.com', 'müller@bücher.example'],
  uuid: ['123e4567-e89b-12d3-a456-426614174000', '00000000-0000-0000-0000-000000000000'],
  uri: ['https://example.com/a?b#c', 'urn:isbn:0451450523', 'mailto:me@example.com', 'https://example.com/{id}'],
  'uri-reference': ['', '/a/b', '../c#d', 'https://example.com'],
  ipv4: ['127.0.0.1', '255.255.255.255', '0.0.0.0'],
  ipv6: ['::', '::1', '2001:db8::8a2e:370:7334', '1:2:3:4:5:6:7:8', '::ffff:192.0.2.1', 'fe80::1%eth0', '1::'],
  hostname: ['localhost', 'example.com', 'a-b.example.', 'bücher.example'],
  byte: ['', 'aGVsbG8=', 'aGVsbG8', 'a-_b', 'aGVs\nbG8='],
  regex: ['^a+$', '\\-'],
  'json-pointer': ['', '/a/0', '/a~1b/~0'],
  int32: [0, -2147483648, 2147483647],
  int64: [0, 2 ** 53, Number('9223372036854775807'), 1e18],
};

const bad: Record<string, readonly (string | number)[]> = {
  date: [
    '2023-02-29',
    '1900-02-29',
    '2024-13-01',
    '2024-00-10',
    '2024-1-1',
    '2024-01-01T00:00:00Z',
    '',
    '2024-01-01\n',
  ],
  'date-time': [
    '2024-12-31',
    '2024-12-31T23:59:59',
    '2024-12-31T24:00:00Z',
    '2024-12-31T22:59:60Z',
    '2024-12-31_23:59:59Z',
  ],
  time: ['24:00:00', '12:00', '12:00:61Z', ''],
  duration: ['P', 'PT', '1D', 'P1DT', 'P1S', '10s'],
  email: ['me', '@example.com', 'me@', 'me @example.com', ''],
  uuid: ['123e4567', '123e4567-e89b-12d3-a456-42661417400g', ''],
  uri: ['www.example.com', '/a', 'https://example.com/a b', ''],
  'uri-reference': ['a b'],
  ipv4: ['256.0.0.1', '1.2.3', '1.2.3.4.', '01.2.3.4', '1.2.3.4/8'],
  ipv6: ['1:2:3:4:5:6:7', '1::2::3', '12345::', ':1', '1.2.3.4', '::1.2.3.4:1', ''],
  hostname: ['', 'a..b', '-a.example', 'a b', 'localhost:80', `${'a'.repeat(64)}.example`],
  byte: ['a', 'a$==', '{}'],
  regex: ['('],
  'json-pointer': ['a', '/~2', '#/a'],
  int32: [1.5, 2147483648],
  int64: [0.5, 1e19],
};

describe.each(Object.keys(good))('%s', (format) => {
  test.each(good[format]!)('is %j', (value) => {
    expect(meetsFormat(format, value, true)).not.toBe(false);
  });
  test.each(bad[format]!)('is not %j', (value) => {
    expect(meetsFormat(format, value, true)).toBe(false);
  });
});

test('unknown formats are not known', () => {
  expect(meetsFormat('colour', 'red', true)).toBe('unknown');
  expect(meetsFormat('constructor', 'red', true)).toBe('unknown');
  expect(meetsFormat('duration', '10s', false)).toBe('unknown');
});

test('formats of texts say nothing of numbers', () => {
  expect(meetsFormat('date', 5, true)).toBe(true);
  expect(meetsFormat('int32', 'x', true)).toBe(true);
});
