import { type ConstDirectiveNode, type ConstValueNode, GraphQLError, getNamedType } from 'graphql/index.js';
import type { GraphQl } from '../../languages/graphql/graphql.ts';
import { argumentOf, directiveDefinitions, directiveUses, typeNamed } from '../../languages/graphql/select.ts';
import { split } from '../../words/split.ts';
import type { Caller } from '../rest/exchange.ts';
import type { AnyField } from './things.ts';

/** Any of these sets of scopes; an empty set: to be somebody is enough. */
type Demand = readonly (readonly string[])[];

/**
 * What fields ask of their callers by directives, on themselves or on the type that they give: `@authenticated`,
 * `@requiresScopes(scopes: [["read", "write"], ["admin"]])` and `@policy` (Apollo Federation), `@auth(requires: ADMIN)`,
 * `@hasRole`, `@hasScope`, `@isAuthenticated` and what else is called so. Roles are scopes, whatever their case.
 */
export class Guards {
  readonly #api: GraphQl;
  readonly #known = new WeakMap<AnyField, readonly Demand[]>();

  constructor(api: GraphQl) {
    this.#api = api;
  }

  /** Whether a schema has any such directive. */
  static isNeeded(api: GraphQl): boolean {
    return directiveUses(api).some(({ name }) => isGuard(name));
  }

  /** @throws GraphQLError UNAUTHENTICATED or FORBIDDEN */
  check(parent: string, field: AnyField, caller: Caller | null): void {
    const demands = this.#demandsOf(parent, field);
    if (demands.length === 0) return;
    const place = `\`${parent}.${field.name}\``;
    if (!caller) {
      throw new GraphQLError(`${place} is for callers with a bearer token in the header Authorization.`, {
        extensions: { code: 'UNAUTHENTICATED' },
      });
    }
    const { scopes } = caller;
    if (scopes === null) return;
    const has = new Set(scopes.map((scope) => scope.toLowerCase()));
    for (const demand of demands) {
      if (demand.some((all) => all.every((scope) => has.has(scope.toLowerCase())))) continue;
      const wanted = demand.map((all) => all.join(' and ')).join(', or ');
      throw new GraphQLError(`${place} is for callers with the scope ${wanted}.`, {
        extensions: { code: 'FORBIDDEN', requiredScopes: demand },
      });
    }
  }

  #demandsOf(parent: string, field: AnyField): readonly Demand[] {
    let known = this.#known.get(field);
    if (!known) {
      const own = typeNamed(this.#api, parent)?.fields.find(({ name }) => name === field.name)?.node.directives ?? [];
      const given = typeNamed(this.#api, getNamedType(field.type).name)?.directives.map(({ node }) => node) ?? [];
      known = [...own, ...given].filter(({ name }) => isGuard(name.value)).flatMap((node) => this.#demand(node) ?? []);
      this.#known.set(field, known);
    }
    return known;
  }

  /** Wrapped, since a demand is a list; null where everybody is let in. */
  #demand(node: ConstDirectiveNode): [Demand] | null {
    const definition = directiveDefinitions(this.#api).find(({ name }) => name === node.name.value)?.node;
    for (const name of [...(node.arguments ?? []), ...(definition?.arguments ?? [])].map((one) => one.name.value)) {
      if (!scopeArgument.test(split(name).join(' '))) continue;
      const value =
        argumentOf(node, name) ?? definition?.arguments?.find((one) => one.name.value === name)?.defaultValue;
      const sets = value ? setsIn(value) : [];
      if (sets.some((all) => all.every((scope) => anyone.test(scope)))) return null;
      if (sets.length > 0) return [sets.some((all) => all.every((scope) => anybodyKnown.test(scope))) ? [[]] : sets];
    }
    return [[[]]];
  }
}

function isGuard(name: string): boolean {
  return guardName.test(split(name).join(' '));
}

const guardName =
  /^(?:(?:is |require |requires )?(?:auth|authenticated|authenticate|authentication|authorized?|logged in|login|signed in)|login required|(?:has |requires? |needs |with )(?:any )?(?:scopes?|roles?|permissions?)|policy|aws auth|aws cognito user pools)$/;
const scopeArgument =
  /^(?:requires?|required|(?:required |allowed |has |any )?(?:scopes?|roles?|permissions?)|policies|(?:cognito )?groups)$/;
const anyone = /^(?:anyone|anybody|public|anonymous|guest|everyone|unknown|none)$/i;
const anybodyKnown = /^(?:user|authenticated|logged_?in|signed_?in)$/i;

/** `ADMIN`, `[ADMIN, OWNER]` (any of them), `[["read", "write"], ["admin"]]` (all of any). */
function setsIn(value: ConstValueNode): readonly (readonly string[])[] {
  if (value.kind !== 'ListValue') return textsIn(value).map((one) => [one]);
  return value.values.flatMap((one): readonly (readonly string[])[] => {
    const texts = textsIn(one);
    return texts.length > 0 ? [texts] : [];
  });
}

function textsIn(value: ConstValueNode): readonly string[] {
  if (value.kind === 'EnumValue' || value.kind === 'StringValue') return [value.value];
  return value.kind === 'ListValue' ? value.values.flatMap(textsIn) : [];
}
