import { fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { getRequestListener } from "@hono/node-server";
import * as z from "zod";
import { createAudience } from "@/server/audiences/audiences";
import { openAuth } from "@/server/auth/open";
import { type Env, readEnv } from "@/server/env";
import { param, sql } from "@/server/event-store/sql";
import { createApp } from "@/server/http/app";
import { listen } from "@/server/http/listen";
import { openLog } from "@/server/log";
import { openInstallation } from "@/server/open-installation";
import type { Services } from "@/server/services";
import { createSource } from "@/server/sources/sources";
import { generateOnce } from "./generate";
import { mixedDefinition } from "./membership-definitions";

/** Milliseconds; of nothing there are none. */
export interface Spread {
  readonly count: number;
  readonly p50: number;
  readonly p99: number;
  readonly most: number;
}

interface MembershipTiming {
  readonly audiences: number;
  /** Until the members of all audiences were found for the first time. */
  readonly beginSeconds: number;
  /** Share of one core that the process takes while nothing comes in. */
  readonly idleShare: number;
  readonly eventsPerSecond: number;
  /** From the acknowledgement of a message to the record of the change that it makes. */
  readonly byMessage: Spread;
  /** From the moment at which time alone changes something to its record. */
  readonly byTime: Spread;
  /** Share of one core that the process takes under this load, taking events in included. */
  readonly loadShare: number;
  readonly residentBytes: number;
}

export interface MembershipTimings {
  readonly messages: number;
  readonly people: number;
  readonly seconds: number;
  /** Share of one core of a workspace without audiences. */
  readonly emptyIdleShare: number;
  readonly timings: readonly MembershipTiming[];
}

const rate = 1_000;
const idleSeconds = 10;
const sentBySender = z.object({ acknowledged: z.array(z.tuple([z.string(), z.number()])), seconds: z.number() });
const changeRow = z.strictObject({ cursor: z.int(), at: z.int(), cause: z.string(), messageId: z.string() });
const lastRow = z.strictObject({ cursor: z.int() });

/** The whole server in this process, whoever sends in another: 1,000 events a second to a population, with more and more audiences. */
export async function timeMembership(
  dataDir: string,
  messages: number,
  sizes: readonly number[],
  seconds: number,
): Promise<MembershipTimings> {
  const env = readEnv({ DATA_DIR: dataDir, PORT: "0", LOG_LEVEL: "error", NODE_ENV: "production" });
  const people = await generated(env, messages);
  const installation = await openInstallation(env, openLog(env));
  const app = createApp(installation, await openAuth(installation));
  const services = installation.workspaces.first();
  const { port, servers } = await listen(
    ["127.0.0.1"],
    0,
    getRequestListener((request, { incoming }) => app.fetch(request, { clientAddress: incoming.socket.remoteAddress })),
  );
  try {
    const { writeKey } = await createSource(services.metadata, "Bench");
    const emptyIdleShare = await shareWhile(() => pause(idleSeconds * 1000));
    const timings: MembershipTiming[] = [];
    const ids: string[] = [];
    for (const audiences of sizes) {
      console.error(`Timing ${audiences} audiences`);
      const begun = performance.now();
      while (ids.length < audiences) {
        const definition = mixedDefinition(ids.length, ids[0]);
        ids.push((await createAudience(services, { name: `Audience ${ids.length}`, definition }, null)).id);
      }
      await services.memberships.upToDate();
      const beginSeconds = (performance.now() - begun) / 1000;
      const idleShare = await shareWhile(() => pause(idleSeconds * 1000));
      const load = [`http://127.0.0.1:${port}`, writeKey, String(rate), String(seconds), String(people)];
      timings.push({ audiences, beginSeconds, idleShare, ...(await timeLoad(services, load, `with-${audiences}`)) });
    }
    return { messages, people, seconds, emptyIdleShare, timings };
  } finally {
    for (const server of servers) {
      server.close();
      server.closeAllConnections();
    }
    await installation.close();
  }
}

/** Answers of how many people. Closed again, for what is opened goes on from the last arrival that it finds. */
async function generated(env: Env, messages: number): Promise<number> {
  const installation = await openInstallation(env, openLog(env));
  try {
    return (await generateOnce(installation.workspaces.first().eventStore, messages)).people;
  } finally {
    await installation.close();
  }
}

async function timeLoad(services: Services, load: readonly string[], name: string) {
  const { eventStore, memberships } = services;
  const recorded: { cursor: number; at: number }[] = [];
  const unlisten = memberships.onChange(({ cursor }) => recorded.push({ cursor, at: Date.now() }));
  const [before] = await eventStore.query(sql`SELECT max(cursor) AS cursor FROM membership_changes`, lastRow);
  const started = Date.now();
  let sent: z.infer<typeof sentBySender> | undefined;
  const loadShare = await shareWhile(async () => {
    sent = await sendSteadily([...load, name]);
  });
  if (!sent) throw new Error("Nothing was sent");
  await memberships.upToDate();
  unlisten();
  const rows = await eventStore.query(
    sql`SELECT cursor, toUnixTimestamp64Milli(at) AS at, toString(cause) AS cause, message_id AS messageId
      FROM membership_changes WHERE cursor > ${param.uint64(before?.cursor ?? 0)} ORDER BY cursor`,
    changeRow,
  );
  const acknowledged = new Map(sent.acknowledged);
  const byMessage: number[] = [];
  const byTime: number[] = [];
  let told = 0;
  for (const { cursor, at, cause, messageId } of rows) {
    while ((recorded[told]?.cursor ?? Infinity) < cursor) told += 1;
    const recordedAt = recorded[told]?.at ?? Date.now();
    const acknowledgedAt = acknowledged.get(messageId);
    if (cause === "moment" && at >= started) byTime.push(recordedAt - at);
    if (cause === "message" && acknowledgedAt !== undefined) byMessage.push(recordedAt - acknowledgedAt);
  }
  return {
    eventsPerSecond: sent.acknowledged.length / sent.seconds,
    byMessage: spreadOf(byMessage),
    byTime: spreadOf(byTime),
    loadShare,
    residentBytes: process.memoryUsage.rss(),
  };
}

async function sendSteadily(args: readonly string[]): Promise<z.infer<typeof sentBySender>> {
  const child = fork(join(import.meta.dirname, "send-steadily.js"), args);
  const failed = once(child, "exit").then((): never => {
    throw new Error("What sends events has ended");
  });
  const [message] = await Promise.race([once(child, "message"), failed]);
  await failed.catch(() => undefined);
  return sentBySender.parse(message);
}

async function shareWhile(work: () => Promise<void>): Promise<number> {
  const [before, started] = [process.cpuUsage(), performance.now()];
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000 / (performance.now() - started);
}

function spreadOf(values: readonly number[]): Spread {
  const sorted = values.toSorted((one, other) => one - other);
  const at = (share: number) =>
    Math.max(0, sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0);
  return { count: sorted.length, p50: at(0.5), p99: at(0.99), most: at(1) };
}
