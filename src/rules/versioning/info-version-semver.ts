import { replaceScalar } from '../../languages/openapi/edit.ts';
import { asString, get } from '../../languages/openapi/json.ts';
import type { Pointer } from '../../languages/openapi/pointer.ts';
import type { Fix } from '../../text/fix.ts';
import { defineRule } from '../rule.ts';

/** The pattern of Semantic Versioning 2.0.0: numbers without leading zeros, then pre-release and build. */
const semver =
  /^(?:0|[1-9]\d*)\.(?:0|[1-9]\d*)\.(?:0|[1-9]\d*)(?:-[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?(?:\+[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?$/;

export default defineRule({
  id: 'versioning/info-version-semver',
  summary: '`info.version` is a semantic version',
  why: `Tools and people compare two documents by their versions: what changed, and does it break me? \`1.4.0\` after \`1.3.2\` answers
both.`,
  sources: ['Semantic Versioning 2.0.0', 'Zalando 116'],
  equivalents: ['zally:116'],
  checks: {
    openapi: {
      good: `
openapi: 3.1.0
info:
  title: Orders
  version: 1.4.0-rc.1
`,
      bad: `
openapi: 3.1.0
info:
  title: Orders
  version: v1.4
`,
      fixable: 'safe',
      *find(api) {
        const version = asString(get(api.root.value['info'], 'version'));
        if (version === undefined || semver.test(version)) return;
        const at = api.root.at.child('info').child('version');
        yield {
          at,
          message: `\`${version}\` is no semantic version.`,
          help: 'Write it as major.minor.patch, for instance `1.0.0`.',
          ...completingFix(version, at),
        };
      },
    },
  },
});

/** Adds what is missing of `v1.2`; other versions may be dates or names. */
function completingFix(version: string, at: Pointer): { fix?: Fix } {
  const [, major, minor = '0', patch = '0'] =
    /^v?(0|[1-9]\d{0,2})(?:\.(0|[1-9]\d*))?(?:\.(0|[1-9]\d*))?$/i.exec(version) ?? [];
  if (major === undefined) return {};
  const full = `${major}.${minor}.${patch}`;
  return { fix: { title: `Write \`${full}\``, safe: true, edits: () => replaceScalar(at, full) } };
}
