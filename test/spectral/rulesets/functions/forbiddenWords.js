import { createRulesetFunction } from '@stoplight/spectral-core';

export default createRulesetFunction(
  {
    input: { type: 'object' },
    options: {
      type: 'object',
      properties: { words: { type: 'array', items: { type: 'string' } } },
      required: ['words'],
      additionalProperties: false,
    },
  },
  function forbiddenWords(paths, { words }, context) {
    const found = Object.keys(paths).filter((path) => words.some((word) => path.includes(word)));
    return found.map((path) => ({ message: `The path ${path} holds a forbidden word`, path: [...context.path, path] }));
  },
);
