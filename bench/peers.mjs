// Installs the tools that we measure against into a folder of their own, apart from the project's dependencies.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';

/** What is installed of each peer. */
const packages = {
  redocly: { dependencies: { '@redocly/cli': '2' } },
  'graphql-schema-linter': { dependencies: { 'graphql-schema-linter': '3', graphql: '16' } },
  'graphql-eslint': {
    dependencies: { '@graphql-eslint/eslint-plugin': '4', eslint: '9', graphql: '16' },
    // Not every registry has the version that its dependencies ask for.
    overrides: { '@graphql-tools/batch-execute': '10.2.0' },
  },
  buf: { dependencies: { '@bufbuild/buf': '1' } },
  // The last one for Node 20.
  prism: { dependencies: { '@stoplight/prism-cli': '5.14.2' } },
  autocannon: { dependencies: { autocannon: '8' } },
};

/** @returns {string} the folder in which a peer is installed */
export function installed(peer, cache) {
  const folder = join(cache, peer);
  const manifest = JSON.stringify({ private: true, ...packages[peer] });
  const path = join(folder, 'package.json');
  if (existsSync(join(folder, 'node_modules')) && readFileSync(path, 'utf8') === manifest) return folder;
  mkdirSync(folder, { recursive: true });
  writeFileSync(path, manifest);
  execFileSync('npm', ['install', '--no-audit', '--no-fund', '--omit=dev', '--no-save'], {
    cwd: folder,
    stdio: 'inherit',
  });
  return folder;
}

/**
 * The commands that lint documents with what each peer recommends: the program and its arguments, `node` for the Node that
 * runs the benchmark. Documents are absolute paths.
 */
export const peers = {
  Redocly(cache, documents) {
    const bin = join(installed('redocly', cache), 'node_modules/@redocly/cli/bin/cli.js');
    const flags = ['--extends', 'recommended', '--format', 'json', '--max-problems', '1000000'];
    return ['node', bin, 'lint', ...flags, ...documents];
  },
  'graphql-schema-linter'(cache, documents) {
    const bin = join(installed('graphql-schema-linter', cache), 'node_modules/graphql-schema-linter/lib/cli.js');
    return ['node', bin, '--format', 'json', ...documents];
  },
  'graphql-eslint'(cache, documents) {
    const folder = installed('graphql-eslint', cache);
    // ESLint looks at nothing outside the folder of its configuration.
    const copies = documents.map((path) => join(folder, basename(path)));
    for (const [index, copy] of copies.entries()) writeFileSync(copy, readFileSync(documents[index]));
    const config = join(folder, 'eslint.config.mjs');
    writeFileSync(config, eslintConfig(copies));
    return ['node', join(folder, 'node_modules/eslint/bin/eslint.js'), '--config', config, '-f', 'json', ...copies];
  },
  buf(cache, documents) {
    const folder = join(installed('buf', cache), 'node_modules/@bufbuild');
    return [
      join(folder, `buf-${process.platform}-${process.arch}/bin/buf`),
      'lint',
      '--error-format',
      'json',
      ...documents,
    ];
  },
};

function eslintConfig(schema) {
  return `import graphql from '@graphql-eslint/eslint-plugin';
export default [{
  files: ['**/*.graphql'],
  languageOptions: { parser: graphql.parser, parserOptions: { graphQLConfig: { schema: ${JSON.stringify(schema)} } } },
  plugins: { '@graphql-eslint': graphql },
  rules: graphql.configs['flat/schema-recommended'].rules,
}];
`;
}
