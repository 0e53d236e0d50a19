import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import * as z from "zod";
import { createAlert, getAlert } from "@/server/alerts/alerts";
import { hasJumped } from "@/server/alerts/audience-jumped";
import { LastAccepted } from "@/server/alerts/last-accepted";
import { sourcesSilent } from "@/server/alerts/source-silent";
import { startWebhook, type WebhookServer } from "./destinations/webhook-server";
import { type AlertWorld, openAlertWorld } from "./support/alert-world";

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const secret = "a-secret-of-our-own";
const keyed = z.object({ id: z.string(), writeKey: z.string() });
const signedUp = { version: 1, root: { kind: "event", event: "Signed Up" } };

let world: AlertWorld;
let receiver: WebhookServer;
let source: z.infer<typeof keyed>;
beforeAll(async () => {
  world = await openAlertWorld();
  receiver = await startWebhook(secret);
  source = keyed.parse((await world.app.call("POST", "/api/sources", { name: "Website" })).body);
});
afterAll(async () => {
  await world.close();
  await receiver.close();
});
beforeEach(async () => {
  await world.services.metadata.alert.deleteMany({});
});

/** An alert with this rule, told at the receiver. */
async function alertOn(rule: Parameters<typeof createAlert>[1]["rule"]) {
  const channel = { via: "webhook", url: `${receiver.origin}/hook`, secret } as const;
  const { id } = await createAlert(world.services, { rule, channel });
  return {
    /** What is firing when it is looked at in that moment. */
    async at(moment: number) {
      await world.check(moment);
      return (await getAlert(world.services, id)).firings;
    },
  };
}

async function sync(audience: string, person: string) {
  const audienceId = await world.create("/api/audiences", {
    name: audience,
    definition: { version: 1, root: { kind: "event", event: `${audience} Done` } },
  });
  const destinationId = await world.create("/api/destinations", {
    tool: "webhook",
    name: "Our hook",
    settings: { url: `${receiver.origin}/hook`, secret },
  });
  const id = await world.create("/api/syncs", { audienceId, destinationId });
  await world.track(source.writeKey, person, `${audience} Done`);
  return { id, destinationId };
}

describe("a sync that fails", () => {
  test("fires once it has failed for so long without a break, and is over when it delivers", async () => {
    await receiver.expireCredential();
    const { id, destinationId } = await sync("Trials", "anna");
    const other = await alertOn({
      kind: "sync_failing",
      destinationId: (await sync("Others", "ben")).destinationId,
      minutes: 60,
    });
    const { at } = await alertOn({ kind: "sync_failing", destinationId, minutes: 10 });
    const row = () => world.services.metadata.sync.findUniqueOrThrow({ where: { id } });
    const since = await vi.waitFor(async () => z.date().parse((await row()).troubleSince), { timeout: 20_000 });
    expect(await at(since.getTime() + 10 * minuteMs - 1)).toEqual([]);
    expect(await at(since.getTime() + 10 * minuteMs)).toMatchObject([
      {
        subjectId: id,
        subjectName: "Trials to Our hook",
        since: since.toISOString(),
        text: expect.stringMatching(/^Trials to Our hook has been failing since .*\(UTC\)\. Answered 401/),
      },
    ]);
    expect(await other.at(since.getTime() + 10 * minuteMs)).toEqual([]);
    // Another failure does not begin the time anew.
    world.app.services.syncs.restartOf(destinationId);
    await vi.waitFor(async () => expect((await row()).trouble).toMatchObject({ attempts: 1 }), { timeout: 20_000 });
    expect((await row()).troubleSince).toEqual(since);

    await receiver.renewCredential();
    world.app.services.syncs.restartOf(destinationId);
    await vi.waitFor(async () => expect((await row()).troubleSince).toBeNull(), { timeout: 20_000 });
    expect(await at(since.getTime() + 11 * minuteMs)).toEqual([]);
  });

  test("does not fire while it is paused", async () => {
    await receiver.expireCredential();
    const { id, destinationId } = await sync("Pausing", "carl");
    const { at } = await alertOn({ kind: "sync_failing", destinationId: null, minutes: 1 });
    const since = await vi.waitFor(
      async () =>
        z.date().parse((await world.services.metadata.sync.findUniqueOrThrow({ where: { id } })).troubleSince),
      { timeout: 20_000 },
    );
    expect((await at(since.getTime() + minuteMs)).map((one) => one.subjectId)).toContain(id);
    await world.app.call("PATCH", `/api/syncs/${id}`, { status: "paused" });
    expect((await at(since.getTime() + minuteMs)).map((one) => one.subjectId)).not.toContain(id);
    await receiver.renewCredential();
    world.app.services.syncs.restartOf(destinationId);
  });
});

test("deliveries that were given up fire by their number, for as long as the span reaches", async () => {
  await receiver.refuse("dora");
  const { id, destinationId } = await sync("Refused", "dora");
  const one = await alertOn({ kind: "deliveries_given_up", destinationId, deliveries: 1, hours: 24 });
  const two = await alertOn({ kind: "deliveries_given_up", destinationId, deliveries: 2, hours: 24 });
  const gaveUp = await vi.waitFor(
    async () => {
      const { body } = await world.app.call("GET", `/api/deliveries?syncId=${id}&result=gave_up`);
      const { items } = z.object({ items: z.tuple([z.object({ at: z.coerce.date() })]) }).parse(body);
      return items[0].at.getTime();
    },
    { timeout: 20_000 },
  );
  expect(await one.at(gaveUp - 1)).toEqual([]);
  expect(await one.at(gaveUp)).toMatchObject([
    { subjectId: id, text: "Refused to Our hook gave up 1 delivery within 1 day." },
  ]);
  expect(await two.at(gaveUp)).toEqual([]);
  expect(await one.at(gaveUp + 24 * hourMs - 1)).toHaveLength(1);
  expect(await one.at(gaveUp + 24 * hourMs)).toEqual([]);
});

describe("an audience that jumps", () => {
  test("fires from the moment that its size differs by enough until the span has passed", async () => {
    const audienceId = await world.create("/api/audiences", { name: "Signed up", definition: signedUp });
    await world.services.memberships.upToDate();
    const rule = { kind: "audience_jumped", audienceId, direction: "grew", percent: 20, people: 3, hours: 1 } as const;
    const [grew, more, shrank] = [
      await alertOn(rule),
      await alertOn({ ...rule, percent: 30 }),
      await alertOn({ ...rule, direction: "shrank" }),
    ];
    const moment = Math.floor(Date.now() / 1000) * 1000 - 30 * minuteMs;
    for (let person = 0; person < 10; person++) {
      await world.track(source.writeKey, `old-${person}`, "Signed Up", new Date(moment - 48 * hourMs));
    }
    for (let person = 0; person < 3; person++) {
      await world.track(source.writeKey, `new-${person}`, "Signed Up", new Date(moment));
    }
    await vi.waitFor(() => expect(world.services.memberships.current(audienceId)?.members.count).toBe(13), {
      timeout: 20_000,
    });
    // It was made a moment ago: of its size an hour before nothing is known.
    expect(await grew.at(moment)).toEqual([]);
    await world.services.metadata.audience.updateMany({
      where: { id: audienceId },
      data: { createdAt: new Date(moment - 72 * hourMs) },
    });
    expect(await grew.at(moment - 1)).toEqual([]);
    expect(await grew.at(moment)).toMatchObject([
      { subjectId: audienceId, text: "Signed up grew from 10 to 13 people within 1 hour (+3, 30%)." },
    ]);
    expect(await more.at(moment)).toEqual([]);
    expect(await shrank.at(moment)).toEqual([]);
    expect(await grew.at(moment + hourMs - 1)).toHaveLength(1);
    expect(await grew.at(moment + hourMs)).toEqual([]);
  });

  test.each([
    ["either", 100, 79, true],
    ["either", 100, 121, true],
    ["either", 100, 80, false],
    ["grew", 100, 79, false],
    ["shrank", 100, 79, true],
    ["shrank", 100, 121, false],
    ["either", 0, 10, true],
    ["either", 0, 9, false],
    ["either", 20, 11, false],
    ["either", 100, 100, false],
  ] as const)("by a fifth and ten people: %s from %d to %d is %s", (direction, before, after, expected) => {
    expect(hasJumped({ direction, percent: 20, people: 10 }, before, after)).toBe(expected);
  });
});

describe("a source that goes silent", () => {
  const silentWorld = async () => {
    const { id, writeKey } = keyed.parse((await world.app.call("POST", "/api/sources", { name: "App" })).body);
    await world.track(writeKey, "eve", "Opened");
    const heard = async () => (await new LastAccepted(world.app.services.eventStore, 0).all()).get(id) ?? 0;
    return { id, writeKey, heard };
  };

  test("fires after so long without a message, and is over with the next one", async () => {
    const { id, writeKey, heard } = await silentWorld();
    const { at } = await alertOn({ kind: "source_silent", sourceId: id, minutes: 30, onlyIfWeekBefore: false });
    const last = await heard();
    expect(await at(last + 30 * minuteMs - 1)).toEqual([]);
    expect(await at(last + 30 * minuteMs)).toMatchObject([
      {
        subjectId: id,
        since: new Date(last).toISOString(),
        text: expect.stringMatching(/^App has sent nothing since /),
      },
    ]);
    await world.track(writeKey, "eve", "Opened again");
    expect(await heard()).toBeGreaterThan(last);
    expect(await at(last + 30 * minuteMs)).toEqual([]);
  });

  test("is not one that was never heard from, is switched off, or that Foothold made", async () => {
    const { id, heard } = await silentWorld();
    await world.create("/api/sources", { name: "Never used" });
    await world.app.call("POST", "/api/imports?format=ndjson", { type: "track", userId: "frank", event: "Imported" });
    const { at } = await alertOn({ kind: "source_silent", sourceId: null, minutes: 30, onlyIfWeekBefore: false });
    const late = (await heard()) + hourMs;
    const names = async () => (await at(late)).map(({ subjectName }) => subjectName).sort();
    expect(await names()).toEqual(["App", "App", "Website"]);
    await world.app.call("PATCH", `/api/sources/${id}`, { enabled: false });
    expect(await names()).toEqual(["App", "Website"]);
  });

  test("fires only where it sent something a week before, where that is asked", async () => {
    const { id, heard } = await silentWorld();
    const { at } = await alertOn({ kind: "source_silent", sourceId: id, minutes: 30, onlyIfWeekBefore: true });
    const moment = (await heard()) + 45 * minuteMs;
    expect(await at(moment)).toEqual([]);
    const weekBefore = Math.floor((moment - 7 * 24 * hourMs - 10 * minuteMs) / minuteMs) * 60;
    await world.app.services.eventStore.insert("ingest_minutes", [
      { minute: weekBefore, source: id, outcome: "refused", code: "x", messages: 5 },
    ]);
    expect(await at(moment)).toEqual([]);
    await world.app.services.eventStore.insert("ingest_minutes", [
      { minute: weekBefore, source: id, outcome: "accepted", code: "", messages: 1 },
    ]);
    expect(await at(moment)).toHaveLength(1);
  });

  test("does not begin to fire in the first minutes after a start, and stays so through one", async () => {
    const { id, heard } = await silentWorld();
    const moment = (await heard()) + 60 * minuteMs;
    const { eventStore, memberships, metadata } = world.app.services;
    const rule = { kind: "source_silent", sourceId: id, minutes: 30, onlyIfWeekBefore: false } as const;
    const found = (sinceStart: number, isOpen: boolean) => {
      const lastAccepted = new LastAccepted(eventStore, moment - sinceStart);
      const stores = { eventStore, memberships, metadata, lastAccepted };
      return sourcesSilent(rule, { stores, now: new Date(moment), shown: String, isOpen: () => isOpen });
    };
    expect(await found(5 * minuteMs - 1, false)).toEqual([]);
    expect(await found(5 * minuteMs - 1, true)).toHaveLength(1);
    expect(await found(5 * minuteMs, false)).toHaveLength(1);
  });

  test("is heard of as it comes in, with one question to the store", async () => {
    const { id, writeKey, heard } = await silentWorld();
    const { observers } = world.app.services.intake.options;
    const listening = z.instanceof(LastAccepted).parse(observers.find((one) => one instanceof LastAccepted));
    expect((await listening.all()).get(id)).toBe(await heard());
    await world.track(writeKey, "eve", "Opened again");
    expect((await listening.all()).get(id)).toBe(await heard());
    const before = await heard();
    // What is refused is nothing that was heard.
    await world.app.call("POST", "/v1/track", { writeKey, userId: "eve" });
    expect((await listening.all()).get(id)).toBe(before);
  });
});
