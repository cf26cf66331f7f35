import type { Context } from '../context.ts';
import type { Stage } from './exchange.ts';
export function bodyStage(_context: Context): Stage {
  return { name: 'body' };
}
