import { Failure } from '../failure.ts';
import type { PeerName } from './carry/peer.ts';
import { type CiService, ciServices } from './ci.ts';

/** What is to be set up. */
export interface Choices {
  readonly from: readonly PeerName[];
  /** Null: those of the configurations that are carried over, else those that fit the documents. */
  readonly rulesets: readonly string[] | null;
  readonly ci: CiService | null;
  readonly preCommit: boolean;
  readonly baseline: boolean;
}

/** What the working directory suggests as answers. */
export interface Suggestions {
  readonly peers: readonly { readonly peer: PeerName; readonly file: string }[];
  readonly rulesets: readonly { readonly name: string; readonly about: string; readonly fits: boolean }[];
  readonly ci: CiService | null;
  readonly preCommit: boolean;
}

/** Asks the questions that no flag has answered. */
export async function askFor(given: Partial<Choices>, suggestions: Suggestions): Promise<Partial<Choices>> {
  // Loaded only where someone can answer.
  const { createPromptModule } = await import('inquirer');
  const prompt = createPromptModule<Record<string, Record<string, unknown>>>();
  try {
    const { peers } = suggestions;
    const from = given.from ?? (peers.length === 0 ? [] : await askPeers(prompt, peers));
    const rulesets = given.rulesets ?? (from.length > 0 ? undefined : await askRulesets(prompt, suggestions.rulesets));
    const ci = given.ci === undefined ? await askCi(prompt, suggestions.ci) : given.ci;
    const preCommit = given.preCommit ?? (await confirm(prompt, 'Add a hook for pre-commit?', suggestions.preCommit));
    const baseline =
      given.baseline ??
      (await confirm(prompt, 'Report only what is new, by a baseline of what is wrong today?', false));
    return { from, ci, preCommit, baseline, ...(rulesets ? { rulesets } : {}) };
  } catch (error) {
    if (error instanceof Error && error.name === 'ExitPromptError')
      throw new Failure('stopped; nothing has been written.');
    throw error;
  }
}

type Prompt = ReturnType<typeof import('inquirer')['createPromptModule']>;

async function askPeers(prompt: Prompt, peers: Suggestions['peers']): Promise<PeerName[]> {
  const { answer } = await prompt<{ answer: PeerName[] }>({
    type: 'checkbox',
    name: 'answer',
    message: 'Carry over the settings of',
    choices: peers.map(({ peer, file }) => ({ name: `${peer} (${file})`, value: peer, checked: true })),
  });
  return [...new Set(answer)];
}

async function askRulesets(prompt: Prompt, rulesets: Suggestions['rulesets']): Promise<string[]> {
  const { answer } = await prompt<{ answer: string[] }>({
    type: 'checkbox',
    name: 'answer',
    message: 'Rulesets',
    required: true,
    pageSize: 10,
    choices: rulesets.map(({ name, about, fits }) => ({
      name,
      value: name,
      description: about,
      checked: fits,
    })),
  });
  return answer;
}

async function askCi(prompt: Prompt, suggested: CiService | null): Promise<CiService | null> {
  const { answer } = await prompt<{ answer: CiService | 'none' }>({
    type: 'select',
    name: 'answer',
    message: 'Continuous integration',
    choices: [...ciServices, 'none' as const].map((value) => ({ name: value, value })),
    default: suggested ?? 'none',
  });
  return answer === 'none' ? null : answer;
}

async function confirm(prompt: Prompt, message: string, suggested: boolean): Promise<boolean> {
  const question = { type: 'confirm', name: 'answer', message, default: suggested } as const;
  const { answer } = await prompt<{ answer: boolean }>(question);
  return answer;
}
