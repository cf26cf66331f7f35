// The facts of this project that its generated pages are made from.
import { severitiesOf } from '../src/commands/rules.ts';
import { rulesets } from '../src/config/rulesets.ts';
import { rules } from '../src/rules/index.ts';
import { configSchema } from './config-schema.ts';
import { type Docs, makeDocs, type Peers } from './docs.ts';
import peers from './peers.yaml';

export { staleDocs } from './docs.ts';

/** Makes the generated pages of apiarch itself, and the schema of its configuration. */
export async function projectDocs(): Promise<Docs> {
  const { pages, faults } = await makeDocs({ rules, peers: peers as Peers, severities: severitiesOf });
  const schema = configSchema(rules, rulesets);
  return { pages: new Map([...pages, ['rulesets/apiarch.schema.json', schema]]), faults };
}
