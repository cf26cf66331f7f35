import { singular } from './plurals.ts';
import { wordsOf } from './split.ts';

/** Whether a name speaks of credentials, so that to hand them out may be the purpose of what bears it: `AuthToken`, `apiKeys`, `login`. */
export function namesCredentials(name: string | readonly string[]): boolean {
  return wordsOf(name).some((word) => credentials.has(singular(word)));
}

const credentials: ReadonlySet<string> = new Set(
  'auth authentication authorization authorize certificate credential key kubeconfig login oauth oauth2 password reveal secret session sso token'.split(
    ' ',
  ),
);

/** Whether a description says that what is returned is not the secret itself. */
export function isMadeHarmless(description: string): boolean {
  return /\b(?:encrypted|hash(?:ed)?|mask(?:ed)?|obfuscated|obscured|redacted|public|last (?:four|4))\b|\*{3}/i.test(
    description,
  );
}

/** Whether a description says that a secret is handed out on purpose: once, to those with a scope of its own, or to be used in browsers. */
export function isHandedOut(description: string): boolean {
  return /\bonly (?:available|included|populated|present|provided|returned|shown|visible)\b|\breturned only\b|\bomitted unless\b|\bscope\b|\bclient-side\b/i.test(
    description,
  );
}
