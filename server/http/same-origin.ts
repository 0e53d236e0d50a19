import { AppError } from "../../core/errors";

const harmless: ReadonlySet<string> = new Set(["GET", "HEAD", "OPTIONS"]);

/**
 * Refuses a call that another site's page makes with the visitor's cookies. Browsers say where a call comes from; what is
 * not a browser sends neither header, and carries no cookie that it was not given on purpose.
 */
export function assertSameOrigin(request: Request, publicOrigin: string | undefined): void {
  if (harmless.has(request.method)) return;
  const { headers } = request;
  const site = headers.get("sec-fetch-site");
  if (site === "same-origin" || site === "none") return;
  const origin = headers.get("origin");
  if (site === null && origin === null) return;
  if (origin !== null && (origin === publicOrigin || hostOf(origin) === headers.get("host"))) return;
  throw new AppError(
    "forbidden",
    "This call came from another site. Call it from Foothold itself, or with an API token.",
  );
}

function hostOf(origin: string): string | undefined {
  return URL.canParse(origin) ? new URL(origin).host : undefined;
}
