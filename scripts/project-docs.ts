// The facts of this project that its generated pages are made from.
import { severitiesOf } from '../src/commands/rules.ts';
import { rules } from '../src/rules/index.ts';
import { type Docs, makeDocs, type Peers } from './docs.ts';
import peers from './peers.yaml';

export { staleDocs } from './docs.ts';

/** Makes the generated pages of apiarch itself. */
export function projectDocs(): Promise<Docs> {
  return makeDocs({ rules, peers: peers as Peers, severities: severitiesOf });
}
