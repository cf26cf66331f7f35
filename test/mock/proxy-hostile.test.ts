// Callers and upstreams that send anything.
import { once } from 'node:events';
import { type AddressInfo, connect, createServer } from 'node:net';
import * as fc from 'fast-check';
import { expect, it, onTestFinished } from 'vitest';
import { proxyTo } from './proxy-serving.ts';

/** An upstream that answers with whatever bytes are set. */
async function speaking() {
  let bytes: Buffer = Buffer.alloc(0);
  const server = createServer((socket) => {
    socket.on('error', () => {});
    socket.once('data', () => socket.end(bytes));
  }).listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    say: (text: string) => {
      bytes = Buffer.from(text, 'latin1');
    },
  };
}

/** Sends bytes as they are and reads until the end. */
function talk(url: string, text: string): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(Number(new URL(url).port), '127.0.0.1');
    let received = '';
    socket.setEncoding('latin1');
    socket.on('data', (chunk) => {
      received += chunk;
    });
    socket.on('close', () => resolve(received));
    socket.on('error', () => resolve(received));
    socket.setTimeout(1500, () => socket.destroy());
    socket.end(text, 'latin1');
  });
}

const piece = fc.constantFrom(
  ...[
    'GET /v1/items HTTP/1.1',
    'POST /v1/items HTTP/1.1',
    'PUT /v1/file HTTP/1.1',
    'OPTIONS * HTTP/1.1',
    'M-SEARCH /x HTTP/1.1',
  ],
  ...[
    'GET http://other/v1/items?a=%zz HTTP/1.1',
    'GET //v1//items#x HTTP/1.0',
    'GET /\xc3\xa4\xff HTTP/1.1',
    'TRACE /v1 HTTP/1.1',
  ],
  ...[
    'Host: x',
    'Host: ',
    'Host: \xff',
    'Content-Length: 2',
    'Content-Length: 0',
    'Transfer-Encoding: chunked',
    'Connection: close',
  ],
  ...[
    'Connection: host, content-length, content-type',
    'Content-Type: application/json',
    'Content-Type: ;;;',
    'Content-Encoding: gzip',
  ],
  ...[
    'Expect: 100-continue',
    'Expect: tea',
    'X: \x80\xff',
    'Via: 1.1 x',
    'X-Forwarded-For: a, b',
    'Accept: x',
    'Upgrade: h2c',
  ],
  ...[
    'X-Request-ID: a\tb',
    'Cookie: a=b; c',
    'Authorization: Bearer',
    'Trailer: x',
    'Prefer: code=999',
    'Content-Type: text/\xe4',
  ],
);
const answers = fc.constantFrom(
  ...[
    'HTTP/1.1 200 OK',
    'HTTP/1.1 999 Odd',
    'HTTP/1.1 204 \xff\x80',
    'HTTP/1.0 200',
    'HTTP/1.1 101 Up',
    'HTTP/1.1 103 Hints',
    'HTTP/2 200',
    'HTTP/1.1 304 N',
  ],
  ...[
    'HTTP/1.1 099 Low',
    'HTTP/1.1 302 F',
    'HTTP/1.1 500 E',
    'HTTP/1.1 501 E',
    'Location: \xff://',
    'Location: http://[',
    'Link: nothing',
    'Link: <a>; rel=x',
  ],
  ...[
    'Content-Type: application/json',
    'Content-Type: \xff',
    'Content-Length: 2',
    'Content-Length: 999',
    'Transfer-Encoding: chunked',
    'Content-Encoding: br',
  ],
  ...[
    'Content-Encoding: gzip, gzip, gzip, gzip',
    'Set-Cookie: ',
    'X-Total: 1',
    'X-Total: \xe4',
    'Connection: close, content-type',
    'Upgrade: x',
    ': x',
  ],
);
const lines = (one: fc.Arbitrary<string>) =>
  fc
    .tuple(
      fc.array(one, { minLength: 1, maxLength: 7 }),
      fc.constantFrom('', '{}', '[]', '2\r\n{}\r\n0\r\n\r\n', '{', '\x1f\x8b\0'),
    )
    .map(([head, body]) => `${head.join('\r\n')}\r\n\r\n${body}`);

it.each([{ strict: false }, { strict: true }])(
  'neither breaks the proxy: %j',
  async (settings) => {
    const upstream = await speaking();
    const { url, logged, mock } = await proxyTo(upstream.url, { ...settings, proxyTimeout: 300 });
    const usual = 'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n[]';
    const start = fc.constantFrom('GET /v1/items HTTP/1.1', 'POST /v1/items HTTP/1.1', 'HEAD /v1/items HTTP/1.0');
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          lines(piece),
          fc.tuple(start, lines(piece)).map(([first, rest]) => `${first}\r\nHost: x\r\n${rest}`),
        ),
        fc.oneof(
          fc.constant(usual),
          lines(answers),
          lines(answers).map((rest) => `HTTP/1.1 200 OK\r\n${rest}`),
        ),
        async (request, answer) => {
          upstream.say(answer);
          const received = await talk(url, request);
          expect(received === '' || received.startsWith('HTTP/1.1 '), received).toBe(true);
          expect(logged.filter((line) => line.includes('bug'))).toEqual([]);
          logged.length = 0;
        },
      ),
      { numRuns: 200, interruptAfterTimeLimit: 20_000 },
    );
    // It still answers.
    upstream.say(usual.replace('Content-Length', 'X-Total: 1\r\nContent-Length'));
    expect(await (await fetch(`${url}/v1/items`)).text()).toBe('[]');
    expect(mock.context.traffic.entries.length).toBeGreaterThan(0);
  },
  60_000,
);
