export function ruleIds(folder: string): string[];
export function indexSource(ids: readonly string[]): string;
export function withRule(ruleset: string, id: string, severity: string): string;
export function skeleton(id: string): string;
