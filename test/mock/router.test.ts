import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { httpRulePattern, matchSegment } from '../../src/mock/rest/path-pattern.ts';
import { PathTree } from '../../src/mock/rest/path-tree.ts';
import { Router } from '../../src/mock/rest/router.ts';
import { documentOf } from './http-server.ts';

/** A document with these operations: `GET /users`. */
function documentWith(operations: readonly string[], head = ''): string {
  const paths = new Map<string, string[]>();
  for (const operation of operations) {
    const [method, path] = operation.split(' ') as [string, string];
    paths.set(path, [...(paths.get(path) ?? []), method.toLowerCase()]);
  }
  const lines = [...paths].map(
    ([path, methods]) =>
      `  ${JSON.stringify(path)}:\n${methods.map((method) => `    ${method}: { responses: { '200': { description: ok } } }`).join('\n')}`,
  );
  return `openapi: 3.1.0\ninfo: { title: T, version: '1' }\n${head}\npaths:\n${lines.join('\n')}\n`;
}

function routerOf(operations: readonly string[], head = ''): Router {
  return new Router([documentOf(documentWith(operations, head))]);
}

/** What a request finds: `GET /users/{id} {"id":"1"} @/v1`, or why it finds nothing. */
function findIn(router: Router, request: string): string {
  const [method, target] = request.split(' ') as [string, string];
  const [path, query = ''] = target.split('?') as [string, string?];
  const finding = router.find(method, path, query);
  if (finding.kind === 'method') return `allowed ${finding.allowed.join(' ')}`;
  if (finding.kind !== 'found') return finding.kind;
  const { route, parameters, base } = finding.found;
  const values = Object.keys(parameters).length > 0 ? ` ${JSON.stringify(parameters)}` : '';
  return `${route.method} ${route.template}${values}${base && ` @${base}`}`;
}

describe('the router', () => {
  it.each([
    [['GET /users/{id}', 'GET /users/me'], 'GET /users/me', 'GET /users/me'],
    [['GET /users/{id}', 'GET /users/me'], 'GET /users/7', 'GET /users/{id} {"id":"7"}'],
    [['GET /users/{id}', 'PUT /users/me'], 'GET /users/me', 'GET /users/{id} {"id":"me"}'],
    [['GET /a/{x}/c', 'GET /a/b/{y}'], 'GET /a/b/c', 'GET /a/b/{y} {"y":"c"}'],
    [['GET /a/{x}/c', 'GET /a/b/d'], 'GET /a/b/c', 'GET /a/{x}/c {"x":"b"}'],
    [['GET /{any}/x', 'GET /a/{b}'], 'GET /a/x', 'GET /a/{b} {"b":"x"}'],
    [['GET /f/{name}.{ext}'], 'GET /f/report.pdf', 'GET /f/{name}.{ext} {"name":"report","ext":"pdf"}'],
    [['GET /f/{name}.{ext}', 'GET /f/{name}'], 'GET /f/report', 'GET /f/{name} {"name":"report"}'],
    [['GET /f/{name}.json', 'GET /f/{name}.{ext}'], 'GET /f/a.json', 'GET /f/{name}.json {"name":"a"}'],
    [['POST /o/{id}:cancel', 'POST /o/{id}'], 'POST /o/7:cancel', 'POST /o/{id}:cancel {"id":"7"}'],
    [['GET /o/({a},{b})'], 'GET /o/(1,2)', 'GET /o/({a},{b}) {"a":"1","b":"2"}'],
    [['GET /users'], 'GET /users/', 'GET /users'],
    [['GET /users/'], 'GET /users', 'GET /users/'],
    [['GET /users', 'GET /users/'], 'GET /users/', 'GET /users/'],
    [['GET /users', 'GET /users/'], 'GET /users', 'GET /users'],
    [['GET /'], 'GET /', 'GET /'],
    [['GET /users/{id}'], 'GET /users/a%2Fb%20c', 'GET /users/{id} {"id":"a/b c"}'],
    [['GET /caf%C3%A9'], 'GET /caf%c3%a9', 'GET /caf%C3%A9'],
    [['GET /users/{id}'], 'GET /users/', 'path'],
    [['GET /users/{id}'], 'GET /users//', 'path'],
    [['GET /user'], 'GET //user', 'path'],
    [['GET /users/{id}'], 'GET /users/%zz', 'malformed'],
    [['GET /files/{path*}'], 'GET /files/a/b/c', 'GET /files/{path*} {"path":"a/b/c"}'],
    [['GET /files/{+path}/raw'], 'GET /files/a/b/raw', 'GET /files/{+path}/raw {"path":"a/b"}'],
    [['GET /files/{path*}', 'GET /files/a'], 'GET /files/a', 'GET /files/a'],
    [['GET /x?action=a', 'GET /x?action=b'], 'GET /x?action=b', 'GET /x?action=b'],
    [['GET /x?action=a', 'GET /x'], 'GET /x?other=1', 'GET /x'],
    [['GET /x?action=a', 'GET /x'], 'GET /x?action=a&n=1', 'GET /x?action=a'],
    [['GET /x#one', 'GET /x#two'], 'GET /x', 'GET /x#one'],
    [['GET /x{?a,b}'], 'GET /x?a=1', 'GET /x{?a,b}'],
    [['GET /users'], 'HEAD /users', 'GET /users'],
    [['GET /users', 'POST /users'], 'DELETE /users', 'allowed GET POST HEAD OPTIONS'],
    [['PUT /users/me', 'GET /users/{id}'], 'POST /users/me', 'allowed PUT GET HEAD OPTIONS'],
    [['GET /users'], 'GET /orders', 'path'],
  ] as const)('of %j, %s finds %s', (operations, request, found) => {
    expect(findIn(routerOf(operations), request)).toBe(found);
  });

  it('finds operations below the base paths of all servers, with variables in any of their values, and without', () => {
    const head =
      'servers:\n  - url: https://{env}.x.dev/v{n}/\n    variables:\n      env: { default: api }\n      n: { default: "1", enum: ["1", "2"] }\n  - url: /internal\n';
    const router = routerOf(['GET /users', 'GET /v1/odd'], head);
    expect(findIn(router, 'GET /v1/users')).toBe('GET /users @/v1');
    expect(findIn(router, 'GET /v2/users')).toBe('GET /users @/v2');
    expect(findIn(router, 'GET /internal/users')).toBe('GET /users @/internal');
    expect(findIn(router, 'GET /users')).toBe('GET /users');
    expect(findIn(router, 'GET /v3/users')).toBe('path');
    expect(findIn(router, 'GET /v1/odd')).toBe('GET /v1/odd');
  });

  it('tells documents apart by their base paths, and takes the first where none is given', () => {
    const apis = ['v1', 'v2'].map((version) =>
      documentOf(documentWith(['GET /users', `GET /${version}only`], `servers: [{ url: /${version} }]`)),
    );
    const router = new Router(apis);
    const find = (path: string) => {
      const finding = router.find('GET', path, '');
      return finding.kind === 'found' ? apis.indexOf(finding.found.route.api) : finding.kind;
    };
    expect(find('/v1/users')).toBe(0);
    expect(find('/v2/users')).toBe(1);
    expect(find('/users')).toBe(0);
    expect(find('/v2only')).toBe(1);
    expect(find('/v1/v2only')).toBe('path');
  });

  it('reads base paths of Swagger 2.0', () => {
    const api = documentOf(
      "swagger: '2.0'\ninfo: { title: T, version: '1' }\nbasePath: /api\npaths:\n  /users:\n    get: { responses: { '200': { description: ok } } }\n",
    );
    expect(findIn(new Router([api]), 'GET /api/users')).toBe('GET /users @/api');
  });

  it('gives one route object per operation', () => {
    const router = routerOf(['GET /users/{id}']);
    const of = (path: string) => {
      const finding = router.find('GET', path, '');
      return finding.kind === 'found' ? finding.found.route : null;
    };
    expect(of('/users/1')).not.toBe(null);
    expect(of('/users/1')).toBe(of('/users/2'));
    expect(router.routes).toContain(of('/users/1'));
  });

  it('keeps a parameter with the name of a built-in property', () => {
    const finding = routerOf(['GET /x/{__proto__}/{constructor}']).find('GET', '/x/1/2', '');
    const parameters = finding.kind === 'found' ? finding.found.parameters : {};
    expect(Object.entries(parameters)).toEqual([
      ['__proto__', '1'],
      ['constructor', '2'],
    ]);
  });

  it('finds every path that is made from a template, and never throws', () => {
    const name = fc.stringMatching(/^[a-z]{1,4}$/);
    const template = fc.array(fc.oneof(name, fc.constant('{}')), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(
        fc.array(template, { minLength: 1, maxLength: 20 }),
        fc.nat(),
        fc.string(),
        (templates, pick, junk) => {
          const named = templates.map(
            (parts) => `/${parts.map((part, i) => (part === '{}' ? `{p${i}}` : part)).join('/')}`,
          );
          const router = routerOf(named.map((path) => `GET ${path}`));
          const chosen = templates[pick % templates.length]!;
          const path = `/${chosen.map((part) => (part === '{}' ? 'value' : part)).join('/')}`;
          expect(router.find('GET', path, '').kind).toBe('found');
          router.find('GET', `/${junk}`, junk);
        },
      ),
      { numRuns: 200 },
    );
  });

  it('matches segments of several placeholders in time that grows with their length', () => {
    const pattern = Array.from({ length: 30 }, () => '-');
    const text = '-'.repeat(200_000);
    expect(matchSegment(pattern, `${text}x`)).toBe(null);
    expect(matchSegment(['', '-', '-', ''], 'a-b-c')).toEqual(['a', 'b', 'c']);
    expect(matchSegment(['', '.', ''], '.a')).toBe(null);
  });
});

describe('templates of google.api.http', () => {
  it.each([
    ['/v1/orders/{order_id}', '/v1/orders/7', { order_id: '7' }],
    ['/v1/{name=orders/*}', '/v1/orders/7', { name: 'orders/7' }],
    ['/v1/{name=orders/*}:cancel', '/v1/orders/7:cancel', { name: 'orders/7' }],
    ['/v1/{order.name=shops/*/orders/*}', '/v1/shops/1/orders/2', { 'order.name': 'shops/1/orders/2' }],
    ['/v1/{parent=shops/*}/orders', '/v1/shops/1/orders', { parent: 'shops/1' }],
    ['/v1/{name=**}', '/v1/a/b/c', { name: 'a/b/c' }],
    ['/v1/{name=files/**}:watch', '/v1/files/a/b:watch', { name: 'files/a/b' }],
    ['/v1/orders:search', '/v1/orders:search', {}],
    ['/v1/{name=orders/*}', '/v1/orders/7/lines', null],
    ['/v1/{name=orders/*}:cancel', '/v1/orders/7', null],
  ])('%s on %s', (template, path, expected) => {
    const tree = new PathTree<string>();
    tree.put(httpRulePattern(template)!, () => template);
    let found: unknown = null;
    tree.find(path.slice(1).split('/'), (_, variables) => {
      found = variables();
      return true;
    });
    expect(found).toEqual(expected);
  });
});
