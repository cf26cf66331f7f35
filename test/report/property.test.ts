// Whatever documents hold and files are called: the reports stay readable by machines, and say what was found.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { printable } from '../../src/text/frame.ts';
import type { Problem } from '../../src/text/problem.ts';
import { Source } from '../../src/text/source.ts';
import { render, reportOf } from './sample.ts';
import { all, parseXml } from './xml.ts';

/** Text of all code points, lone surrogates and markup among them. */
const anyText = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'binary', maxLength: 5 }),
      fc.constantFrom(
        '\ud800',
        '\udc00',
        '\uffff',
        '%0A',
        '::',
        '`',
        '|',
        ']]>',
        '<!--',
        '&amp;',
        '\r\n',
        '{0}',
        '](',
        '"',
      ),
    ),
    { minLength: 1, maxLength: 8 },
  )
  .map((parts) => parts.join(''));

const anyProblem: fc.Arbitrary<Problem> = fc
  .record({
    path: anyText.filter((path) => path !== ''),
    text: anyText,
    message: anyText,
    help: anyText,
    element: anyText,
    at: fc.nat(20),
  })
  .map(({ path, text, message, help, element, at }) => ({
    ...{ rule: 'naming/path-case', severity: 'warn', message, help, element, related: [] },
    range: { source: new Source(path, text), start: Math.min(at, text.length), end: text.length },
  }));

describe('for any problem', () => {
  it.each(['junit', 'checkstyle'] as const)('%s is XML', async (name) => {
    await fc.assert(
      fc.asyncProperty(anyProblem, async (problem) => {
        const root = parseXml(await render(name, reportOf([problem])));
        const said = name === 'junit' ? all(root, 'failure')[0]!.text : all(root, 'error')[0]!.attributes['message']!;
        expect(said).toContain(printable(problem.message).replace(/[\ufffe\uffff]/g, '\ufffd'));
      }),
    );
  });

  it('github is one line, in which nothing ends early', async () => {
    await fc.assert(
      fc.asyncProperty(anyProblem, async (problem) => {
        const line = await render('github', reportOf([problem]));
        const [, list, data] = /^::warning ([^:\r\n]*)::([^\r\n]*)\n$/.exec(line)!;
        expect(list!.split(',').map((pair) => pair.split('=')[0])).toContain('title');
        const lines = data!.replaceAll('%0A', '\n').replaceAll('%25', '%');
        expect(lines).toBe(`${printable(problem.message)}\n${printable(problem.help!)}`);
      }),
    );
  });

  it('sarif and gitlab are JSON with the range, and the path as a reference', async () => {
    await fc.assert(
      fc.asyncProperty(anyProblem, async (problem) => {
        const { source, start } = problem.range;
        const [result] = JSON.parse(await render('sarif', reportOf([problem]))).runs[0].results;
        const { artifactLocation, region } = result.locations[0].physicalLocation;
        expect(artifactLocation.uri).toMatch(/^[\w.~!*'()%/-]+$/);
        expect(decodeURIComponent(artifactLocation.uri)).toBe(source.path.replace(/\p{Surrogate}/gu, '\ufffd'));
        const { line, column, offset } = source.position(start);
        expect(region).toMatchObject({ startLine: line, startColumn: column, charOffset: offset });
        const [issue] = JSON.parse(await render('gitlab', reportOf([problem])));
        expect(issue.location.lines.begin).toBe(line);
      }),
    );
  });

  it('markdown is one row of four cells, agent one place', async () => {
    await fc.assert(
      fc.asyncProperty(anyProblem, async (problem) => {
        const rows = (await render('markdown', reportOf([problem])))
          .split(/\r\n?|\n/)
          .filter((line) => line.startsWith('| ⚠️'));
        expect(rows).toHaveLength(1);
        expect(rows[0]!.match(/(?<!\\)(?:\\\\)*\|/g)).toHaveLength(5);
        const lines = (await render('agent', reportOf([problem]))).split(/\r\n?|\n/);
        expect(lines).toHaveLength(7);
      }),
    );
  });
});
