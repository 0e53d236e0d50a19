import type { ServerResponse } from "node:http";

function contentSecurityPolicy(development: boolean): string {
  // Next writes what a page needs to start as inline scripts; in development it also evaluates and opens a socket.
  const scripts = development ? "'self' 'unsafe-inline' 'unsafe-eval'" : "'self' 'unsafe-inline'";
  const connections = development ? "'self' ws: wss:" : "'self'";
  return [
    "default-src 'self'",
    `script-src ${scripts}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self' data:",
    `connect-src ${connections}`,
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join("; ");
}

/** Headers of every answer of the product's own pages and API. */
export function setSecurityHeaders(response: ServerResponse, options: { development: boolean; page: boolean }): void {
  response.setHeader("X-Content-Type-Options", "nosniff");
  response.setHeader("Referrer-Policy", "same-origin");
  response.setHeader("X-Frame-Options", "DENY");
  response.setHeader(
    "Content-Security-Policy",
    options.page ? contentSecurityPolicy(options.development) : "default-src 'none'; frame-ancestors 'none'",
  );
}
