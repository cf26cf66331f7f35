import { descriptionOf, rpcs, type Streaming } from '../../languages/protobuf/select.ts';
import { split } from '../../words/split.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'events/stream-kind-clear',
  summary: 'an rpc that streams says so in its name or comment',
  why: `A stream has to be read to its end, may break in the middle, and stays open for minutes or days. Callers who take \`GetOrders\`
for one question and one answer find out in production.`,
  sources: ['guide S0, gRPC', 'gRPC, Core concepts'],
  equivalents: [],
  checks: {
    protobuf: {
      good: `
syntax = "proto3";

service WeatherService {
  rpc WatchWeather(WatchWeatherRequest) returns (stream Weather);
  rpc GetWeatherUpdates(GetWeatherUpdatesRequest) returns (stream Weather);
  rpc WeatherChat(stream Message) returns (stream Message);
  // Takes readings until the caller is done, and answers with their mean.
  rpc Measure(stream Reading) returns (Summary);
}
`,
      bad: `
syntax = "proto3";

service WeatherService {
  rpc GetWeather(GetWeatherRequest) returns (stream Weather);
  // Returns the mean.
  rpc Measure(stream Reading) returns (Summary);
}
`,
      *find(api) {
        for (const { node, name, at, streaming } of rpcs(api)) {
          if (streaming === 'none' || split(name).some((word) => says.has(word)) || explains.test(descriptionOf(node)))
            continue;
          yield {
            at,
            message: `\`${name}\` ${streams[streaming]}, and neither its name nor its comment says so.`,
            help: 'Say in its comment what comes when, and when the stream ends, or name it as a stream, as `WatchWeather`.',
          };
        }
      },
    },
  },
});

const streams: Readonly<Record<Exclude<Streaming, 'none'>, string>> = {
  client: 'takes a stream',
  server: 'answers with a stream',
  both: 'streams both ways',
};

/** Words in names that speak of more than one message. */
const says = new Set(
  `stream streams streamed streaming watch subscribe listen tail follow monitor observe chat converse conversation updates events
changes feed live notifications upload download push ingest record report sync connect session exchange channel tunnel bidi
bidirectional duplex chunk chunks chunked batch bulk attach logs keepalive alive heartbeat read write transfer talk`.split(
    /\s+/,
  ),
);

const explains =
  /\b(?:stream\w*|bidi\w*|duplex|chunk\w*|continuous\w*|watch\w*|subscri\w+|until|as (?:they|it|soon)|whenever|each time|series|sequence of|long-(?:lived|running)|multiple (?:re|me)\w+|(?:several|many) (?:re|me)\w+|real.?time|updates|push\w*|messages|one by one|periodic\w*|connection)\b/i;
