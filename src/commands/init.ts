import type { Command } from 'commander';
import packageJson from '../../package.json' with { type: 'json' };
import { rulesets } from '../config/rulesets.ts';
import { Failure } from '../failure.ts';
import { inlineNotes } from '../init/carry/inline.ts';
import { type PeerName, peerNames } from '../init/carry/peer.ts';
import { peersHere } from '../init/carry/read.ts';
import { type CiService, ciFile, ciServices, preCommitFile } from '../init/ci.ts';
import { countsOf, detectApis, type Found } from '../init/detect.ts';
import type { Left, NewFile } from '../init/files.ts';
import { aboutRuleset, type ConfigPlan, configFile, fittingRulesets, languageOf, planConfig } from '../init/plan.ts';
import { askFor, type Choices } from '../init/questions.ts';
import type { Io } from '../io.ts';
import { rules } from '../rules/index.ts';
import { type CommonFlags, example, many, mustBeKnown, oneOf } from './command.ts';

interface Flags extends CommonFlags {
  readonly from?: readonly string[];
  readonly inline?: boolean;
  readonly ruleset?: readonly string[];
  readonly ci?: CiService | 'none';
  readonly preCommit?: boolean;
  readonly baseline?: boolean;
  readonly yes?: boolean;
  readonly dryRun?: boolean;
  readonly force?: boolean;
}

export function define(command: Command, io: Io, exit: (status: number) => void): void {
  example(command, 'apiarch init --ci github --from spectral');
  command
    .description(
      `Writes ${configFile} for the API documents below the working directory. Asks only at a terminal; overwrites nothing.`,
    )
    .option('--ruleset <name|file>', 'what to start from; repeatable (default: what fits the documents)', many)
    .option('--from <linter>', `carry over the settings of ${peerNames.join(', ')}; repeatable`, many)
    .option('--inline', 'with --from: turn comments that silence the other linter into `apiarch-ignore`')
    .option('--ci <service>', 'write a job for github or gitlab, or none', oneOf('--ci', [...ciServices, 'none']))
    .option('--pre-commit', 'add a hook to .pre-commit-config.yaml')
    .option('--baseline', 'report only what is new, by a baseline of what is wrong today')
    .option('-y, --yes', 'ask nothing, and take what fits')
    .option('--dry-run', 'print the changes as a diff, and write nothing')
    .option('--force', 'replace files that are there')
    .action(async () => exit(await run(command.optsWithGlobals(), io)));
}

async function run(flags: Flags, io: Io): Promise<number> {
  const given = givenBy(flags);
  if (flags.inline && !given.from) throw new Failure('`--inline` needs `--from`, which says whose comments those are.');
  const found = await detectApis(io);
  const choices = await choose(given, found, flags, io);
  const plan = keepsConfig(given, flags, io) ? null : await planConfig(choices, found, rules, io);
  const ci = choices.ci === null ? null : ciFile(choices.ci, packageJson.version, io);
  const hook = choices.preCommit ? preCommitFile(packageJson.version, io) : null;
  const comments = plan && choices.from.length > 0 ? commentsIn(found, choices, plan) : null;
  const files = [...(plan?.files ?? []), ...[ci, hook].filter((file) => file !== null)];
  const rewritten = flags.inline ? (comments?.files ?? []) : [];
  refuseToOverwrite(files, flags, io);
  if (flags.dryRun) io.stdout.write(await diffOf([...files, ...rewritten], io));
  else for (const { path, text } of [...files, ...rewritten]) io.write(path, text);
  const say = flags.dryRun ? io.stderr : io.stdout;
  say.write(`${found.length === 0 ? 'There is no API document here yet.' : `Found ${countsOf(found)}.`}\n`);
  say.write(accountOf(plan, comments, flags));
  if (!flags.dryRun) io.stdout.write(writtenBy(files, rewritten, { choices, hook, ci }));
  return 0;
}

/** What flags answer of the questions. */
function givenBy({ from, ruleset, ci, preCommit, baseline }: Flags): Partial<Choices> {
  for (const name of from ?? []) mustBeKnown('linter to carry over from called', name, peerNames);
  for (const name of ruleset ?? []) {
    if (!/[\\/.]/.test(name)) mustBeKnown('ruleset', name, Object.keys(rulesets));
  }
  return {
    ...(from ? { from: [...new Set(from)] as PeerName[] } : {}),
    ...(ruleset ? { rulesets: ruleset } : {}),
    ...(ci === undefined ? {} : { ci: ci === 'none' ? null : ci }),
    ...(preCommit ? { preCommit } : {}),
    ...(baseline ? { baseline } : {}),
  };
}

async function choose(given: Partial<Choices>, found: readonly Found[], flags: Flags, io: Io): Promise<Choices> {
  const silent: Choices = { from: [], rulesets: null, ci: null, preCommit: false, baseline: false, ...given };
  const peers = await peersHere(io);
  if (flags.yes || flags.dryRun || !io.stdout.isTTY || io.env['CI']) {
    for (const { peer, file } of peers.filter((one) => !silent.from.includes(one.peer))) {
      io.stderr.write(`apiarch: there is \`${file}\`; \`--from ${peer}\` carries its settings over.\n`);
    }
    return silent;
  }
  const fitting = fittingRulesets(found);
  const known = Object.keys(rulesets).map((name) => ({
    name,
    about: aboutRuleset(name),
    fits: fitting.includes(name),
  }));
  const ci = io.kind('.gitlab-ci.yml') ? 'gitlab' : io.kind('.github') ? 'github' : null;
  const preCommit = io.kind('.pre-commit-config.yaml') !== null;
  return { ...silent, ...(await askFor(given, { peers, rulesets: known, ci, preCommit })) };
}

/** Where a configuration may stand already; one of the others beside `apiarch.yaml` would leave two. */
function configHere(io: Io): string | null {
  const named = [configFile, 'apiarch.yml', 'apiarch.json'].find((name) => io.kind(name) !== null);
  if (named !== undefined || io.kind('package.json') !== 'file') return named ?? null;
  // Whether it is good JSON is for others to say.
  return /^\s*"apiarch"\s*:\s*\{/m.test(io.read('package.json')) ? 'package.json' : null;
}

/** Whether someone who has a configuration only wants what stands beside it. */
function keepsConfig(given: Partial<Choices>, { force }: Flags, io: Io): boolean {
  const wantsConfig = given.from !== undefined || given.rulesets !== undefined || given.baseline !== undefined;
  const wantsMore = given.ci != null || given.preCommit === true;
  return !force && !wantsConfig && wantsMore && configHere(io) !== null;
}

/** All or nothing: a half that is written helps nobody. */
function refuseToOverwrite(files: readonly NewFile[], { force }: Flags, io: Io): void {
  const writesConfig = files.some(({ path }) => path === configFile);
  const here = configHere(io);
  if (writesConfig && here !== null && here !== configFile) {
    const why = `of it and \`${configFile}\`, only one would be read`;
    throw new Failure(`there is a configuration in \`${here}\` already, and nothing has been written: ${why}.`);
  }
  const there = files.filter(({ path, before }) => before === null && io.kind(path) !== null);
  if (there.length === 0 || force) return;
  const names = there.map(({ path }) => `\`${path}\``).join(', ');
  throw new Failure(
    `${names} ${there.length === 1 ? 'is' : 'are'} there already, and nothing has been written; \`--force\` replaces.`,
  );
}

/** The comments in documents that silence other linters. */
interface Comments {
  readonly files: readonly NewFile[];
  readonly carried: ReadonlyMap<string, number>;
  readonly left: readonly Left[];
}

function commentsIn(found: readonly Found[], { from }: Choices, { on }: ConfigPlan): Comments {
  const languages = new Set(from.map((peer) => languageOf[peer]));
  const files: NewFile[] = [];
  const carried = new Map<string, number>();
  const left: Left[] = [];
  for (const { language, sources } of found.filter((one) => languages.has(one.language))) {
    for (const source of sources) {
      const notes = inlineNotes(source, language, rules, (id) => on.has(id));
      if (notes.text !== source.text) files.push({ path: source.path, text: notes.text, before: source.text });
      for (const [name, count] of notes.carried) carried.set(name, (carried.get(name) ?? 0) + count);
      left.push(...notes.left);
    }
  }
  return { files, carried, left };
}

function accountOf(plan: ConfigPlan | null, comments: Comments | null, { inline }: Flags): string {
  const lines = (plan?.carried ?? []).map(({ files, count }) => {
    return `Carried over ${counted(count, 'rule')} of ${files.join(', ')}.`;
  });
  if (comments && comments.carried.size > 0) {
    const total = [...comments.carried.values()].reduce((sum, count) => sum + count, 0);
    const names = [...comments.carried].map(([name, count]) => `${name}${count > 1 ? ` ${count}×` : ''}`).join(', ');
    const fate = inline
      ? 'have become `apiarch-ignore`'
      : 'stay as they are: `--inline` turns them into `apiarch-ignore`';
    lines.push(
      `Comments for ${counted(total, 'rule')} in ${counted(comments.files.length, 'file')} (${names}) ${fate}.`,
    );
  }
  const left = grouped([...(plan?.left ?? []), ...(comments?.left ?? [])]);
  if (left.length > 0) lines.push('', 'Not carried over:', ...left.map(({ what, why }) => `  ${what}: ${why}`), '');
  return lines.map((line) => `${line}\n`).join('');
}

/** Each once, with how often it was met. */
function grouped(left: readonly Left[]): Left[] {
  const counts = new Map<string, number>();
  for (const { what, why } of left) counts.set(`${what}\n${why}`, (counts.get(`${what}\n${why}`) ?? 0) + 1);
  return [...counts].map(([key, count]) => {
    const [what = '', why = ''] = key.split('\n');
    return { what: count > 1 ? `${what} ${count}×` : what, why };
  });
}

function writtenBy(
  files: readonly NewFile[],
  rewritten: readonly NewFile[],
  { choices, hook, ci }: { choices: Choices; hook: NewFile | null; ci: { todo: string | null } | null },
): string {
  const lines = files.map(({ path, before }) => `${before === null ? 'Wrote' : 'Added to'} ${path}`);
  if (rewritten.length > 0) lines.push(`Changed comments in ${counted(rewritten.length, 'document')}`);
  if (choices.preCommit && !hook) lines.push('The hook is in .pre-commit-config.yaml already.');
  if (ci?.todo) lines.push(ci.todo);
  if (!files.some(({ path }) => path === configFile)) lines.push('The configuration stays as it is.');
  lines.push(`Next: npx apiarch lint${choices.baseline ? ' --update-baseline' : ''}`);
  return lines.map((line) => `${line}\n`).join('');
}

async function diffOf(files: readonly NewFile[], io: Io): Promise<string> {
  const { createTwoFilesPatch, FILE_HEADERS_ONLY } = await import('diff');
  return files
    .map(({ path, text, before }) => {
      const old = before ?? (io.kind(path) === 'file' ? io.read(path) : null);
      const from = old === null ? '/dev/null' : `a/${path}`;
      return createTwoFilesPatch(from, `b/${path}`, old ?? '', text, undefined, undefined, {
        headerOptions: FILE_HEADERS_ONLY,
      });
    })
    .join('');
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
