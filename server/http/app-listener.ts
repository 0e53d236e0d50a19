import type { RequestListener } from "node:http";
import { getRequestListener } from "@hono/node-server";
import type { AppEnv } from "./app-env";

export type AppListener = (request: Request, env: AppEnv["Bindings"]) => Promise<Response>;

/** Carries requests from Node's server to the app, with the network address that they came from. */
export function appListener(answer: AppListener): RequestListener {
  return getRequestListener((request, { incoming }) =>
    answer(request, { clientAddress: incoming.socket.remoteAddress }),
  );
}
