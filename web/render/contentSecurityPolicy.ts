/**
 * The Content-Security-Policy of the pages: own script and style files only, no inline code, no frames, no forms but those of a trace; the phone
 * may also ask the other nodes for their checkpoints.
 *
 * @param nodes addresses of the witnesses in trust.json: `http://127.0.0.1:4020`
 * @param forms where forms may be sent
 */
export function contentSecurityPolicy(nodes: readonly string[], forms: "'none'" | "'self'" = "'none'"): string {
  const origins = [...new Set(nodes.map((node) => new URL(node).origin))];
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    `connect-src ${["'self'", ...origins].join(' ')}`,
    "base-uri 'none'",
    `form-action ${forms}`,
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; ');
}
