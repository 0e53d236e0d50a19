import { describe, expect, it } from "vitest";
import {
  formatAge,
  formatBytes,
  formatChange,
  formatClock,
  formatCount,
  formatDate,
  formatDay,
  formatMinute,
  formatMoment,
  formatNoun,
  formatPeople,
  formatSeconds,
  formatShare,
} from "./format";

describe("figures", () => {
  it("are exact, with separators and a true minus", () => {
    expect(formatCount(4812)).toBe("4,812");
    expect(formatCount(-23)).toBe("\u221223");
    expect(formatChange(18)).toBe("+18");
    expect(formatChange(-23)).toBe("\u221223");
    expect(formatChange(0)).toBe("0");
    expect(formatShare(214 / 4812)).toBe("4.4%");
    expect(formatShare(0)).toBe("0.0%");
  });

  it("agree with their nouns", () => {
    expect([formatPeople(0), formatPeople(1), formatPeople(1204)]).toEqual(["0 people", "1 person", "1,204 people"]);
    expect(formatNoun(1, "message")).toBe("1 message");
    expect(formatNoun(2, "message")).toBe("2 messages");
  });

  it("of bytes are in decimal units", () => {
    expect([0, 999, 1000, 23_400_000, 250_000_000].map(formatBytes)).toEqual([
      "0 B",
      "999 B",
      "1.0 kB",
      "23.4 MB",
      "250 MB",
    ]);
  });
});

describe("times", () => {
  const summer = "2026-07-01T23:30:05.999Z";
  it("are told in the zone that is asked for, with the weekday where there is a date", () => {
    expect(formatClock(summer, "Europe/Berlin")).toBe("01:30:05");
    expect(formatMinute(summer, "UTC")).toBe("23:30");
    expect(formatDate(summer, "Europe/Berlin")).toBe("Thu 2 Jul 2026");
    expect(formatMoment("2026-11-21T13:32:07Z", "Europe/Berlin")).toBe("Sat 21 Nov 2026 14:32:07");
    expect(formatMinute("2026-11-21T00:05:00Z", "UTC")).toBe("00:05");
    expect(formatDay("2026-11-01")).toBe("1 Nov");
  });

  it("that have passed are told in their largest whole unit", () => {
    const now = Date.parse(summer);
    const ago = (seconds: number) => formatAge(now - seconds * 1000, now);
    expect([0, 59, 60, 7199, 86_400, 400 * 86_400].map(ago)).toEqual(["0 s", "59 s", "1 min", "1 h", "1 d", "1 y"]);
    expect(ago(-5)).toBe("0 s");
    expect(formatSeconds(90_000)).toBe("1 d");
  });
});
