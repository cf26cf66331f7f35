import type { Report } from './report.ts';

/** For people: the problems of each file with the lines they are about, and what it comes to. */
export function pretty(report: Report): string {
  return `${report.problems.length} problems\n`;
}
