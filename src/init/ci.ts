import { type Document, isMap, isSeq, type Node, parseDocument, type YAMLSeq } from 'yaml';
import { Failure } from '../failure.ts';
import type { Io } from '../io.ts';
import type { NewFile } from './files.ts';

/** The services for which `init` writes a job. */
export const ciServices = ['github', 'gitlab'] as const;
export type CiService = (typeof ciServices)[number];

/** A file to write, and what is left for the user to do about it. */
export interface CiFile extends NewFile {
  readonly todo: string | null;
}

/** The job that lints on every push and, against the target branch, on every pull request. */
export function ciFile(service: CiService, version: string, io: Io): CiFile {
  if (service === 'github') {
    const path = '.github/workflows/apiarch.yml';
    return { path, text: githubWorkflow(version, defaultBranch(io)), before: null, todo: null };
  }
  if (io.kind('.gitlab-ci.yml') === null) {
    return { path: '.gitlab-ci.yml', text: gitlabJob(version), before: null, todo: null };
  }
  const path = '.gitlab/apiarch.yml';
  const todo = `Add to \`.gitlab-ci.yml\`: include: [{ local: ${path} }]`;
  return { path, text: gitlabJob(version), before: null, todo };
}

/** The branch that the remote repository starts from, as git notes it in a clone. */
function defaultBranch(io: Io): string {
  const noted = '.git/refs/remotes/origin/HEAD';
  if (io.kind(noted) !== 'file') return 'main';
  return /^ref: refs\/remotes\/origin\/([\w./-]+)$/m.exec(io.read(noted))?.[1] ?? 'main';
}

/** https://docs.github.com/actions/reference/workflows-and-actions/workflow-syntax: nothing of an event is put into a script. */
function githubWorkflow(version: string, branch: string): string {
  return `# Judges the API documents: annotations on pull requests, alerts in code scanning.
name: apiarch

on:
  pull_request:
  push:
    branches: [${branch}]

permissions:
  contents: read

jobs:
  lint:
    runs-on: ubuntu-latest
    permissions:
      contents: read
      security-events: write # uploads the alerts
    steps:
      - uses: actions/checkout@v5
        with:
          fetch-depth: 0 # --since looks for where the branch began
          persist-credentials: false
      - uses: actions/setup-node@v5
        with:
          node-version: 22
      - name: Lint
        env:
          BASE: \${{ github.base_ref }} # empty unless this is a pull request, of which only new findings count
        run: npx --yes apiarch@${version} lint -f github -f sarif:apiarch.sarif \${BASE:+--since "origin/$BASE"}
      # Forks may not upload; private repositories need code scanning to be switched on.
      - name: Upload alerts
        if: always() && hashFiles('apiarch.sarif') != '' && github.event.pull_request.head.repo.fork != true
        uses: github/codeql-action/upload-sarif@v4
        with:
          sarif_file: apiarch.sarif
          category: apiarch
`;
}

/** https://docs.gitlab.com/ci/yaml/artifacts_reports/: what merge requests show of a job. */
function gitlabJob(version: string): string {
  return `# Judges the API documents: findings in merge requests' code quality and tests.
apiarch:
  stage: test
  image: node:22 # has git, which --since asks
  variables:
    GIT_DEPTH: '0' # --since looks for where the branch began
  rules:
    - if: $CI_PIPELINE_SOURCE == "merge_request_event"
    - if: $CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH
  script:
    - >-
      npx --yes apiarch@${version} lint
      -f pretty -f gitlab:gl-code-quality-report.json -f junit:apiarch-junit.xml
      \${CI_MERGE_REQUEST_DIFF_BASE_SHA:+--since "$CI_MERGE_REQUEST_DIFF_BASE_SHA"}
  artifacts:
    when: always
    reports:
      codequality: gl-code-quality-report.json
      junit: apiarch-junit.xml
`;
}

const preCommitPath = '.pre-commit-config.yaml';

/**
 * The hook for pre-commit (https://pre-commit.com), in a new file or added to the one that there is, whose comments stay; null
 * where it is there already.
 * @throws Failure when the file that there is cannot be added to
 */
export function preCommitFile(version: string, io: Io): NewFile | null {
  if (io.kind(preCommitPath) === null)
    return { path: preCommitPath, text: `repos:\n${hookText(version)}`, before: null };
  const before = io.read(preCommitPath);
  const document = parseDocument(before);
  const repos = document.get('repos');
  if (
    document.errors.length > 0 ||
    !isMap(document.contents) ||
    (repos !== undefined && repos !== null && !isSeq(repos))
  )
    throw new Failure(`\`${preCommitPath}\` is not a file of pre-commit, so no hook can be added to it.`);
  if (hasHook(document)) return null;
  const text = isSeq(repos) && !repos.flow && repos.items.length > 0 ? added(before, repos, version) : null;
  if (text !== null) return { path: preCommitPath, text, before };
  document.set('repos', parseDocument(hookText(version)).contents);
  return { path: preCommitPath, text: document.toString({ lineWidth: 0 }), before };
}

/** The text with the hook behind the last entry of a list, as far in as the others. */
function added(text: string, list: YAMLSeq, version: string): string {
  const first = (list.items[0] as Node).range![0];
  const column = text.lastIndexOf('-', first) - text.lastIndexOf('\n', first) - 1;
  const written = text.slice(0, list.range![1]).trimEnd().length;
  const lineEnd = text.indexOf('\n', written);
  const end = lineEnd === -1 ? text.length : lineEnd + 1;
  const hook = hookText(version).replace(/^ {2}/gm, ' '.repeat(column));
  return `${text.slice(0, end)}${lineEnd === -1 ? '\n' : ''}${hook}${text.slice(end)}`;
}

/** The whole repository is judged: a file that is handed over and is no API document would be a failure. */
function hookText(version: string): string {
  return `  - repo: local
    hooks:
      - id: apiarch
        name: apiarch
        entry: apiarch lint
        language: node
        additional_dependencies: ['apiarch@${version}']
        types_or: [yaml, json, graphql, proto]
        pass_filenames: false
`;
}

function hasHook(document: Document): boolean {
  const { repos } = document.toJS() as { repos?: { hooks?: { id?: unknown }[] | null }[] | null };
  return (repos ?? []).some((repo) => repo?.hooks?.some((hook) => hook?.id === 'apiarch'));
}
