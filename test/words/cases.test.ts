import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Case, caseOf, cases, isCase, majority, toCase } from '../../src/words/cases.ts';
import { split } from '../../src/words/split.ts';

describe('caseOf', () => {
  it.each<[string, Case | null]>([
    ['users', 'lower'],
    ['v1', 'lower'],
    ['ACTIVE', 'upper'],
    ['userId', 'camel'],
    ['userID', 'camel'],
    ['_links', 'lower'],
    ['__typeName', 'camel'],
    ['User', 'pascal'],
    ['HTTPServer', 'pascal'],
    ['user_id', 'snake'],
    ['user-id', 'kebab'],
    ['USER_ID', 'screaming-snake'],
    ['X-Request-ID', 'hyphenated-pascal'],
    ['WWW-Authenticate', 'hyphenated-pascal'],
    ['order.paid', 'dotted'],
    ['user_Id', null],
    ['user-Id', null],
    ['user__id', null],
    ['order.line_item.created', 'dotted'],
    ['a-b_c', null],
    ['filter[name]', null],
    ['404', null],
    ['', null],
  ])('%s is %s', (name, style) => {
    expect(caseOf(name)).toBe(style);
  });
});

describe('isCase', () => {
  it('takes one lower-case word for every style without capitals', () => {
    const fitting = cases.filter((style) => isCase('users', style));
    expect(fitting).toEqual(['camel', 'snake', 'kebab', 'dotted', 'lower']);
  });

  it.each(['ETag', 'DNT', 'TE', 'X-Rate-Limit', 'X-Request-ID', 'Sec-CH-UA', 'P3P', 'Content-MD5'])(
    'takes %s for a header',
    (name) => {
      expect(isCase(name, 'hyphenated-pascal')).toBe(true);
    },
  );

  it.each(['x-rate-limit', 'X-rate-Limit', 'X_Rate', 'X--Rate', '-X', ''])('does not take %s for a header', (name) => {
    expect(isCase(name, 'hyphenated-pascal')).toBe(false);
  });
});

describe('toCase', () => {
  it.each<[Case, string]>([
    ['camel', 'httpServerUrl2'],
    ['pascal', 'HttpServerUrl2'],
    ['snake', 'http_server_url2'],
    ['kebab', 'http-server-url2'],
    ['screaming-snake', 'HTTP_SERVER_URL2'],
    ['hyphenated-pascal', 'Http-Server-Url2'],
    ['dotted', 'http.server.url2'],
    ['lower', 'httpserverurl2'],
    ['upper', 'HTTPSERVERURL2'],
  ])('writes %s', (style, written) => {
    expect(toCase('HTTPServerURL2', style)).toBe(written);
    expect(toCase(['http', 'server', 'url2'], style)).toBe(written);
  });

  it('writes names that are in the style', () => {
    const identifier = fc.stringMatching(/^[$@_]?[A-Za-z2][A-Za-z0-9]{0,8}([_.-][A-Za-z0-9]{1,6}){0,3}$/);
    fc.assert(
      fc.property(identifier, fc.constantFrom(...cases), (name, style) => {
        expect(isCase(toCase(split(name), style), style)).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('majority', () => {
  it.each<[string[], Case | null]>([
    [['user_id', 'created_at', 'userName', 'id'], 'snake'],
    [['userId', 'createdAt', 'user_name', 'id'], 'camel'],
    [['id', 'name'], null],
    [['ID', 'URL', 'userName'], 'camel'],
    [['ACTIVE', 'INACTIVE', 'pending'], 'screaming-snake'],
    [['active', 'inactive', 'PENDING'], null],
    [['order-items', 'v1'], 'kebab'],
    [['user_Id', 'Some-thing', 'a b', 'user_id'], null],
    [['a_b', 'aB'], 'snake'],
    [[], null],
  ])('of %j is %s', (names, style) => {
    expect(majority(names)).toBe(style);
  });
});
