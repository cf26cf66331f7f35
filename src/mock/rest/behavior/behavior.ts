import type { Context } from '../../context.ts';
import type { Exchange, Stage } from '../exchange.ts';
import { perRoute } from '../per-route.ts';
import { actionAnswers } from './actions.ts';
import { listAnswers } from './lists.ts';
import type { Site } from './places.ts';
import { type Answers, createAnswers, deleteAnswers, getAnswers, replaceAnswers } from './records.ts';
import { updateAnswers } from './updates.ts';

/**
 * Does what operations are for with the records of the store: the last stage that has something to say of its own. What it
 * leaves to the examples: operations without a role, all of them in Prism's ways, and requests for an answer of their choice.
 */
export function behaviorStage(context: Context): Stage {
  const answersOf = perRoute((route): Answers | undefined => {
    const role = context.roles.rest.get(route.operation);
    return role && answersFor({ context, route, role });
  });
  return {
    name: 'behavior',
    before(exchange) {
      if (!exchange.route || context.settings.compat === 'prism' || wantsExample(exchange)) return undefined;
      return answersOf(exchange.route)?.(exchange);
    },
  };
}

function wantsExample({ wishes }: Exchange): boolean {
  return wishes.code !== undefined || wishes.example !== undefined || wishes.dynamic !== undefined;
}

function answersFor(site: Site): Answers | undefined {
  switch (site.role.kind) {
    case 'list':
      return listAnswers(site);
    case 'get':
      return getAnswers(site);
    case 'create':
      return createAnswers(site);
    case 'replace':
      return replaceAnswers(site);
    case 'update':
      return updateAnswers(site);
    case 'delete':
      return deleteAnswers(site);
    case 'action':
      return actionAnswers(site);
    default:
      return undefined;
  }
}
