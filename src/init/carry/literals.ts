import ts from 'typescript';
import { asData } from './data.ts';
import { NamedSet, spreads, Unknown } from './unread.ts';

/**
 * The value that a program exports, as far as it can be read without running it: literals, what is spread of them, constants of
 * the same file. All else is `Unknown`.
 */
export function exportOf(text: string, path: string): unknown {
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true, ts.ScriptKind.TS);
  const reader = new Reader(file);
  const exported = file.statements.map(exportedBy).find((node) => node !== null);
  return exported ? reader.value(exported, 0) : new Unknown('nothing is exported', 1);
}

function exportedBy(statement: ts.Statement): ts.Expression | null {
  if (ts.isExportAssignment(statement)) return statement.expression;
  if (!ts.isExpressionStatement(statement) || !ts.isBinaryExpression(statement.expression)) return null;
  const { left, right } = statement.expression;
  return left.getText() === 'module.exports' ? right : null;
}

/** Programs that nest deeper are no configuration. */
const deepest = 100;

class Reader {
  readonly #file: ts.SourceFile;
  readonly #constants = new Map<string, ts.Expression>();
  readonly #open = new Set<string>();

  constructor(file: ts.SourceFile) {
    this.#file = file;
    for (const statement of file.statements) {
      if (!ts.isVariableStatement(statement)) continue;
      for (const { name, initializer } of statement.declarationList.declarations) {
        if (ts.isIdentifier(name) && initializer) this.#constants.set(name.text, initializer);
      }
    }
  }

  value(node: ts.Expression, depth: number): unknown {
    if (depth > deepest) return this.#unknown(node);
    if (ts.isStringLiteralLike(node)) return node.text;
    if (ts.isNumericLiteral(node)) return Number(node.text);
    if (node.kind === ts.SyntaxKind.TrueKeyword) return true;
    if (node.kind === ts.SyntaxKind.FalseKeyword) return false;
    if (node.kind === ts.SyntaxKind.NullKeyword) return null;
    if (ts.isArrayLiteralExpression(node)) return node.elements.flatMap((item) => this.#item(item, depth + 1));
    if (ts.isObjectLiteralExpression(node)) return this.#object(node, depth + 1);
    if (ts.isParenthesizedExpression(node) || ts.isAsExpression(node) || ts.isSatisfiesExpression(node)) {
      return this.value(node.expression, depth + 1);
    }
    if (ts.isIdentifier(node)) return this.#constant(node, depth + 1);
    if (ts.isPropertyAccessExpression(node) || ts.isElementAccessExpression(node)) return this.#member(node, depth + 1);
    // `defineConfig([…])`, `tseslint.config({…}, {…})`: functions that give back what they are given.
    if (ts.isCallExpression(node) && /(?:^|\.)(?:defineConfig|config)$/.test(node.expression.getText())) {
      return node.arguments.flatMap((item) => this.#item(item, depth + 1)).flat();
    }
    return this.#unknown(node);
  }

  #item(node: ts.Expression, depth: number): unknown[] {
    if (!ts.isSpreadElement(node)) return [this.value(node, depth)];
    const value = this.value(node.expression, depth);
    return Array.isArray(value) ? value : [value];
  }

  #object(node: ts.ObjectLiteralExpression, depth: number): Record<string | symbol, unknown> {
    const entries = new Map<string, unknown>();
    const spread: unknown[] = [];
    for (const property of node.properties) {
      if (ts.isSpreadAssignment(property)) {
        const value = this.value(property.expression, depth);
        if (value instanceof Unknown || value instanceof NamedSet) spread.push(value);
        else for (const [name, one] of Object.entries(asData(value))) entries.set(name, one);
      } else if (ts.isPropertyAssignment(property)) {
        entries.set(nameOf(property.name), this.value(property.initializer, depth));
      } else if (ts.isShorthandPropertyAssignment(property)) {
        entries.set(property.name.text, this.#constant(property.name, depth));
      }
    }
    return { ...Object.fromEntries(entries), ...(spread.length > 0 ? { [spreads]: spread } : {}) };
  }

  #constant(node: ts.Identifier, depth: number): unknown {
    const found = this.#constants.get(node.text);
    if (!found || this.#open.has(node.text)) return this.#unknown(node);
    this.#open.add(node.text);
    const value = this.value(found, depth);
    this.#open.delete(node.text);
    return value;
  }

  #member(node: ts.PropertyAccessExpression | ts.ElementAccessExpression, depth: number): unknown {
    const name = ts.isPropertyAccessExpression(node) ? node.name.text : this.value(node.argumentExpression, depth);
    const before = node.expression;
    const isConfigs = ts.isPropertyAccessExpression(before) && before.name.text === 'configs';
    if (isConfigs && typeof name === 'string') return new NamedSet(name.replace(/^flat\//, ''));
    const value = this.value(before, depth);
    // The rules of a set stand for the set.
    if (value instanceof NamedSet && name === 'rules') return value;
    if (typeof name === 'string' && Object.hasOwn(asData(value), name)) return asData(value)[name];
    return this.#unknown(node);
  }

  #unknown(node: ts.Node): Unknown {
    const { line } = this.#file.getLineAndCharacterOfPosition(node.getStart());
    return new Unknown(node.getText().replace(/\s+/g, ' '), line + 1);
  }
}

function nameOf(name: ts.PropertyName): string {
  return ts.isIdentifier(name) || ts.isStringLiteralLike(name) || ts.isNumericLiteral(name)
    ? name.text
    : name.getText();
}
