import { dirname, join } from 'node:path';
import { isMap, isScalar, isSeq, LineCounter, type ParsedNode, parseDocument } from 'yaml';
import { didYouMean, Failure } from '../failure.ts';
import type { Io } from '../io.ts';
import type { Rule } from '../rules/rule.ts';
import { closest } from '../text/closest.ts';
import { optionFault } from './option.ts';
import { levels, ownRulesets, type Ruleset, ruleNames, rulesets } from './rulesets.ts';

/**
 * Loads a ruleset of ours by name, or one from a YAML or JSON file, with all that it extends, which comes first.
 * @throws Failure when there is none, or at the line and column of what is wrong in the file
 */
export function loadRuleset(nameOrFile: string, rules: readonly Rule[], io: Io): Ruleset[] {
  return load(nameOrFile, [], rules, io);
}

function load(nameOrFile: string, trail: readonly string[], rules: readonly Rule[], io: Io): Ruleset[] {
  if (Object.hasOwn(rulesets, nameOrFile)) return ownRulesets(nameOrFile);
  if (!/[\\/]|\.(ya?ml|json)$/.test(nameOrFile) && io.kind(nameOrFile) === null) {
    throw new Failure(`there is no ruleset \`${nameOrFile}\`${didYouMean(closest(nameOrFile, Object.keys(rulesets)))}`);
  }
  if (trail.includes(nameOrFile)) throw new Failure(`the ruleset \`${nameOrFile}\` extends itself.`);
  const ruleset = new RulesetReader(nameOrFile, io.read(nameOrFile), rules).read();
  const parents = (ruleset.extends ?? []).flatMap((parent) => {
    const path = Object.hasOwn(rulesets, parent) ? parent : join(dirname(nameOrFile), parent);
    return load(path, [...trail, nameOrFile], rules, io);
  });
  return [...parents, ruleset];
}

type Node = ParsedNode | null;
interface Entry {
  readonly key: string;
  readonly keyNode: Node;
  readonly value: Node;
}

/** Reads one file. What is wrong with it fails at its place. */
class RulesetReader {
  readonly #path: string;
  readonly #text: string;
  readonly #rules: ReadonlyMap<string, Rule>;
  readonly #names: readonly string[];
  readonly #lines = new LineCounter();

  constructor(path: string, text: string, rules: readonly Rule[]) {
    this.#path = path;
    this.#text = text;
    this.#rules = new Map(rules.map((rule) => [rule.id, rule]));
    this.#names = ruleNames(rules);
  }

  read(): Ruleset {
    const document = parseDocument(this.#text, { lineCounter: this.#lines, prettyErrors: false });
    const error = document.errors[0];
    if (error) this.#fail(error.pos[0], `it is not YAML: ${error.message}.`);
    const root = document.contents as Node;
    for (const { key, keyNode, value } of this.#entries(
      root,
      'a ruleset has `rules`, and may have `extends` and `description`',
    )) {
      if (key === 'rules') this.#checkRules(value);
      else if (key === 'extends') this.#checkExtends(value);
      else if (key !== 'description') this.#failUnknown(keyNode, 'key', key, ['rules', 'extends', 'description']);
    }
    const data = document.toJS() as Partial<Ruleset>;
    return { ...data, rules: data.rules ?? {}, extends: [data.extends ?? []].flat() };
  }

  #checkExtends(node: Node): void {
    for (const name of isSeq<Node>(node) ? node.items : [node]) {
      if (!isScalar(name) || typeof name.value !== 'string')
        this.#failAt(name, '`extends` takes names and paths of rulesets.');
    }
  }

  #checkRules(node: Node): void {
    if (isScalar(node) && node.value === null) return;
    for (const { key, keyNode, value } of this.#entries(node, '`rules` maps rule ids to severities')) {
      if (!this.#names.includes(key)) this.#failUnknown(keyNode, 'rule', key, this.#names);
      if (isMap(value)) this.#checkSetting(key, value);
      else this.#checkLevel(value);
    }
  }

  #checkSetting(rule: string, node: Node): void {
    const entries = this.#entries(node, 'a rule takes a severity, or `severity` and `options`');
    if (!entries.some(({ key }) => key === 'severity')) this.#failAt(node, `\`${rule}\` needs a \`severity\`.`);
    for (const { key, keyNode, value } of entries) {
      if (key === 'severity') this.#checkLevel(value);
      else if (key === 'options') this.#checkOptions(rule, value);
      else this.#failUnknown(keyNode, 'key', key, ['severity', 'options']);
    }
  }

  #checkLevel(node: Node): void {
    // YAML 1.1 readers take `off` for false; who writes it quoted or not means the same.
    const level = isScalar(node) ? String(node.value) : null;
    if (levels.some((known) => known === level)) return;
    this.#failAt(node, `a severity is one of ${levels.join(', ')}${level === null ? '' : `, not \`${level}\``}.`);
  }

  #checkOptions(rule: string, node: Node): void {
    const known = this.#rules.get(rule)?.options ?? {};
    for (const { key, keyNode, value } of this.#entries(node, '`options` maps names to values')) {
      const option = Object.hasOwn(known, key) ? known[key] : undefined;
      if (!option) this.#failUnknown(keyNode, `option of \`${rule}\` called`, key, Object.keys(known));
      const fault = optionFault(value?.toJSON(), option.schema);
      if (fault) this.#failAt(value, `the option \`${key}\` of \`${rule}\` must be ${fault}.`);
    }
  }

  #entries(node: Node, otherwise: string): Entry[] {
    if (!isMap<Node, Node>(node)) return this.#failAt(node, `${otherwise}.`);
    return node.items.map(({ key, value }) => ({ key: isScalar(key) ? String(key.value) : '', keyNode: key, value }));
  }

  #failUnknown(node: Node, kind: string, name: string, known: readonly string[]): never {
    return this.#failAt(node, `there is no ${kind} \`${name}\`${didYouMean(closest(name, known))}`);
  }

  #failAt(node: Node, sentence: string): never {
    return this.#fail(node?.range?.[0] ?? 0, sentence);
  }

  #fail(offset: number, sentence: string): never {
    const { line, col } = this.#lines.linePos(offset);
    throw new Failure(`${this.#path}:${line || 1}:${col || 1}: ${sentence}`);
  }
}
