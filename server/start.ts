import { setTimeout as sleep } from "node:timers/promises";
import { type Auth, openAuth } from "./auth/open";
import type { Env } from "./env";
import { createApp } from "./http/app";
import { Gate } from "./http/gate";
import { type Listening, listen } from "./http/listen";
import { openPages, type Pages } from "./http/pages";
import { type Lock, lockDataDir } from "./lock";
import type { Logger } from "./log";
import { openInstallation } from "./open-installation";
import type { OpenedInstallation } from "./services";

/** Requests that are being answered when the process is told to stop have this long to end. */
const graceMs = 15_000;

export interface RunningServer {
  /** Where it can be reached from this machine. */
  address: string;
  /** Resolves once requests can be served. */
  ready: Promise<void>;
  /** Takes nothing more, ends what was begun, stores what was taken, closes the stores, and gives the folder free. */
  stop(): Promise<void>;
}

/**
 * Takes the data folder, listens, and opens the stores behind that. Until they are open every request is answered with 503.
 * Throws LockedError and ListenError before any store is touched.
 */
export async function startServer(env: Env, log: Logger): Promise<RunningServer> {
  const lock = await lockDataDir(env.dataDir, new Date());
  const gate = new Gate(env.mode === "development");
  let listening: Listening;
  try {
    listening = await listen(env.hosts, env.port, gate.listener);
  } catch (error) {
    await lock.release();
    throw error;
  }
  const address = addressOf(env.hosts, listening.port);
  await lock.announce(address);
  const opening = open(env, log, listening, gate);
  return {
    address,
    ready: opening.then(() => undefined),
    stop: async () => stop(await opening, listening, lock),
  };
}

interface Opened {
  installation: OpenedInstallation;
  auth: Auth;
  pages: Pages;
}

async function open(env: Env, log: Logger, listening: Listening, gate: Gate): Promise<Opened> {
  const development = env.mode === "development";
  const [installation, pages] = await Promise.all([
    openInstallation(env, log),
    openPages({ development, port: listening.port }),
  ]);
  const auth = await openAuth(installation);
  if (development) {
    for (const server of listening.servers) {
      server.on("upgrade", (request, socket, head) => {
        pages.upgrade(request, socket, head).catch(() => socket.destroy());
      });
    }
  }
  gate.open({ app: createApp(installation, auth), installation, auth, pages });
  return { installation, auth, pages };
}

async function stop({ installation, pages }: Opened, { servers }: Listening, lock: Lock): Promise<void> {
  for (const { live } of installation.workspaces.all()) live.end();
  const closed = Promise.all(servers.map((server) => new Promise<void>((resolve) => server.close(() => resolve()))));
  // Sockets between two requests would keep a server open for as long as their clients like.
  const idle = setInterval(() => {
    for (const server of servers) server.closeIdleConnections();
  }, 50);
  await Promise.race([closed, sleep(graceMs, undefined, { ref: false })]);
  clearInterval(idle);
  for (const server of servers) server.closeAllConnections();
  await pages.close();
  await installation.close();
  await lock.release();
}

function addressOf(hosts: readonly string[], port: number): string {
  const [host = "localhost"] = hosts;
  const local = hosts.length > 1 || host === "0.0.0.0" || host === "::";
  return `http://${local ? "localhost" : host.includes(":") ? `[${host}]` : host}:${port}`;
}
