import { type PathEntry, paths } from '../../languages/openapi/select.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'naming/path-clean',
  summary: 'a path template holds nothing but the path',
  why: `A query or fragment in a path is matched by no server and dropped by most clients, an escape is escaped again, and an empty
segment disappears in proxies. An extension ties the URL to one representation, which the \`Accept\` header is for.`,
  sources: ['OpenAPI 3.1.1, Paths Object', 'RFC 3986, section 3.3', 'guide S1, REST API Design'],
  equivalents: ['spectral:path-not-include-query', 'redocly:path-not-include-query'],
  checks: {
    openapi: {
      good: `
openapi: 3.1.0
paths:
  /users/{id}: {}
  /users/: {}
  /openapi.json: {}
  /.well-known/jwks.json: {}
  /chat.postMessage: {}
  /files/{name}.{extension}: {}
`,
      bad: `
openapi: 3.1.0
paths:
  /users?id={id}: {}
  /users//orders#open: {}
  /my%20orders: {}
  /orders/{id}.json: {}
  /orders.json: {}
`,
      *find(api) {
        const extensions = new Map<string, PathEntry[]>();
        for (const entry of paths(api)) {
          const faults = faultsOf(entry.path);
          if (faults.length > 0) {
            yield {
              at: entry.at.onKey,
              message: `The path \`${entry.path}\` holds ${faults.map(({ what }) => what).join(' and ')}.`,
              help: faults[0]!.help,
            };
            continue;
          }
          const extension = extensionOf(entry.path);
          if (extension !== null) extensions.set(extension, [...(extensions.get(extension) ?? []), entry]);
        }
        for (const [extension, [first, ...others]] of extensions) {
          yield {
            at: first!.at.onKey,
            message: `The path \`${first!.path}\` ends in the file extension \`${extension}\`${alsoOf(others.length)}.`,
            help: 'Leave the extension out, and let `Accept` and `Content-Type` name the format.',
            related: others.slice(0, 3).map(({ at }) => ({ message: 'so does this one', at: at.onKey })),
          };
        }
      },
    },
  },
});

interface Fault {
  readonly what: string;
  readonly help: string;
}

function faultsOf(path: string): Fault[] {
  const literal = path.replace(/\{[^{}]*\}/g, '{}');
  const [name = ''] = literal.split(/[?#]/);
  const faults: Fault[] = [];
  const note = (what: string, help: string) => faults.push({ what, help });
  if (literal.includes('?')) note('a query', 'Declare what stands behind `?` as query parameters.');
  if (literal.includes('#')) note('a fragment', 'Leave it out: clients never send fragments.');
  if (/\/\/./.test(name)) note('an empty segment', 'Leave one of the slashes out.');
  if (/%[0-9a-f]{2}/i.test(name)) note('an escaped character', 'Choose a name that needs no escaping.');
  return faults;
}

/** The extension of a representation at the end of a path, or null. Files with a name of their own are what they are. */
function extensionOf(path: string): string | null {
  const last = path.slice(path.lastIndexOf('/') + 1);
  const [, stem = '', extension] = /^(.*?)(\.(?:json|xml|ya?ml|html?|php\d?|aspx?|jsp|cgi))$/is.exec(last) ?? [];
  if (extension === undefined || stem === '' || path.includes('/.well-known/')) return null;
  return namedFiles.test(stem) ? null : extension.toLowerCase();
}

const namedFiles =
  /^(?:openapi|swagger|api-?docs?|asyncapi|schema|jwks|index|feed|rss|atom|sitemap|manifest|package|config|spec|swagger-ui|metadata)$/i;

function alsoOf(others: number): string {
  if (others === 0) return '';
  return others === 1 ? ', as another does' : `, as ${others} others do`;
}
