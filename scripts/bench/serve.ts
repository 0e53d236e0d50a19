import { createServer } from "node:http";
import { getRequestListener } from "@hono/node-server";
import { openAuth } from "@/server/auth/open";
import { readEnv } from "@/server/env";
import { createApp } from "@/server/http/app";
import { listen } from "@/server/http/listen";
import { openLog } from "@/server/log";
import { openInstallation } from "@/server/open-installation";
import { createSource } from "@/server/sources/sources";

/** A process of the bench: `foothold <folder>` or `bare`. Says its port and write key to its parent, then what
 * it has used at each message; stops on SIGTERM. */
const [kind, dataDir = ""] = process.argv.slice(2);

async function serveFoothold() {
  const env = readEnv({
    DATA_DIR: dataDir,
    PORT: "0",
    LOG_LEVEL: "error",
    NODE_ENV: "production",
    FOOTHOLD_API_TOKEN: process.env.FOOTHOLD_API_TOKEN,
  });
  const installation = await openInstallation(env, openLog(env));
  const app = createApp(installation, await openAuth(installation));
  const { writeKey } = await createSource(installation.workspaces.first().metadata, "Bench");
  const { port, servers } = await listen(
    ["127.0.0.1"],
    0,
    getRequestListener((request, { incoming }) => app.fetch(request, { clientAddress: incoming.socket.remoteAddress })),
  );
  process.send?.({ port, writeKey });
  process.once("SIGTERM", async () => {
    for (const server of servers) server.closeAllConnections();
    await installation.close();
    process.exit(0);
  });
}

/** What any server has to do at least: read the body, parse it, answer. */
async function serveBare() {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      JSON.parse(Buffer.concat(chunks).toString());
      response.setHeader("content-type", "application/json");
      response.end('{"success":true}');
    });
  });
  server.listen(0, "127.0.0.1", () => {
    const address = server.address();
    process.send?.({ port: typeof address === "object" ? address?.port : 0, writeKey: "none" });
  });
}

process.on("message", () => {
  const { user, system } = process.cpuUsage();
  process.send?.({ cpuMicroseconds: user + system, residentBytes: process.memoryUsage.rss() });
});
await (kind === "foothold" ? serveFoothold() : serveBare());
