import { documented } from '../../conventions/protobuf/documentation.ts';
import { placeIn, proseOf } from '../../conventions/protobuf/prose.ts';
import { replacement } from '../../text/lines.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'docs/product-names-spelt',
  summary: 'names of products are spelt as their owners spell them',
  why: `Comments are published, and read as the voice of the company. Names are trademarks, and readers search for them as they are
spelt.`,
  sources: ['AIP-192'],
  equivalents: ['aip:0192::trademarked-names'],
  checks: {
    protobuf: {
      good: `
syntax = "proto3";

message Chapter {
  // The repository on GitHub, as \`Github/books\` or https://www.Github.com/books.
  string github_repo = 1;
}
`,
      bad: `
syntax = "proto3";

message Chapter {
  // The repository on Github.
  string github_repo = 1;
}
`,
      fixable: 'safe',
      *find(api) {
        for (const { node, comment } of documented(api)) {
          const prose = proseOf(node, comment);
          if (!anyName.test(prose)) continue;
          for (const { index, 0: found } of prose.matchAll(names)) {
            const right = spellings.get(found.toLowerCase().replace(/\s/g, ' '));
            // All in capitals, it is a value rather than a name.
            if (right === undefined || right === found || found === found.toUpperCase()) continue;
            const at = placeIn(node, comment, index, index + found.length);
            yield {
              at,
              message: `\`${found}\` is spelt \`${right}\`.`,
              help: `Write \`${right}\`.`,
              fix: { title: `Write \`${right}\``, safe: true, edits: () => [replacement(at.range(), right)] },
            };
          }
        }
      },
    },
  },
});

/** Wrong spellings, in lower case, that can mean nothing else, to right ones. */
const spellings: ReadonlyMap<string, string> = new Map(
  `github:GitHub|gitlab:GitLab|bigquery:BigQuery|big query:BigQuery|big table:Bigtable|appengine:App Engine
stackoverflow:Stack Overflow|javascript:JavaScript|typescript:TypeScript|oauth:OAuth|youtube:YouTube
postgresql:PostgreSQL|mysql:MySQL|mongodb:MongoDB|wordpress:WordPress|linkedin:LinkedIn|cloudsql:Cloud SQL|pubsub:Pub/Sub|paypal:PayPal`
    .split(/[|\n]/)
    .map((pair) => pair.split(':') as [string, string]),
);

const words = [...spellings.keys()].map((name) => name.replace(' ', '\\s')).join('|');

/** As whole words: not in addresses, paths, identifiers or links. */
const names = new RegExp(`(?<![\\w./@:$%{\\\\-]|\\]\\()(?:${words})(?![\\w/@:$}\\\\-]|\\.\\w)`, 'gi');
const anyName = new RegExp(words, 'i');
