import { createServer } from "node:http";
import { getRequestListener } from "@hono/node-server";
import * as z from "zod";
import type { Env } from "@/server/env";
import { openTestApp, type TestApp } from "./app";

export interface ListeningApp {
  app: TestApp;
  /** Where it is reached over HTTP, without a slash at the end. */
  host: string;
  /** Of a source that is there. */
  writeKey: string;
  /** Takes the next so many requests and breaks the connection in place of the answer, as a network does. */
  loseAnswers(count: number): void;
  close(): Promise<void>;
}

/** The app behind a real port, for SDKs that speak to nothing else. */
export async function openListeningApp(overrides: Partial<Env> = {}): Promise<ListeningApp> {
  const app = await openTestApp(overrides);
  let toLose = 0;
  const server = createServer(
    getRequestListener(async (request, { incoming }) => {
      const { pathname, search } = new URL(request.url);
      const lost = toLose > 0;
      if (lost) toLose -= 1;
      const answer = await app.fetch(pathname + search, request);
      if (lost) incoming.socket.destroy();
      return answer;
    }),
  );
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The server has no port");
  const { body } = await app.call("POST", "/api/sources", { name: "Server" });
  return {
    app,
    host: `http://127.0.0.1:${address.port}`,
    writeKey: z.object({ writeKey: z.string() }).parse(body).writeKey,
    loseAnswers: (count) => {
      toLose = count;
    },
    close: async () => {
      await new Promise((resolve) => server.close(resolve));
      await app.close();
    },
  };
}
