import type { IncomingMessage, ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import next from "next";
import { byCookie } from "../auth/authenticate";
import type { Auth } from "../auth/open";
import { hasOwner } from "../auth/owner";
import { root } from "../root";
import type { Installation } from "../services";
import { placeFor } from "./place-for";

export interface Pages {
  answer(request: IncomingMessage, response: ServerResponse): Promise<void>;
  /** The socket by which pages reload in development. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void>;
  close(): Promise<void>;
}

/** Opens Next, which renders pages and nothing else. */
// Nothing is sent anywhere, by Next neither.
process.env.NEXT_TELEMETRY_DISABLED = "1";

export async function openPages(options: { development: boolean; port: number }): Promise<Pages> {
  const app = next({ dev: options.development, dir: root, hostname: "localhost", port: options.port });
  await app.prepare();
  const render = app.getRequestHandler();
  const upgrade = app.getUpgradeHandler();
  return {
    answer: (request, response) => render(request, response),
    upgrade: (request, socket, head) => upgrade(request, socket, head),
    close: () => app.close(),
  };
}

/** Leads a visitor to where they may be, and shows the page once they are there. */
export async function answerPage(
  request: IncomingMessage,
  response: ServerResponse,
  { pages, installation, auth }: { pages: Pages; installation: Installation; auth: Auth },
): Promise<void> {
  const cookie = request.headers.cookie;
  const place = await placeFor(request.url ?? "/", {
    hasOwner: () => hasOwner(installation.metadata),
    isSignedIn: async () => cookie !== undefined && (await byCookie(new Headers({ cookie }), auth)) !== null,
  });
  if (place === null) return pages.answer(request, response);
  response.writeHead(307, { location: place, "cache-control": "no-store" }).end();
}
