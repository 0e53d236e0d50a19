import { expect, test } from "vitest";
import { keyAfter } from "./plan-items";

const first = "s1.c7.entered.p3";

test("a change that was begun keeps its name, so that a tool which got it drops it the second time", () => {
  expect(keyAfter(undefined, "entered", "s1", first)).toBe(first);
  expect(keyAfter({ state: "entering", key: first }, "entered", "s1", first)).toBe(first);
  expect(keyAfter({ state: "leaving", key: "s1.c7.exited.p3" }, "exited", "s1", "unused")).toBe("s1.c7.exited.p3");
});

test("somebody who goes in, out, in and out again while one sweep runs gets another name each time", () => {
  const names = [first];
  for (const change of ["exited", "entered", "exited", "entered"] as const) {
    const state = change === "entered" ? "leaving" : "entering";
    names.push(keyAfter({ state, key: names.at(-1) ?? "" }, change, "s1", first));
  }
  expect(new Set(names).size).toBe(5);
  const settled = keyAfter({ state: "in", key: first }, "exited", "s1", "unused");
  expect(names[1]).toBe(settled);
});
