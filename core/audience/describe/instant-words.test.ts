import { expect, test } from "vitest";
import { momentWords } from "./instant-words";

const week = 7 * 86_400_000;

test("a moment is said with no more digits than it has, in the zone", () => {
  const at = Date.parse("2026-11-21T14:32:07.250Z");
  expect(momentWords(at, "UTC")).toBe("Sat 21 Nov 2026 14:32:07.250");
  expect(momentWords(at - 250, "America/New_York")).toBe("Sat 21 Nov 2026 09:32:07");
  expect(momentWords(Date.parse("2026-11-20T13:00:00Z"), "Australia/Lord_Howe")).toBe("Sat 21 Nov 2026");
});

test("what lies past the last date there is has a year", () => {
  expect(momentWords(8.64e15, "UTC")).toBe("Sat 13 Sept 275760");
  expect(momentWords(8.64e15 + 1, "UTC")).toBe("the year 275,760");
  expect(momentWords(100_000_000 * week, "UTC")).toBe("the year 1,918,504");
  expect(momentWords(-100_000_000 * week, "UTC")).toBe("the year 1,914,566 BC");
});
