// A mock behind the proxy: what it answers by a document must be right by the same document.
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type Form, type Offered, operationsOf } from '../../src/mock/admin/operations.ts';
import { proxyTo, violationsIn } from './proxy-serving.ts';
import { mockOf } from './serving.ts';

const corpus = '../shared/corpus/openapi';
/** Operations of a document that are asked. */
const most = 80;

describe.skipIf(!existsSync(corpus))('the proxy before the mock', () => {
  it.each(['petstore.yaml', 'museum.yaml', 'cafe.yaml', 'rebilly.yaml', 'asana-old.yaml', 'box.json', 'openai.yaml'])(
    'finds nothing wrong with %s',
    async (name) => {
      const text = readFileSync(`${corpus}/${name}`, 'utf8');
      const mock = await mockOf({ [name]: text }, { auth: 'off', quiet: true });
      const proxy = await proxyTo(mock.url, { auth: 'off' }, text);
      const all = await operationsOf(mock.context);
      const step = Math.ceil(all.length / most);
      const found: string[] = [];
      let asked = 0;
      for (const offered of all.filter((_, i) => i % step === 0)) {
        const response = await ask(offered, offered.form(), proxy.url);
        if (response.status < 300) asked++;
        // What the mock says of its own accord, such as 404 and 422, need not be declared.
        const wrong = violationsIn(response.headers).filter(
          ({ location, code }) => location[0] === 'response' && code !== 'undeclared_status',
        );
        for (const { location, message } of wrong) {
          found.push(`${offered.method} ${offered.path} ${response.status} ${location.join('.')}: ${message}`);
        }
      }
      expect(asked).toBeGreaterThan(0);
      expect(found).toEqual([]);
      expect(proxy.logged.filter((line) => line.includes('bug'))).toEqual([]);
    },
    300_000,
  );
});

async function ask({ path: template, method }: Offered, { parameters, body }: Form, url: string): Promise<Response> {
  let path = template;
  const query = new URLSearchParams();
  const headers: Record<string, string> = {};
  for (const { name, in: place, required, example } of parameters) {
    if (place === 'path') path = path.replaceAll(`{${name}}`, encodeURIComponent(example || 'x'));
    else if (required && place === 'query') query.append(name, example);
    else if (required && place === 'header') headers[name] = example;
  }
  const sent = body !== null && method !== 'GET' && method !== 'HEAD' ? body : null;
  if (sent) headers['content-type'] = sent.mediaType;
  const gone = new AbortController();
  onTestFinished(() => gone.abort());
  const response = await fetch(`${url}${path}${query.size > 0 ? `?${query}` : ''}`, {
    ...{ method, headers, redirect: 'manual', signal: gone.signal },
    ...(sent && { body: sent.text }),
  });
  await response.body?.cancel();
  return response;
}
