import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { DeliveryItem, SyncTarget } from "../../server/destinations/destination";
import {
  audience,
  contextOf,
  deliverAll,
  deliverOnce,
  event,
  identifierOf,
  item,
  ledTo,
  type Rig,
  targetOf,
} from "./rig";
import { rigs } from "./rigs";

const range = (from: number, to: number) => Array.from({ length: to - from }, (_, index) => from + index);

describe.each(Object.entries(rigs))("%s", (_name, start) => {
  let rig: Rig;
  let way: ReturnType<typeof ledTo>;
  let target: SyncTarget<unknown>;
  const inside = new Set<number>();

  beforeAll(async () => {
    rig = await start();
    way = ledTo(rig);
    target = targetOf(rig, {});
  });
  afterAll(async () => {
    await way.close();
    await rig.server.close();
  });

  const kind = () => rig.destination.tool.identifiers[0];
  const context = () => contextOf(way);
  const change = (entering: readonly number[], leaving: readonly number[] = []): DeliveryItem[] => {
    for (const person of entering) inside.add(person);
    for (const person of leaving) inside.delete(person);
    return [
      ...leaving.map((person) => item(person, "exited", kind())),
      ...entering.map((person) => item(person, "entered", kind())),
    ];
  };
  const deliver = (items: readonly DeliveryItem[]) => deliverAll(rig, target, items, way);
  const expectTheAudience = async () => {
    const expected = [...inside].map((person) => identifierOf(person, kind())).sort();
    expect([...(await rig.members(audience.id))].sort()).toEqual(expected);
  };

  test("says that it is connected, and finds again what it made", async () => {
    expect(await rig.destination.test(rig.settings, context())).toMatch(/\.$/);
    const { prepared: _, ...unprepared } = target;
    const prepared = (await rig.destination.prepare?.(unprepared, rig.settings, context())) ?? {};
    expect((await rig.destination.prepare?.(unprepared, rig.settings, context())) ?? {}).toEqual(prepared);
    target = targetOf(rig, prepared);
  });

  test("first sends everybody, then who enters and leaves", async () => {
    const many = Math.min(rig.destination.tool.batchSize * 2 + 3, 230);
    expect(await deliver(change(range(0, many)))).toEqual(new Map());
    await expectTheAudience();
    expect(await deliver(change(range(many, many + 5), range(0, 7)))).toEqual(new Map());
    await expectTheAudience();
  });

  test("takes nothing amiss when a change comes twice", async () => {
    const items = change([500, 501], [20]);
    await deliver(items);
    await deliver(items);
    await expectTheAudience();
  });

  test("says when it is too much, and goes on after that", async () => {
    const items = change([510], [21]);
    await rig.server.limitNext();
    await expect(deliverOnce(rig, target, items, way)).rejects.toMatchObject({ fault: "rate_limited" });
    await rig.server.limitNext();
    expect(await deliver(items)).toEqual(new Map());
    await expectTheAudience();
  });

  test("gives up the one person whom the tool refuses, and nobody else", async () => {
    if (rig.refusesOne === false) return;
    const refused = identifierOf(520, kind());
    await rig.server.refuse(refused);
    const gaveUp = await deliver(change([519, 520, 521], [22]));
    expect([...gaveUp.keys()]).toEqual([refused]);
    expect(gaveUp.get(refused)).not.toBe("");
    inside.delete(520);
    await expectTheAudience();
    await rig.server.acceptAgain(refused);
  });

  test("says that the credential does not hold, and goes on with one that does", async () => {
    const items = change([530], [23]);
    await rig.server.expireCredential();
    await expect(rig.destination.test(rig.settings, context())).rejects.toMatchObject({ fault: "credential" });
    await expect(deliverOnce(rig, target, items, way)).rejects.toMatchObject({ fault: "credential" });
    await rig.server.renewCredential();
    expect(await deliver(items)).toEqual(new Map());
    await expectTheAudience();
  });

  test("is not harmed by a batch whose answer never came", async () => {
    const items = change([540, 541], [24]);
    await rig.server.cutNextAnswer();
    expect(await deliver(items)).toEqual(new Map());
    await expectTheAudience();
  });

  test("answers whom it has, where it can be asked", async () => {
    expect(rig.destination.list !== undefined).toBe(rig.destination.tool.canBeAsked);
    const listed: string[] = [];
    for await (const piece of rig.destination.list?.(target, kind(), rig.settings, context()) ?? [])
      listed.push(...piece);
    expect(listed.sort()).toEqual(rig.destination.tool.canBeAsked ? [...(await rig.members(audience.id))].sort() : []);
  });

  test("takes events, where it does", async () => {
    expect(rig.destination.forward !== undefined).toBe(rig.destination.tool.takesEvents);
    const events = [30, 31, 32].map((person) => event(person, kind()));
    const outcomes = await rig.destination.forward?.(events, rig.settings, context());
    if (outcomes === undefined) return;
    expect(outcomes).toEqual(events.map(() => ({ result: "delivered" })));
    const told = ((await rig.events?.()) ?? []).filter(({ name }) => name === "Project Created");
    expect(told.map(({ person }) => person)).toEqual([30, 31, 32].map((person) => identifierOf(person, kind())));
  });
});
