/** How long the phases of a run and its rules took, in milliseconds. */
export class Timing {
  readonly #phases = new Map<string, number>();
  readonly #rules = new Map<string, number>();

  addPhase(name: string, time: number): void {
    add(this.#phases, name, time);
  }

  /** @param times by rule id */
  addRules(times: ReadonlyMap<string, number>): void {
    for (const [id, time] of times) add(this.#rules, id, time);
  }

  /** The phases in their order, then the rules, slowest first. */
  table(): string {
    const total = [...this.#rules.values()].reduce((sum, time) => sum + time, 0);
    const rows: [string, number][] = [
      ...[...this.#phases].map(([name, time]): [string, number] => [`(${name})`, time]),
      ['(all rules)', total],
      ...[...this.#rules].sort((a, b) => b[1] - a[1]),
    ];
    return rows.map(([name, time]) => `${time.toFixed(1).padStart(9)} ms  ${name}\n`).join('');
  }
}

function add(times: Map<string, number>, name: string, time: number): void {
  times.set(name, (times.get(name) ?? 0) + time);
}
