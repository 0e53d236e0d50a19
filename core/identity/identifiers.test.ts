import { describe, expect, test } from "vitest";
import { IdentityCheck } from "./identifiers";
import { defaultIdentityRules } from "./rules";

describe("the rules of a workspace", () => {
  test("texts that stand for nobody are told without regard to case", () => {
    const check = new IdentityCheck(defaultIdentityRules);
    expect(
      ["NULL", " anonymous ", "Undefined", "00000000-0000-0000-0000-000000000000"].map((id) => check.isBlocked(id)),
    ).toEqual([true, true, true, true]);
    expect(["0", "ann", "anonymous-1"].map((id) => check.isBlocked(id))).toEqual([false, false, false]);
  });

  test("nothing but ids identifies where the workspace has not chosen it", () => {
    const check = new IdentityCheck(defaultIdentityRules);
    expect(check.othersOf("identify", { email: "ann@x.io" }, { externalIds: [{ type: "phone", id: "1" }] })).toEqual(
      [],
    );
  });

  test("emails and external ids identify where it has", () => {
    const check = new IdentityCheck({ ...defaultIdentityRules, email: true, external: ["phone"] });
    expect(check.othersOf("identify", { email: " Ann@X.io " }, { traits: { email: "ann@x.IO" } })).toEqual([
      "email:ann@x.io",
    ]);
    // A property of an event is no trait.
    expect(check.othersOf("track", { email: "ann@x.io" }, {})).toEqual([]);
    const externalIds = [
      { type: "phone", id: 49, collection: "users", encoding: "none" },
      { type: "phone", id: "null" },
      { type: "phone", id: "a", collection: "accounts" },
      { type: "phone", id: "b", encoding: "sha256" },
      { type: "fax", id: "c" },
      "nonsense",
    ];
    expect(check.othersOf("track", {}, { externalIds })).toEqual(["phone:49"]);
  });
});
