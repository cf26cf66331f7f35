#!/usr/bin/env node
import module from 'node:module';

// Node 22.1 and later keep what they compiled, so that the next start is faster.
module.enableCompileCache?.();
const { main, processIo } = await import('../dist/main.js');
// Set rather than exited with: output drains first.
process.exitCode = await main(process.argv.slice(2), processIo());
