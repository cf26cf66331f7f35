/** What a schema marks with `@deprecated`, and what it says of that. Rules about deprecation ask here, so that they agree. */
import type { ASTNode, ConstDirectiveNode, StringValueNode } from 'graphql';
import type { Coordinate } from '../../languages/graphql/coordinate.ts';
import {
  argumentOf,
  deprecationOf,
  descriptionOf,
  directiveDefinitions,
  directiveUses,
  enumValues,
  everyArgument,
  fields,
  inputFields,
  memoised,
  types,
} from '../../languages/graphql/select.ts';
import { type Day, endIn, numericDaysIn } from '../../words/deprecations.ts';
import { split } from '../../words/split.ts';

/** Something that is marked as deprecated. */
export interface Deprecation {
  readonly at: Coordinate;
  /** The mark itself. */
  readonly mark: Coordinate;
  /** The reason that is given; the empty string where there is none. */
  readonly reason: string;
  /** The arguments of the directive that tell a date, such as `deletionDate`. */
  readonly dates: readonly Text[];
  /** What people read about it: the reason, and its own description. */
  readonly texts: readonly Text[];
}

/** A text of a schema. */
export interface Text {
  readonly value: string;
  readonly at: Coordinate;
}

/** Every deprecated type, field, argument, input field and enum value. */
export const deprecations = memoised((api): readonly Deprecation[] => {
  const members = [
    fields(api),
    everyArgument(api),
    inputFields(api),
    enumValues(api),
    directiveDefinitions(api),
  ].flat();
  const ofMembers = members.flatMap(({ node, at }) => {
    const found = deprecationOf(node);
    return found ? [deprecation(at, found.directive, node)] : [];
  });
  // The specification has it on members only; some schemas mark types as well.
  const typesByName = new Map(types(api).map((type) => [type.name, type]));
  const ofTypes = directiveUses(api).flatMap(({ name, node, at, location }) => {
    const type = name === 'deprecated' && onTypes.has(location) ? typesByName.get(at.element) : undefined;
    return type ? [deprecation(type.at, node, type.base ?? undefined)] : [];
  });
  return [...ofTypes, ...ofMembers];
});

const onTypes = new Set(['SCALAR', 'OBJECT', 'INTERFACE', 'UNION', 'ENUM', 'INPUT_OBJECT']);

type Described = ASTNode & { readonly description?: StringValueNode | undefined };

function deprecation(at: Coordinate, directive: ConstDirectiveNode, node: Described | undefined): Deprecation {
  const reason = argumentOf(directive, 'reason');
  const told = reason?.kind === 'StringValue' ? [{ value: reason.value, at: at.on(reason) }] : [];
  const description = node?.description;
  const described = description ? [{ value: descriptionOf(node), at: at.on(description) }] : [];
  return {
    at,
    mark: at.on(directive),
    reason: told[0]?.value.trim() ?? '',
    dates: datesOf(at, directive),
    texts: [...told, ...described],
  };
}

function datesOf(at: Coordinate, directive: ConstDirectiveNode): Text[] {
  return (directive.arguments ?? []).flatMap(({ name, value }) =>
    value.kind === 'StringValue' && split(name.value).some((word) => /^(?:date|sunset|removal|deletion)$/.test(word))
      ? [{ value: value.value, at: at.on(value) }]
      : [],
  );
}

/** The day on which something is to be gone, by an argument of the directive or by what is written. */
export function endOf({ dates, texts }: Deprecation): (Day & Text) | undefined {
  for (const date of dates) {
    const day = numericDaysIn(date.value)[0];
    if (day?.day) return { ...date, text: day.text, day: day.day };
  }
  for (const text of texts) {
    const day = endIn(text.value);
    if (day) return { ...text, ...day };
  }
  return undefined;
}
