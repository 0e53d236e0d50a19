import { describe, expect, it } from "vitest";
import { tableMapping } from "@/core/api/imports";
import { assignRole, guessPlan, mappingOf } from "./column-roles";

describe("the columns of a CSV file", () => {
  it("are guessed by their names, each role once", () => {
    const plan = guessPlan(["user_id", "id", "event", "created_at", "amount"]);
    expect(plan.roles).toEqual({
      user_id: "userId",
      id: "rest",
      event: "event",
      created_at: "timestamp",
      amount: "rest",
    });
    expect(plan.rowIs).toBe("event");
    expect(guessPlan(["customer id", "email"]).rowIs).toBe("person");
  });

  it("give a role up when another column takes it", () => {
    const plan = assignRole(guessPlan(["user_id", "login"]), "login", "userId");
    expect(plan.roles).toEqual({ user_id: "rest", login: "userId" });
  });

  it("become a mapping that the API takes", () => {
    const events = mappingOf(assignRole(guessPlan(["user_id", "event", "secret"]), "secret", "ignore"));
    expect(events).toEqual({
      mapping: expect.objectContaining({ userId: "user_id", event: "event", rest: "properties", ignore: ["secret"] }),
    });
    const people = mappingOf({ ...guessPlan(["user_id", "event"]), rowIs: "person" });
    expect(people).toEqual({
      mapping: expect.objectContaining({ rest: "traits", event: undefined, ignore: ["event"] }),
    });
    for (const result of [events, people]) {
      expect("mapping" in result && tableMapping.safeParse(JSON.parse(JSON.stringify(result.mapping))).success).toBe(
        true,
      );
    }
  });

  it("say what is missing", () => {
    expect(mappingOf(guessPlan(["a", "b"]))).toEqual({ missing: expect.stringContaining("user’s id") });
    expect(mappingOf({ ...guessPlan(["user_id"]), rowIs: "event" })).toEqual({
      missing: expect.stringContaining("event"),
    });
    expect(mappingOf({ ...guessPlan(["user_id"]), rowIs: "event", eventName: "Paid" })).toEqual({
      mapping: expect.objectContaining({ eventName: "Paid" }),
    });
  });
});
