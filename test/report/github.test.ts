import { expect, it } from 'vitest';
import { bigReport, nasty, problems, render, reportOf } from './sample.ts';

it('writes a command for each problem, the loudest first', async () => {
  expect(await render('github', reportOf(problems))).toMatchInlineSnapshot(`
    "::error file=other.yaml,line=1,col=1,endLine=1,endColumn=1,title=apiarch team/own::Ends � and ￿.
    ::warning file=a b/50%25%2Cx%3A<y>&"q'|\`z\`.yaml,line=2,col=3,endLine=2,endColumn=14,title=apiarch naming/path-case::\`/users/{id}\` <b>is</b> [bad](http://x.test), @team; see #12 & 50%25.␛[31m␊::error::�]]>%0AWrite \`a|b\` | "c" \\ 'd', with \`{0}\`: \`\\|\`.
    ::notice file=a b/50%25%2Cx%3A<y>&"q'|\`z\`.yaml,line=3,endLine=4,title=apiarch docs/described::\`GET /users/{id}\` has no description.
    ::notice file=a b/50%25%2Cx%3A<y>&"q'|\`z\`.yaml,line=4,col=6,endLine=4,endColumn=9,title=apiarch docs/described::\`PUT /users/{id}\` has no description.
    "
  `);
});

it('says nothing where there is nothing', async () => {
  expect(await render('github', reportOf([], { suppressed: 3 }))).toBe('');
});

it('is read by the runner as it was meant', async () => {
  const commands = (await render('github', reportOf(problems))).trimEnd().split('\n').map(read);
  expect(commands).toHaveLength(problems.length);
  const path = commands.find(({ properties }) => properties['title'] === 'apiarch naming/path-case')!;
  expect(path.properties).toEqual({
    file: nasty.path,
    line: '2',
    col: '3',
    endLine: '2',
    endColumn: '14',
    title: 'apiarch naming/path-case',
  });
  expect(path.message).toContain('see #12 & 50%.␛[31m␊::error::�]]>\nWrite');
});

it('gives no columns for more than one line', async () => {
  const commands = (await render('github', reportOf(problems))).trimEnd().split('\n').map(read);
  const several = commands.filter(({ properties }) => properties['line'] !== properties['endLine']);
  expect(several.map(({ properties }) => properties)).toEqual([
    { file: nasty.path, line: '3', endLine: '4', title: 'apiarch docs/described' },
  ]);
});

it('shows all problems of a large report, and the counts before the first notice', async () => {
  const report = bigReport();
  const names = (await render('github', report))
    .trimEnd()
    .split('\n')
    .map(read)
    .map(({ name }) => name);
  const { error, warn, info } = report.counts;
  const repeat = (name: string, count: number) => Array.from({ length: count }, () => name);
  expect(names).toEqual([...repeat('error', error), ...repeat('warning', warn), ...repeat('notice', info + 1)]);
  const overview = read((await render('github', report)).split('\n')[error + warn]!);
  expect(overview.message).toBe(
    `${error} errors, ${warn} warnings, ${info} infos in 7 files (4 suppressed, 5 in the baseline). ` +
      'GitHub shows 10 of each kind; the log has them all.',
  );
});

/** Reads a command as the runner does (actions/runner, ActionCommand): first the parts, then the escapes, `%25` last. */
function read(line: string) {
  const [, name, list, data] = /^::(\w+)(?: ([^:]*))?::(.*)$/.exec(line)!;
  const pairs = list!.split(',').map((pair) => {
    const at = pair.indexOf('=');
    return [pair.slice(0, at), unescaped(pair.slice(at + 1), true)];
  });
  return { name, properties: Object.fromEntries(pairs) as Record<string, string>, message: unescaped(data!, false) };
}

function unescaped(text: string, property: boolean): string {
  const lines = text.replaceAll('%0D', '\r').replaceAll('%0A', '\n');
  return (property ? lines.replaceAll('%3A', ':').replaceAll('%2C', ',') : lines).replaceAll('%25', '%');
}
