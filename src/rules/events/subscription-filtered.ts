import { namedType, rootFields } from '../../languages/graphql/select.ts';
import { split } from '../../words/split.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'events/subscription-filtered',
  summary: 'a subscription takes an argument that says of what to hear',
  why: `Without an argument each subscriber gets everything: every message of every room, to throw most of it away. The server sends
what nobody reads, and has to check for each event whether the subscriber may see it.`,
  sources: ['guide S0, GraphQL API Design', 'guide S2, GraphQL', 'GraphQL specification, section 6.2.3 (Subscription)'],
  equivalents: [],
  checks: {
    graphql: {
      good: `
type Subscription {
  messageAdded(room: ID!): Message
  myNotificationAdded: Notification
  viewerChanged: User
}
`,
      bad: `
type Subscription {
  messageAdded: Message
}
`,
      *find(api) {
        for (const { operation, field } of rootFields(api)) {
          if (operation !== 'subscription' || field.arguments.length > 0 || isOfCaller(field.name)) continue;
          // A union or a type of all events is what the selection chooses from.
          if (/^_|^events?$/i.test(field.name) || namedType(field.node.type).name.value === 'Event') continue;
          yield {
            at: field.at,
            message: `The subscription \`${field.name}\` takes no argument: every subscriber hears of everything.`,
            help: 'Let subscribers say of what they want to hear, as `messageAdded(room: ID!)`.',
          };
        }
      },
    },
  },
});

/** Whether a name says that only the caller's own things are meant, or what there is one of. */
function isOfCaller(name: string): boolean {
  return split(name).some((word) => ofCaller.has(word));
}

const ofCaller = new Set(
  'my me viewer own current self caller ping heartbeat clock time tick server system'.split(' '),
);
