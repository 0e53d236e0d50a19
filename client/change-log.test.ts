import { expect, test } from "vitest";
import type { MembershipChange } from "@/core/api/memberships";
import { newerThan, withBatch } from "./change-log";

const change = (cursor: number): MembershipChange => ({
  cursor: String(cursor),
  profileId: "p1",
  userId: "u",
  anonymousIds: [],
  email: null,
  change: "entered",
  at: "2026-12-01T00:00:00.000Z",
  recordedAt: "2026-12-01T00:00:00.000Z",
  cause: "message",
  messageId: null,
  reason: [],
  isDeleted: false,
});
const batch = (cursors: number[], more = false) => ({ items: cursors.map(change), more });
const nothing = { changes: [], hasOlder: false };
const cursors = ({ changes }: { changes: readonly MembershipChange[] }) => changes.map(({ cursor }) => Number(cursor));

test("what comes in stands on top, and what came before is not told twice", () => {
  const first = withBatch(nothing, batch([3, 5]));
  expect(cursors(first)).toEqual([5, 3]);
  expect(first.hasOlder).toBe(false);
  const again = withBatch(first, batch([3, 5, 9]));
  expect(cursors(again)).toEqual([9, 5, 3]);
  expect(withBatch(again, batch([]))).toBe(again);
  expect(newerThan(again.changes, first.changes)).toBe(1);
  expect(newerThan(again.changes, [])).toBe(3);
});

test("after a gap the log begins anew, so that older ones are asked for", () => {
  const first = withBatch(nothing, batch([3, 5]));
  const after = withBatch(first, batch([70, 80], true));
  expect(cursors(after)).toEqual([80, 70]);
  expect(after.hasOlder).toBe(true);
  expect(newerThan(after.changes, first.changes)).toBe(2);
});

test("only so many are held, without a gap at the end of them", () => {
  const many = Array.from({ length: 1_999 }, (_, index) => index + 1);
  const held = withBatch(nothing, batch(many));
  expect(held.hasOlder).toBe(false);
  const trimmed = withBatch(held, batch([2_000, 2_001, 2_002]));
  expect(cursors(trimmed).slice(0, 4)).toEqual([2_002, 2_001, 2_000, 1_999]);
  expect(trimmed.changes).toHaveLength(200);
  expect(trimmed.hasOlder).toBe(true);
});
