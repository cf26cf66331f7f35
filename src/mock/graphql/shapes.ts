import { type GraphQLType, isListType, isNonNullType } from 'graphql/index.js';
import type { TypeShapes } from '../resources/graphql-shape.ts';
import type { Field, Shape } from '../shape.ts';

/** A field as the executable schema types it. */
export function fieldOf(name: string, type: GraphQLType, shapes: TypeShapes): Field {
  return { name, shape: shapeOf(type, shapes), required: isNonNullType(type), writable: true };
}

function shapeOf(type: GraphQLType, shapes: TypeShapes): Shape {
  if (isNonNullType(type)) return shapeOf(type.ofType as GraphQLType, shapes);
  if (isListType(type)) return { kind: 'list', items: shapeOf(type.ofType as GraphQLType, shapes) };
  return shapes.of(type.name);
}
