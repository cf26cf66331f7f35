// Loaded into a measured process: tells its peak memory, in kilobytes, on descriptor 3 when it ends.
import { writeSync } from 'node:fs';

process.on('exit', () => {
  try {
    writeSync(3, String(process.resourceUsage().maxRSS));
  } catch {
    // Worker processes do not inherit the descriptor.
  }
});
