/** What Spectral's own command line finds. `severity` is 0 for errors, 1 for warnings, 2 for information, 3 for hints. */
export interface CliFinding {
  readonly code: string;
  readonly path: readonly (string | number)[];
  readonly message: string;
  readonly severity: number;
  readonly source: string;
}

export function isInstalled(): boolean;
export function install(): void;
export function findings(ruleset: string, document: string, cwd?: string): CliFinding[];
