import { afterEach, expect, test } from "vitest";
import { fieldsOf } from "../../client/destination-fields";
import { tools } from "../../core/destinations/tools";
import { customerIoDestination } from "../../server/destinations/customer-io/customer-io";
import { hubspotDestination } from "../../server/destinations/hubspot/hubspot";
import { pendoDestination } from "../../server/destinations/pendo/pendo";
import { s3Destination } from "../../server/destinations/s3/s3";
import { digestText } from "../../server/destinations/slack/message";
import { startCustomerIo } from "./customer-io-server";
import { startHubSpot } from "./hubspot-server";
import { startPendo } from "./pendo-server";
import { audience, contextOf, deliverOnce, item, ledTo, type Rig, targetOf } from "./rig";
import { rigs } from "./rigs";
import { startS3 } from "./s3-server";

const open: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of open.splice(0)) await close();
});

/** A rig with its sync prepared, and the way to its server. */
async function opened(rig: Rig, options: Record<string, unknown> = {}) {
  const way = ledTo(rig);
  open.push(way.close, rig.server.close);
  const unprepared = targetOf({ ...rig, options: { ...rig.options, ...options } }, {});
  const prepared = await rig.destination.prepare?.(unprepared, rig.settings, contextOf(way));
  return { rig, way, target: { ...unprepared, prepared: prepared ?? {} } };
}

const withPeople = Object.entries(rigs).filter(([name]) => !name.startsWith("slack"));

test.each(withPeople)("%s makes nobody only to say that they have left", async (_name, start) => {
  const { rig, way, target } = await opened(await start());
  const kind = rig.destination.tool.identifiers[0];
  const outcomes = await deliverOnce(rig, target, [item(1, "exited", kind)], way);
  expect(outcomes).toEqual([{ result: "delivered" }]);
  expect(await rig.members(audience.id)).toEqual([]);
});

test.each(tools.map((tool) => [tool.id, tool] as const))("%s has a form of its settings and options", (_id, tool) => {
  for (const shape of [tool.settings, tool.options]) {
    const fields = fieldsOf(shape);
    expect(fields.map(({ name }) => name)).toEqual(Object.keys(shape.shape));
    for (const { name, title } of fields) expect(title).not.toBe(name);
  }
});

test("Pendo is tried again while another write to the segment is under way", async () => {
  const server = await startPendo();
  const { rig, way, target } = await opened({
    destination: pendoDestination,
    server,
    origin: "https://app.pendo.io",
    settings: { integrationKey: server.key },
    members: () => server.visitors(audience.name),
  });
  server.beBusyNext();
  const items = [item(1, "entered", "userId")];
  await expect(deliverOnce(rig, target, items, way)).rejects.toMatchObject({ fault: "unavailable" });
  await deliverOnce(rig, target, items, way);
  expect(await rig.members(audience.id)).toContain("person-1");
});

test("Customer.io is told moments as seconds, and one event of a change however often it comes", async () => {
  const server = await startCustomerIo();
  const { rig, way, target } = await opened(
    {
      destination: customerIoDestination,
      server,
      origin: "https://track.customer.io",
      settings: { siteId: server.siteId, apiKey: server.apiKey },
      members: () => server.having(audience.key),
    },
    { sendEvents: true },
  );
  const entering = { ...item(1, "entered", "userId"), fields: { trial_ends: "2026-12-01T00:00:00Z", plan: "trial" } };
  await deliverOnce(rig, target, [entering], way);
  await deliverOnce(rig, target, [entering], way);
  expect(server.attributesOf("person-1")).toEqual({ trial_ends: 1_796_083_200, plan: "trial", [audience.key]: true });
  expect([...server.events.values()]).toEqual([{ person: "person-1", name: "Audience Entered" }]);
});

test("HubSpot's property gets a name that it takes, and nobody is made where that is not wanted", async () => {
  const server = await startHubSpot();
  const { rig, way, target } = await opened(
    {
      destination: hubspotDestination,
      server,
      origin: "https://api.hubapi.com",
      settings: { accessToken: server.token },
      members: () => server.having("audience_2_weeks_in"),
    },
    { property: "2 Weeks in!", createPeople: false },
  );
  await deliverOnce(rig, target, [item(1, "entered", "email")], way);
  expect(await rig.members(audience.id)).toEqual([]);
  const creating = { ...target, options: { property: "2 Weeks in!", createPeople: true } };
  await deliverOnce(rig, creating, [item(1, "entered", "email")], way);
  await deliverOnce(rig, target, [item(2, "entered", "email"), item(1, "entered", "email")], way);
  expect(await rig.members(audience.id)).toEqual(["person-1@example.com"]);
});

test("a file of S3 is CSV where that is chosen, once for a batch however often it comes", async () => {
  const server = await startS3();
  const { rig, way, target } = await opened(
    {
      destination: s3Destination,
      server,
      origin: server.origin,
      settings: { ...server.settings, prefix: "people/of=us/" },
      members: () => server.members(),
    },
    { format: "csv" },
  );
  const items = [
    { ...item(1, "entered", "userId"), key: "k1", at: "2026-11-23T10:00:00.000Z", fields: { plan: "=a,b" } },
    { ...item(2, "exited", "userId"), key: "k2", at: "2026-11-23T10:00:01.000Z", fields: {} },
  ];
  await deliverOnce(rig, target, items, way);
  await deliverOnce(rig, target, items, way);
  expect([...server.objects.keys()]).toEqual([
    expect.stringMatching(/^people\/of=us\/stuck_before_activation\/2026-11-23\/[0-9a-f]{32}\.csv$/),
  ]);
  const [file] = server.objects.values();
  expect(file?.type).toBe("text/csv; charset=utf-8");
  expect(file?.text.split("\r\n").slice(0, 2)).toEqual([
    "id,change,timestamp,audience_key,audience_name,identifier_kind,identifier,profile_id,user_id,email,traits",
    'k1,entered,2026-11-23T10:00:00.000Z,stuck_before_activation,Stuck before activation,userId,person-1,1,person-1,person-1@example.com,"{""plan"":""=a,b""}"',
  ]);
});

test("Slack's digest says how many, names ten, and escapes what Slack reads as marks", () => {
  const people = Array.from({ length: 12 }, (_, index) => item(index, "entered", "userId"));
  expect(digestText(people, { ...audience, name: "A & <b>" })).toBe(
    "12 people entered A &amp; &lt;b&gt;: person-0, person-1, person-2, person-3, person-4, person-5, person-6, person-7, person-8, person-9 and 2 more",
  );
  expect(
    digestText([{ ...item(1, "exited", "userId"), fields: { Plan: "pro", Tags: ["a"], Name: null } }], audience),
  ).toBe("person-1 left Stuck before activation (Plan: pro)");
});
