import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { main } from '../src/cli.ts';
import { ruleNames, rulesets } from '../src/config/rulesets.ts';
import { filesBelow } from '../src/io.ts';
import { rules } from '../src/rules/index.ts';
import { worldWith } from './world.ts';

const readme = readFileSync('README.md', 'utf8');

it('shows what lint really prints', async () => {
  const world = { ...worldWith({}), ...filesBelow(process.cwd()) };
  await main(['lint', 'examples'], world);
  const [, picture] = /```console\n\$ npm install\n\$ npx apiarch lint examples\n(.*?)```/s.exec(readme)!;
  const printed = new Set(world.written.stdout.split('\n'));
  const invented = picture!.split('\n').filter((line) => line.trim() !== '…' && !printed.has(line));
  expect(invented).toEqual([]);
});

it('names the rulesets that there are, and rules that there are', () => {
  for (const name of Object.keys(rulesets)) expect(readme).toContain(`\`${name}\``);
  const known = ruleNames(rules);
  const named = [...readme.matchAll(/\b[a-z]+\/[a-z]+-[a-z-]+\b(?!\.(?:md|jpg))/g)].map(([id]) => id);
  expect(
    named.filter((id) => rules.some((rule) => rule.id.startsWith(`${id.split('/')[0]}/`)) && !known.includes(id)),
  ).toEqual([]);
});
