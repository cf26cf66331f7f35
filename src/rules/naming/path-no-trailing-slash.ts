import { renamedTo } from '../../conventions/renaming.ts';
import { renamePath } from '../../languages/openapi/path-renaming.ts';
import { paths } from '../../languages/openapi/select.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'naming/path-no-trailing-slash',
  summary: 'no path ends in a slash',
  why: `\`/users\` and \`/users/\` are two URLs. Some servers answer both, some redirect (and lose the body of a POST on the way), some
answer 404; caches keep both.`,
  sources: ['guide S1, REST API Design', 'RFC 3986, section 6.2.3', 'Zalando 136'],
  equivalents: ['spectral:path-keys-no-trailing-slash', 'redocly:no-path-trailing-slash', 'zally:136'],
  checks: {
    openapi: {
      good: `
openapi: 3.1.0
paths:
  /: {}
  /users: {}
`,
      bad: `
openapi: 3.1.0
paths:
  /users/: {}
  /users/{id}/: {}
`,
      fixable: 'unsafe',
      *find(api) {
        for (const { path, at } of paths(api)) {
          const [name = ''] = path.split(/[?#]/);
          if (name === '/' || !name.endsWith('/')) continue;
          const bare = name.replace(/\/{1,64}$/, '') || '/';
          yield {
            at: at.onKey,
            message: `The path \`${path}\` ends in a slash.`,
            help: `Call it \`${bare}\`, and redirect callers who write the slash.`,
            fix: renamedTo(bare, (to) => renamePath(api, at, to + path.slice(name.length))),
          };
        }
      },
    },
  },
});
