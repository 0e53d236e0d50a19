import * as z from "zod";
import { checkAlerts } from "@/server/alerts/check-alerts";
import { LastAccepted } from "@/server/alerts/last-accepted";
import { tellWaiting } from "@/server/alerts/tell-waiting";
import type { OutgoingFetch } from "@/server/destinations/outgoing";

import { readEnv } from "@/server/env";
import type { Services } from "@/server/services";
import { openTestApp, type TestApp } from "./app";
import type { MailServer } from "./mail-server";

const made = z.object({ id: z.string() });

/** A workspace on real stores whose alerts are looked at when a test says so, at the moment that it says. */
export interface AlertWorld {
  readonly app: TestApp;
  /** With the test's clock. */
  readonly services: Services;
  /** The moment that everything is looked at from. */
  now: Date;
  /** Looks, and tells what is to be told. */
  look(at?: number | Date): Promise<void>;
  /** Looks only, as a process that is ended before it tells. */
  check(at?: number | Date): Promise<void>;
  tell(at?: number | Date): Promise<number | undefined>;
  create(path: string, body: unknown): Promise<string>;
  track(writeKey: string, userId: string, event: string, timestamp?: Date): Promise<void>;
  close(): Promise<void>;
}

/** `slackOrigin` stands in for hooks.slack.com. */
export async function openAlertWorld({
  mail,
  slackOrigin,
}: {
  mail?: MailServer;
  slackOrigin?: string;
} = {}): Promise<AlertWorld> {
  const { mail: settings } =
    mail === undefined
      ? { mail: undefined }
      : readEnv({
          SMTP_URL: `smtp://127.0.0.1:${mail.port}?tls=off`,
          MAIL_FROM: "Foothold <foothold@example.com>",
        });
  const app = await openTestApp({ allowPrivateAddresses: true, mail: settings });
  const { services: opened } = app;
  const fetch: OutgoingFetch = (address, request) =>
    opened.outgoing.fetch(
      String(address).replace("https://hooks.slack.com", slackOrigin ?? "http://127.0.0.1:9"),
      request,
    );
  const world: AlertWorld = {
    app,
    // Its own worker sleeps for as long as nobody wakes it.
    services: {
      ...opened,
      outgoing: { ...opened.outgoing, fetch },
      alerts: { wake: () => undefined },
      now: () => world.now,
    },
    now: new Date(),
    async look(at) {
      await world.check(at);
      await world.tell(at);
    },
    async check(at = world.now) {
      world.now = new Date(at);
      const lastAccepted = new LastAccepted(opened.eventStore, 0);
      await checkAlerts({ ...world.services, lastAccepted }, world.now);
    },
    tell(at = world.now) {
      world.now = new Date(at);
      return tellWaiting(world.services, () => world.now, new AbortController().signal);
    },
    async create(path, body) {
      const answer = await app.call("POST", path, body);
      if (answer.status !== 201) throw new Error(JSON.stringify(answer.body));
      return made.parse(answer.body).id;
    },
    async track(writeKey, userId, event, timestamp = new Date()) {
      const sent = { writeKey, userId, event, timestamp: timestamp.toISOString() };
      const { status, body } = await app.call("POST", "/v1/track", sent);
      if (status !== 200) throw new Error(JSON.stringify(body));
    },
    close: () => app.close(),
  };
  return world;
}
