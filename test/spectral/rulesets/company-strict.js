// biome-ignore-all lint/suspicious/noThenProperty: that is what Spectral calls the steps of a rule.
import { oas2, oas3 } from '@stoplight/spectral-formats';
import { pattern, truthy } from '@stoplight/spectral-functions';

const located = (targetVal, _, { path }) => {
  const long = Object.keys(targetVal ?? {}).filter((key) => key.length > 18);
  return long.map((key) => ({ message: `${key} is a long name`, path: [...path, key] }));
};

export default {
  formats: [oas2, oas3],
  rules: {
    'strict-license': { given: '$.info', recommended: false, then: { field: 'license.url', function: truthy } },
    'strict-names': { given: '$..properties', then: { function: located } },
    'strict-version': {
      given: '$.info.version',
      then: { function: pattern, functionOptions: { match: '^1' } },
    },
  },
};
