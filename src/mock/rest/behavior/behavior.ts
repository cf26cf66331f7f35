import type { Context } from '../../context.ts';
import type { Exchange, Stage } from '../exchange.ts';
import { perRoute } from '../per-route.ts';
import { actionAnswers } from './actions.ts';
import { batchAnswers } from './batches.ts';
import { declaresExactly } from './declared.ts';
import { deferred, isJob, Jobs } from './jobs.ts';
import { listAnswers } from './lists.ts';
import type { Site } from './places.ts';
import { type Answers, createAnswers, deleteAnswers, getAnswers, replaceAnswers } from './records.ts';
import { updateAnswers } from './updates.ts';

/**
 * Does what operations are for with the records of the store: the last stage that has something to say of its own. What it
 * leaves to the examples: operations without a role, all of them in Prism's ways, and requests for an answer of their choice.
 */
export function behaviorStage(context: Context): Stage {
  const jobs = new Jobs(context);
  const answersOf = perRoute((route): Answers | undefined => {
    const role = context.roles.rest.get(route.operation);
    if (!role) return undefined;
    const site = { context, route, role };
    const answers = answersFor(site, jobs);
    return answers && route.method !== 'GET' ? deferred(site, jobs, answers) : answers;
  });
  return {
    name: 'behavior',
    before(exchange) {
      if (!exchange.route || context.settings.compat === 'prism' || wantsExample(exchange)) return undefined;
      jobs.advance();
      return answersOf(exchange.route)?.(exchange);
    },
  };
}

function wantsExample({ wishes }: Exchange): boolean {
  return wishes.code !== undefined || wishes.example !== undefined || wishes.dynamic !== undefined;
}

function answersFor(site: Site, jobs: Jobs): Answers | undefined {
  switch (site.role.kind) {
    case 'list':
      return listAnswers(site);
    case 'get':
      return getAnswers(site);
    case 'create':
      return createAnswers(site, beginsJobs(site) ? (item) => jobs.begin(site.role.resource, item) : undefined);
    case 'replace':
      return replaceAnswers(site);
    case 'update':
      return updateAnswers(site);
    case 'delete':
      return deleteAnswers(site);
    case 'action':
      return actionAnswers(site);
    case 'batch':
      return batchAnswers(site);
    default:
      return undefined;
  }
}

/** Whether what is made is itself the job that is waited for. */
function beginsJobs({ route, role }: Site): boolean {
  return isJob(role.resource) && declaresExactly(route.api, route.operation, 202);
}
