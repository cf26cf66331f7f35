import { split } from '../../words/split.ts';

/** Arguments that say in which words or for whom something is told; they leave nothing out. */
const surroundingName = /^(?:channel|locale|lang|language|language code|time ?zone)$/;

/** What arguments say of that kind; things tell it as it was asked. */
export function surroundings(args: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(args).filter(([name, value]) => value != null && isSurrounding(name)));
}

/** The arguments that are left. */
export function withoutSurroundings(args: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(args).filter(([name]) => !isSurrounding(name)));
}

function isSurrounding(name: string): boolean {
  return surroundingName.test(split(name).join(' '));
}
