// `npm run bench [-- lint|scale|mock] [--runs N] [--only NAME]`
import { parseArgs } from 'node:util';
import { benchLint } from './lint.mjs';
import { benchMock } from './mock.mjs';
import { benchScale } from './scale.mjs';

const benches = { lint: benchLint, scale: benchScale, mock: benchMock };
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { runs: { type: 'string' }, only: { type: 'string' } },
});
const settings = { ...(values.runs && { runs: Number(values.runs) }), ...(values.only && { only: values.only }) };
for (const name of positionals.length ? positionals : ['lint']) {
  const bench = benches[name];
  if (!bench) throw new Error(`there is no bench \`${name}\`; there are ${Object.keys(benches).join(', ')}`);
  await bench(settings);
}
