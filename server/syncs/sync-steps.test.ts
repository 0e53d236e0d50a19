import { afterAll, beforeAll, expect, test } from "vitest";
import { openTestApp, type TestApp } from "@/tests/support/app";
import { PeopleBits } from "../event-store/people-bits";
import { type BookEntry, PeopleBook } from "./people-book";
import { nextEntering, nextLeaving } from "./sync-steps";

const at = new Date("2026-03-01T00:00:00.000Z");
const sync = { id: "s1", cursor: "7" };

let app: TestApp;
let book: PeopleBook;
beforeAll(async () => {
  app = await openTestApp();
  book = await PeopleBook.open(app.services.eventStore, sync.id);
});
afterAll(() => app.close());

const entry = (profile: number, state: BookEntry["state"]): BookEntry => ({
  profile,
  state,
  kind: "userId",
  identifier: `u${profile}`,
  key: `s1.c7.${state}.p${profile}`,
  changedAt: at.getTime(),
  ...(state === "leaving" ? { waits: { attempts: 0, dueAt: at.getTime() } } : {}),
});

test("a sweep lets go whoever is not wanted, and ends what was begun of whoever is wanted again before they enter", async () => {
  await book.write([entry(1, "in"), entry(2, "in"), entry(3, "leaving"), entry(4, "out")], at.getTime());
  const wanted = { people: PeopleBits.ofNumbers([2, 3, 4]), suppressed: PeopleBits.none, cursor: 7 };
  const { steps, next } = await nextLeaving(sync, wanted, book, { from: 0, limit: 10, at });
  expect(next).toBeNull();
  expect(steps.map(({ profile, change }) => [profile, change])).toEqual([
    [1, "exited"],
    [3, "exited"],
  ]);
  expect(steps[1]?.key).toBe("s1.c7.leaving.p3");

  const entering = await nextEntering(sync, wanted, book, { from: 0, limit: 10, at });
  expect(entering.map(({ profile, change }) => [profile, change])).toEqual([
    [2, "entered"],
    [3, "entered"],
    [4, "entered"],
  ]);
  expect(new Set([...steps, ...entering].map(({ key }) => key)).size).toBe(5);
});
