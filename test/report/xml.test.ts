import { describe, expect, it } from 'vitest';
import { bigReport, nasty, problems, render, reportOf } from './sample.ts';
import { all, misfits, parseXml, type XmlShape } from './xml.ts';

/** After the XSD of Jenkins' xUnit plugin (junit-10), as far as we write it; of choices there the one that all readers know. */
const junitShapes: Record<string, XmlShape> = {
  testsuites: { attributes: ['name', 'tests', 'failures', 'errors', 'time'], children: ['testsuite'] },
  testsuite: {
    attributes: ['name!', 'tests!', 'failures!', 'errors!', 'skipped', 'time'],
    children: ['testcase'],
  },
  testcase: { attributes: ['name!', 'classname!', 'time'], children: ['failure'] },
  failure: { attributes: ['message!', 'type!'], children: [], text: true },
};

/** After what Checkstyle's XMLLogger writes. */
const checkstyleShapes: Record<string, XmlShape> = {
  checkstyle: { attributes: ['version!'], children: ['file'] },
  file: { attributes: ['name!'], children: ['error'] },
  error: { attributes: ['line!', 'column', 'severity!', 'message!', 'source!'], children: [] },
};

const reports = { empty: reportOf([]), nasty: reportOf(problems), big: bigReport() };

describe('the reader of these tests', () => {
  it.each([
    '<a b="<"/>',
    '<a b="1" b="2"/>',
    '<a>&</a>',
    '<a>&nbsp;</a>',
    '<a></b>',
    '<a>]]></a>',
    '<a>\u0001</a>',
    '<a>\uffff</a>',
    '<a/><a/>',
    '<a',
  ])('refuses %j', (document) => {
    expect(() => parseXml(`<?xml version="1.0" encoding="UTF-8"?>\n${document}\n`)).toThrow();
  });
});

describe('junit', () => {
  it.each(Object.entries(reports))('is well-formed and of the known structure: %s', async (_, report) => {
    const root = parseXml(await render('junit', report));
    expect(misfits(root, junitShapes)).toEqual([]);
    for (const suite of [root, ...root.children]) {
      expect(Number(suite.attributes['tests'])).toBe(all(suite, 'testcase').length);
      expect(Number(suite.attributes['failures'])).toBe(all(suite, 'failure').length);
    }
    expect(all(root, 'testcase').filter(({ children }) => children.length > 1)).toEqual([]);
  });

  it('lists each problem once', async () => {
    const lines = all(parseXml(await render('junit', reports.big)), 'failure').flatMap(({ text }) =>
      text.trim().split('\n'),
    );
    const count = (severity: string) => lines.filter((line) => line.includes(` ${severity} `)).length;
    expect({ error: count('error'), warn: count('warn'), info: count('info') }).toEqual(reports.big.counts);
  });

  it('has a suite for each file and a test for each rule that found something', async () => {
    const root = parseXml(await render('junit', reports.nasty));
    expect(all(root, 'testsuite').map(({ attributes }) => attributes['name'])).toEqual([
      nasty.path,
      'clean.graphql',
      'other.yaml',
    ]);
    expect(all(root, 'testcase').map(({ attributes, children }) => [attributes['name'], children.length])).toEqual([
      ['docs/described', 1],
      ['naming/path-case', 1],
      ['all rules', 0],
      ['team/own', 1],
    ]);
    const keys = all(root, 'testcase').map(({ attributes }) => `${attributes['classname']} ${attributes['name']}`);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('says it like this', async () => {
    expect(await render('junit', reports.nasty)).toMatchInlineSnapshot(`
      "<?xml version="1.0" encoding="UTF-8"?>
      <testsuites name="apiarch" tests="4" failures="3" errors="0" time="0">
        <testsuite name="a b/50%,x:&lt;y&gt;&amp;&quot;q&apos;|\`z\`.yaml" tests="2" failures="2" errors="0" skipped="0" time="0">
          <testcase name="docs/described" classname="a b/50%,x:&lt;y&gt;&amp;&quot;q&apos;|\`z\`.yaml" time="0">
            <failure message="2 problems" type="info">
      a b/50%,x:&lt;y&gt;&amp;&quot;q&apos;|\`z\`.yaml:3:5 info \`GET /users/{id}\` has no description.
      a b/50%,x:&lt;y&gt;&amp;&quot;q&apos;|\`z\`.yaml:4:6 info \`PUT /users/{id}\` has no description.
            </failure>
          </testcase>
          <testcase name="naming/path-case" classname="a b/50%,x:&lt;y&gt;&amp;&quot;q&apos;|\`z\`.yaml" time="0">
            <failure message="\`/users/{id}\` &lt;b&gt;is&lt;/b&gt; [bad](http://x.test), @team; see #12 &amp; 50%.␛[31m␊::error::�]]&gt;" type="warn">
      a b/50%,x:&lt;y&gt;&amp;&quot;q&apos;|\`z\`.yaml:2:3 warn \`/users/{id}\` &lt;b&gt;is&lt;/b&gt; [bad](http://x.test), @team; see #12 &amp; 50%.␛[31m␊::error::�]]&gt; Write \`a|b\` | &quot;c&quot; \\ &apos;d&apos;, with \`{0}\`: \`\\|\`.
            </failure>
          </testcase>
        </testsuite>
        <testsuite name="clean.graphql" tests="1" failures="0" errors="0" skipped="0" time="0">
          <testcase name="all rules" classname="clean.graphql" time="0"/>
        </testsuite>
        <testsuite name="other.yaml" tests="1" failures="1" errors="0" skipped="0" time="0">
          <testcase name="team/own" classname="other.yaml" time="0">
            <failure message="Ends � and �." type="error">
      other.yaml:1:1 error Ends � and �.
            </failure>
          </testcase>
        </testsuite>
      </testsuites>
      "
    `);
  });
});

describe('checkstyle', () => {
  it.each(Object.entries(reports))('is well-formed and of the known structure: %s', async (_, report) => {
    const root = parseXml(await render('checkstyle', report));
    expect(misfits(root, checkstyleShapes)).toEqual([]);
    const count = (severity: string) => all(root, 'error').filter((e) => e.attributes['severity'] === severity).length;
    expect({ error: count('error'), warn: count('warning'), info: count('info') }).toEqual(report.counts);
  });

  it('says it like this', async () => {
    expect(await render('checkstyle', reports.nasty)).toMatchInlineSnapshot(`
      "<?xml version="1.0" encoding="UTF-8"?>
      <checkstyle version="4.3">
        <file name="a b/50%,x:&lt;y&gt;&amp;&quot;q&apos;|\`z\`.yaml">
          <error line="2" column="3" severity="warning" message="\`/users/{id}\` &lt;b&gt;is&lt;/b&gt; [bad](http://x.test), @team; see #12 &amp; 50%.␛[31m␊::error::�]]&gt; Write \`a|b\` | &quot;c&quot; \\ &apos;d&apos;, with \`{0}\`: \`\\|\`." source="apiarch.naming/path-case"/>
          <error line="3" column="5" severity="info" message="\`GET /users/{id}\` has no description." source="apiarch.docs/described"/>
          <error line="4" column="6" severity="info" message="\`PUT /users/{id}\` has no description." source="apiarch.docs/described"/>
        </file>
        <file name="other.yaml">
          <error line="1" column="1" severity="error" message="Ends � and �." source="apiarch.team/own"/>
        </file>
      </checkstyle>
      "
    `);
  });
});
