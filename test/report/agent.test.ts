import { describe, expect, it } from 'vitest';
import { Source } from '../../src/text/source.ts';
import { bigReport, problems, render, reportOf } from './sample.ts';

const source = new Source('api.proto', 'x\n'.repeat(400));

/** A problem of a rule on a line of its own. */
function onLine(line: number, message: string, facts: { help?: string; element?: string } = {}) {
  const { help: _help, fix: _fix, ...problem } = problems[0]!;
  const range = { source, start: (line - 1) * 2, end: (line - 1) * 2 + 1 };
  return { ...problem, message, element: 'a.B', related: [], ...facts, range };
}

describe('agent', () => {
  it('says it like this', async () => {
    expect(await render('agent', reportOf(problems, { suppressed: 1 }))).toMatchInlineSnapshot(`
      "# error team/own ×1
      Ends � and ￿.
      other.yaml:1:1

      # warn naming/path-case ×1: paths have one case
      \`/users/{id}\` <b>is</b> [bad](http://x.test), @team; see #12 & 50%.␛[31m␊::error::�]]>
      → Write \`a|b\` | "c" \\ 'd', with \`{0}\`: \`\\|\`.
      a b/50%,x:<y>&"q'|\`z\`.yaml:2:3 #/paths/~1users~1{id} (see other.yaml:1:1)

      # info docs/described ×2: all is described
      \`…\` has no description.
      a b/50%,x:<y>&"q'|\`z\`.yaml:3:5 #/paths/~1users~1{id}/get
      a b/50%,x:<y>&"q'|\`z\`.yaml:4:6 #/paths/~1users~1{id}/put

      1 error, 1 warning, 2 infos in 3 files (1 suppressed); \`apiarch lint --fix\` mends 1
      "
    `);
  });

  it('says once what is the same, and with each place what its element does not tell', async () => {
    const report = reportOf([
      onLine(1, '`GET /users` needs `limit`.', { help: 'Add `limit`.', element: '#/paths/~1users/get' }),
      onLine(2, '`GET /orders` needs `limit`.', { help: 'Add `limit`.', element: '#/paths/~1orders/get' }),
      onLine(3, '`A` is not `B`.', { help: 'Say `B`.', element: 'x.A' }),
      onLine(4, '`C` is not `D`.', { help: 'Say `D`.', element: 'x.C' }),
      onLine(5, 'All is wrong.'),
      onLine(6, '`x` of `{y}` is off.', { element: '#/{y}{z}' }),
      onLine(6, '`x` of `{z}` is off.', { element: '#/{y}{z}' }),
    ]);
    expect(await render('agent', report)).toMatchInlineSnapshot(`
      "# warn naming/path-case ×7: paths have one case
      \`…\` needs \`limit\`.
      → Add \`limit\`.
      api.proto:1:1 #/paths/~1users/get
      api.proto:2:1 #/paths/~1orders/get
      \`…\` is not \`…\`.
      → Say \`…\`.
      api.proto:3:1 x.A \`B\`
      api.proto:4:1 x.C \`D\`
      All is wrong.
      api.proto:5:1 a.B
      \`x\` of \`…\` is off.
      api.proto:6:1 #/{y}{z} \`{y}\`
      api.proto:6:1 #/{y}{z} \`{z}\`

      7 warnings in 3 files
      "
    `);
  });

  it('shares out the room among the rules of a large report, and counts all', async () => {
    const report = bigReport();
    const text = await render('agent', report);
    const places = text.split('\n').filter((line) => line.startsWith('file-'));
    expect(places).toHaveLength(3 * 66);
    const counted = [...text.matchAll(/^# \w+ \S+ ×(\d+)/gm)].reduce((sum, [, count]) => sum + Number(count), 0);
    expect(counted).toBe(report.problems.length);
    expect(text).toContain(': `apiarch lint --rule team/own -f compact`\n');
    const { error, warn, info } = report.counts;
    expect(
      text.endsWith(`${error} errors, ${warn} warnings, ${info} infos in 7 files (4 suppressed, 5 in the baseline)\n`),
    ).toBe(true);
  });

  it('lists all of a few hundred', async () => {
    const report = reportOf(Array.from({ length: 200 }, (_, index) => onLine(index + 1, 'All is wrong.')));
    expect((await render('agent', report)).split('\n').filter((line) => line.startsWith('api.proto'))).toHaveLength(
      200,
    );
  });

  it('has one line for what is clean', async () => {
    expect(await render('agent', reportOf([]))).toBe('no problems in 3 files\n');
  });
});
