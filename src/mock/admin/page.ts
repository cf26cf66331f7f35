import { hash } from 'node:crypto';
import { explorer } from './explorer.ts';
import { style } from './page-style.ts';

/**
 * The page to look and try: every operation with its form, the records of the store, the requests as they come, and the
 * documents. One file that asks nobody but the mock; all that it shows it asks for itself.
 */
export function page(): { readonly html: string; readonly policy: string } {
  const script = `(${explorer})()`;
  const policy = [
    "default-src 'none'",
    `style-src ${hashOf(style)}`,
    `script-src ${hashOf(script)}`,
    "connect-src 'self'",
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
  return { html: htmlWith(script), policy };
}

function htmlWith(script: string): string {
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>apiarch mock</title>
<link rel="icon" href="data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E%3Cpath d='M2 14V8a6 6 0 0 1 12 0v6' fill='none' stroke='%232f5bd7' stroke-width='3'/%3E%3C/svg%3E">
<style>${style}</style>
</head>
<body>
<a class="skip" href="#view">Skip to the content</a>
<header class="top">
<p class="brand"><svg viewBox="0 0 16 16" width="20" height="20" aria-hidden="true"><path d="M2 14V8a6 6 0 0 1 12 0v6" fill="none" stroke="currentColor" stroke-width="3"/></svg> apiarch <span>mock</span></p>
<nav aria-label="Views"><a href="#try">Try</a> <a href="#store">Store</a> <a href="#requests">Requests</a> <a href="#documents">Documents</a></nav>
<p class="quiet" id="health" role="status"></p>
</header>
<div class="columns">
<nav class="side" id="side" aria-label="In this view"></nav>
<main id="view" tabindex="-1"><noscript><p>This page is made by its script; <a href="/__apiarch/operations">the operations</a> can be read as JSON.</p></noscript></main>
</div>
<script>${script}</script>
</body>
</html>
`;
}

/** A source of a Content Security Policy (CSP 3, section 2.3.1). */
function hashOf(text: string): string {
  return `'sha256-${hash('sha256', text, 'base64')}'`;
}
