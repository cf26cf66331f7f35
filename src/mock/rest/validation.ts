import type { Context } from '../context.ts';
import type { Stage } from './exchange.ts';
export function validationStage(_context: Context): Stage {
  return { name: 'validation' };
}
