/** Files that pages are made of: Next's own, and those at the root, which have an ending as no page has. */
const file = /^\/(_next\/|__nextjs|[^/]+\.[a-z0-9]+$)/i;

interface Visitor {
  hasOwner(): Promise<boolean>;
  isSignedIn(): Promise<boolean>;
}

/**
 * Where a visitor of a page has to go first: to make the owner's account, or to log in; null to stay. Who is signed in has
 * nothing to do on those two pages.
 */
export async function placeFor(address: string, visitor: Visitor): Promise<string | null> {
  const { pathname, search, searchParams } = new URL(address.replace(/^\/+/, "/"), "http://localhost");
  if (file.test(pathname)) return null;
  if (!(await visitor.hasOwner())) return pathname === "/setup" ? null : "/setup";
  if (await visitor.isSignedIn()) {
    if (pathname === "/login") return safeNext(searchParams.get("next"));
    return pathname === "/setup" ? "/" : null;
  }
  if (pathname === "/login") return null;
  if (pathname === "/" || pathname === "/setup") return "/login";
  return `/login?next=${encodeURIComponent(pathname + search)}`;
}

/** A place of this origin: anything else, such as `//example.com`, becomes the home page. */
export function safeNext(next: string | null): string {
  const here = "http://localhost";
  if (next === null || !URL.canParse(next, here)) return "/";
  const { origin, pathname, search, hash } = new URL(next, here);
  return next.startsWith("/") && origin === here ? pathname + search + hash : "/";
}
