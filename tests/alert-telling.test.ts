import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import * as z from "zod";
import type { NewAlert } from "@/core/api/alerts";
import { createAlert, getAlert, testAlert, updateAlert } from "@/server/alerts/alerts";
import { listMessages } from "@/server/alerts/history";
import { openOutgoing } from "@/server/destinations/outgoing";
import { type SlackServer, startSlack } from "./destinations/slack-server";
import { startWebhook, type WebhookServer } from "./destinations/webhook-server";
import { type AlertWorld, openAlertWorld } from "./support/alert-world";
import { type MailServer, startMailServer } from "./support/mail-server";

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const secret = "a-secret-of-our-own";
const slackUrl = "https://hooks.slack.com/services/T000/B000/secret";
const to = ["anna@example.com", "ben@example.com"];
const keyed = z.object({ id: z.string(), writeKey: z.string() });

let world: AlertWorld;
let mail: MailServer;
let slack: SlackServer;
let webhook: WebhookServer;
let source: z.infer<typeof keyed>;
/** The source that is watched is silent for half an hour in this moment. */
let silentAt: number;

beforeAll(async () => {
  [mail, slack, webhook] = await Promise.all([
    startMailServer(),
    startSlack(),
    startWebhook(secret, () => world.now.getTime()),
  ]);
  world = await openAlertWorld({ mail, slackOrigin: slack.origin });
  source = keyed.parse((await world.app.call("POST", "/api/sources", { name: "Website" })).body);
});
afterAll(async () => {
  await world.close();
  await Promise.all([mail, slack, webhook].map((server) => server.close()));
});
beforeEach(async () => {
  await world.services.metadata.alert.deleteMany({});
  mail.mails.length = 0;
  slack.messages.length = 0;
  webhook.alerts.length = 0;
  await sound();
});

/** The source is heard from, and with that no longer silent. */
async function sound(): Promise<void> {
  await world.track(source.writeKey, "eve", "Opened");
  silentAt = Date.now() + 31 * minuteMs;
}

const channels = {
  email: { via: "email", to },
  slack: { via: "slack", channel: "#growth", webhookUrl: slackUrl },
  webhook: { via: "webhook", url: "", secret },
} as const satisfies Record<string, NewAlert["channel"]>;

async function alertBy(channel: NewAlert["channel"], further: Partial<NewAlert> = {}): Promise<string> {
  const own = channel.via === "webhook" ? { ...channel, url: `${webhook.origin}/hook` } : channel;
  const rule = { kind: "source_silent", sourceId: source.id, minutes: 30, onlyIfWeekBefore: false } as const;
  return (await createAlert(world.services, { rule, channel: own, ...further })).id;
}

const history = (id: string) => listMessages(world.services.metadata, id, { limit: 100, after: undefined });
/** Kinds of what was to be told, the first one first, each with what became of it. */
const told = async (id: string) => (await history(id)).map(({ kind, status }) => `${kind} ${status}`).reverse();

describe("an alert is told once when it begins, and once when it is over", () => {
  test("by email, to everybody who is named", async () => {
    const id = await alertBy(channels.email);
    await world.look(silentAt - 2 * minuteMs);
    expect(mail.mails).toEqual([]);
    for (const later of [0, 1, 2]) await world.look(silentAt + later * hourMs);
    expect(mail.mails).toMatchObject([
      {
        recipients: to,
        parsed: {
          subject: expect.stringMatching(/^\[Foothold\] Alert: Website has sent nothing since .* \(UTC\)\.$/),
          text: expect.stringMatching(/You are told here when Website has sent nothing for 30 minutes\.\nWorkspace: /),
        },
      },
    ]);
    await sound();
    for (const later of [0, 1]) await world.look(Date.now() + later * minuteMs);
    expect(mail.mails.map(({ parsed }) => parsed.subject)).toEqual([
      expect.stringMatching(/^\[Foothold\] Alert: /),
      expect.stringMatching(/^\[Foothold\] Over: Website: no longer, since /),
    ]);
    expect(await told(id)).toEqual(["fired told", "resolved told"]);
    expect((await getAlert(world.services, id)).firings).toEqual([]);
  });

  test("by Slack, where its own marks are plain text", async () => {
    await world.app.call("PATCH", `/api/sources/${source.id}`, { name: "<!channel> & Co" });
    const id = await alertBy(channels.slack);
    await world.look(silentAt);
    await world.look(silentAt + hourMs);
    expect(slack.messages).toEqual([
      expect.stringMatching(/^Alert: &lt;!channel&gt; &amp; Co has sent nothing since /),
    ]);
    await world.app.call("PATCH", `/api/sources/${source.id}`, { name: "Website" });
    await sound();
    await world.look(Date.now());
    expect(slack.messages).toHaveLength(2);
    expect(await told(id)).toEqual(["fired told", "resolved told"]);
  });

  test("by a signed webhook", async () => {
    const id = await alertBy(channels.webhook);
    await world.look(silentAt);
    await world.look(silentAt + hourMs);
    const [{ id: messageId } = { id: "" }] = await history(id);
    expect(webhook.alerts).toMatchObject([
      {
        type: "alert.fired",
        id: messageId,
        alert: { id, words: "Website has sent nothing for 30 minutes" },
        firings: [
          { subjectId: source.id, subjectName: "Website", text: expect.any(String), since: expect.any(String) },
        ],
      },
    ]);
  });

  test.each(["slack", "webhook"])("by a destination of the tool %s", async (tool) => {
    const settings = tool === "slack" ? { webhookUrl: slackUrl } : { url: `${webhook.origin}/hook`, secret };
    const destinationId = await world.create("/api/destinations", { tool, name: "Ours", settings });
    const id = await alertBy({ via: "destination", destinationId });
    expect(await getAlert(world.services, id)).toMatchObject({ channel: { name: "Ours", tool } });
    await world.look(silentAt);
    expect(slack.messages.length + webhook.alerts.length).toBe(1);

    await world.app.call("DELETE", `/api/destinations/${destinationId}`);
    expect(await getAlert(world.services, id)).toMatchObject({ channel: { name: null, tool: null } });
    expect(await testAlert(world.services, id, new AbortController().signal)).toMatchObject({
      ok: false,
      message: expect.stringMatching(/was removed/),
    });
  });
});

test("several that begin together are one message", async () => {
  for (const name of ["App", "Server"]) {
    const other = keyed.parse((await world.app.call("POST", "/api/sources", { name })).body);
    await world.track(other.writeKey, "eve", "Opened");
  }
  silentAt = Date.now() + 31 * minuteMs;
  const id = await alertBy(channels.email, {
    rule: { kind: "source_silent", sourceId: null, minutes: 30, onlyIfWeekBefore: false },
  });
  await world.look(silentAt);
  expect(mail.mails).toHaveLength(1);
  expect(mail.mails[0]?.parsed.subject).toBe("[Foothold] Alert: 3 of them: any source has sent nothing for 30 minutes");
  expect(mail.mails[0]?.parsed.text).toMatch(/• App has.*\n• Server has.*\n/);
  expect((await getAlert(world.services, id)).firings).toHaveLength(3);
});

test("what comes and goes is told once in ten minutes", async () => {
  const id = await alertBy(channels.email);
  await world.look(silentAt);
  const rows = world.services.metadata.alertFiring;
  // It is over for a moment, and so again.
  await rows.updateMany({ where: { alertId: id }, data: { resolvedAt: new Date(silentAt) } });
  await world.look(silentAt + 10 * minuteMs - 1);
  expect(await told(id)).toEqual(["fired told"]);
  expect((await getAlert(world.services, id)).firings).toMatchObject([{ toldAt: null }]);
  await world.look(silentAt + 10 * minuteMs);
  expect(await told(id)).toEqual(["fired told", "fired told"]);
});

test("a reminder comes every so many hours for as long as it is so", async () => {
  const id = await alertBy(channels.email, { remindHours: 6 });
  await world.look(silentAt);
  await world.look(silentAt + 6 * hourMs - 1);
  expect(await told(id)).toEqual(["fired told"]);
  for (const hours of [6, 7, 12]) await world.look(silentAt + hours * hourMs);
  expect(await told(id)).toEqual(["fired told", "reminder told", "reminder told"]);
  expect(mail.mails[1]?.parsed.subject).toMatch(/^\[Foothold\] Still so: /);
});

test("while it is muted nothing is told, and afterwards what still is so", async () => {
  const id = await alertBy(channels.email);
  const mutedUntil = new Date(silentAt + hourMs).toISOString();
  await updateAlert(world.services, id, { mutedUntil });
  await world.look(silentAt);
  expect((await getAlert(world.services, id)).firings).toHaveLength(1);
  await world.look(silentAt + hourMs - 1);
  expect(await told(id)).toEqual([]);
  await world.look(silentAt + hourMs);
  expect(await told(id)).toEqual(["fired told"]);

  await updateAlert(world.services, id, { mutedUntil: new Date(silentAt + 9 * hourMs).toISOString() });
  await sound();
  await world.look(Date.now());
  expect(await told(id)).toEqual(["fired told"]);
});

test("what was found before the process ended is told by the next one, once", async () => {
  const id = await alertBy(channels.email);
  await world.check(silentAt);
  expect(mail.mails).toEqual([]);
  // Another process knows nothing but what is stored.
  await world.look(silentAt + minuteMs);
  await world.look(silentAt + 2 * minuteMs);
  expect(await told(id)).toEqual(["fired told"]);
  expect(mail.mails).toHaveLength(1);
});

describe("telling that fails", () => {
  test("is tried again with growing pauses, in order, until it succeeds", async () => {
    const id = await alertBy(channels.email);
    mail.failNext(2);
    await world.check(silentAt);
    const first = (await world.tell(silentAt)) ?? 0;
    expect(await history(id)).toMatchObject([
      { status: "waiting", attempts: 1, failure: expect.stringMatching(/451 Try again later/) },
    ]);
    // What comes after it waits for it.
    await sound();
    await world.check(Date.now());
    expect(await world.tell(first - 1)).toBe(first);
    const second = (await world.tell(first)) ?? 0;
    expect(second).toBeGreaterThan(first);
    expect(mail.mails).toEqual([]);
    expect(await world.tell(second)).toBeUndefined();
    expect(mail.mails.map(({ parsed }) => parsed.subject?.split(":")[0])).toEqual([
      "[Foothold] Alert",
      "[Foothold] Over",
    ]);
    expect(await told(id)).toEqual(["fired told", "resolved told"]);
  });

  test("is given up after a day, and at once where it would be refused again", async () => {
    const id = await alertBy(channels.slack);
    await slack.expireCredential();
    await world.look(silentAt);
    for (let at = silentAt; at < silentAt + 25 * hourMs; at += 20 * minuteMs) await world.tell(at);
    await slack.renewCredential();
    const [message] = await history(id);
    expect(message).toMatchObject({ status: "gave_up", nextAt: null, failure: expect.stringMatching(/^Answered 404/) });
    expect(message?.attempts).toBeGreaterThan(10);

    const other = await alertBy(channels.email);
    for (const address of to) mail.refuse(address, 550);
    await world.look(silentAt);
    for (const address of to) mail.acceptAgain(address);
    expect(await history(other)).toMatchObject([{ status: "gave_up", attempts: 1 }]);
  });

  test("waits as long as it is asked to, and says nothing of the secret", async () => {
    const id = await alertBy(channels.slack);
    await slack.limitNext();
    await world.check(silentAt);
    await world.tell(silentAt);
    const [message] = await history(id);
    expect(message).toMatchObject({ status: "waiting", failure: "Answered 429: rate_limited." });
    const { metadata } = world.services;
    const stored = JSON.stringify([await metadata.alert.findMany({}), await metadata.alertMessage.findMany({})]);
    expect(stored).not.toContain("B000");
    expect(stored).not.toContain(secret);
  });

  test("of one of several addresses says who was left out", async () => {
    const id = await alertBy(channels.email);
    mail.refuse("ben@example.com", 550);
    await world.look(silentAt);
    mail.acceptAgain("ben@example.com");
    expect(await history(id)).toMatchObject([
      { status: "told", failure: "ben@example.com was refused: 550 No such mailbox." },
    ]);
  });
});

test("a test goes the way of the alert, and says what went wrong", async () => {
  const { signal } = new AbortController();
  const id = await alertBy(channels.email);
  expect(await testAlert(world.services, id, signal)).toEqual({ ok: true, message: "The test was sent." });
  expect(mail.mails).toMatchObject([
    { parsed: { subject: "[Foothold] Test: Website has sent nothing for 30 minutes" } },
  ]);
  mail.failNext(1);
  expect(await testAlert(world.services, id, signal)).toMatchObject({
    ok: false,
    message: expect.stringMatching(/451/),
  });
  const hook = await alertBy(channels.webhook);
  await webhook.expireCredential();
  expect(await testAlert(world.services, hook, signal)).toMatchObject({
    ok: false,
    message: expect.stringMatching(/^Answered 401/),
  });
  await webhook.renewCredential();
  expect(await history(id)).toEqual([]);
});

test("private addresses are not told, unless the operator allows it", async () => {
  const id = await alertBy(channels.webhook);
  const outgoing = openOutgoing({ allowPrivateAddresses: false, filesDir: "/nowhere" });
  const guarded = { ...world.services, outgoing };
  expect(await testAlert(guarded, id, new AbortController().signal)).toMatchObject({
    ok: false,
    message: expect.stringMatching(/private/i),
  });
  await outgoing.close();
  expect(await testAlert(world.services, id, new AbortController().signal)).toMatchObject({ ok: true });
});
