/** What `bin/apiarch.js` runs: the command line and the world of the process. */
export { main } from './cli.ts';
export { processIo } from './io.ts';
