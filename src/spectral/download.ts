import { Failure } from '../failure.ts';

/** Rulesets are kilobytes. */
const mostBytes = 5_000_000;
const mostMilliseconds = 15_000;

/** Whether a host may be read from. A host that is allowed without a port is so with any. */
export function isAllowed(url: string, hosts: readonly string[]): boolean {
  const { host, hostname } = new URL(url);
  return hosts.some((allowed) => allowed === host || allowed === hostname);
}

/**
 * The text behind a URL, and the URL to which redirections led. They lead to allowed hosts only.
 * @throws Failure when there is none
 */
export async function download(url: string, hosts: readonly string[]): Promise<{ text: string; url: string }> {
  const fail = (reason: string): never => {
    throw new Failure(`\`${url}\` cannot be read: ${reason}.`);
  };
  let here = url;
  for (let redirections = 0; redirections <= 5; redirections++) {
    if (!isAllowed(here, hosts)) fail(`it leads to \`${new URL(here).host}\`, which is not allowed`);
    const signal = AbortSignal.timeout(mostMilliseconds);
    const response = await fetch(here, { redirect: 'manual', signal }).catch((error: Error) => {
      return fail(error.name === 'TimeoutError' ? 'there is no answer' : 'the server cannot be reached');
    });
    const next = response.headers.get('location');
    if (response.status >= 300 && response.status < 400 && next !== null) {
      here = new URL(next, here).href;
      continue;
    }
    if (!response.ok) fail(`the server answers ${response.status}`);
    return { text: await limitedText(response, fail), url: here };
  }
  return fail('it is redirected too often');
}

async function limitedText(response: Response, fail: (reason: string) => never): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  const reader = response.body?.getReader();
  for (let part = await reader?.read(); part?.value; part = await reader?.read()) {
    text += decoder.decode(part.value, { stream: true });
    if (text.length <= mostBytes) continue;
    await reader?.cancel();
    fail(`it is larger than ${mostBytes / 1e6} MB`);
  }
  return text + decoder.decode();
}
