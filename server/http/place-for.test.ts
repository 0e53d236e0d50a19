import { describe, expect, it } from "vitest";
import { placeFor, safeNext } from "./place-for";

const visitor = (state: "first" | "stranger" | "owner") => ({
  hasOwner: async () => state !== "first",
  isSignedIn: async () => state === "owner",
});

describe("where a visitor goes first", () => {
  it.each([
    ["first", "/", "/setup"],
    ["first", "/login?next=/audiences", "/setup"],
    ["first", "/setup", null],
    ["stranger", "/", "/login"],
    ["stranger", "/setup", "/login"],
    ["stranger", "/login?next=%2Ffunnels", null],
    ["stranger", "/audiences/1?tab=members", "/login?next=%2Faudiences%2F1%3Ftab%3Dmembers"],
    ["stranger", "//example.com/x", "/login?next=%2Fexample.com%2Fx"],
    ["stranger", "/profiles/a.b", "/login?next=%2Fprofiles%2Fa.b"],
    ["owner", "/", null],
    ["owner", "/audiences", null],
    ["owner", "/setup", "/"],
    ["owner", "/login", "/"],
    ["owner", "/login?next=%2Ffunnels%3Fx%3D1", "/funnels?x=1"],
    ["owner", "/login?next=https%3A%2F%2Fexample.com", "/"],
  ] as const)("%s at %s: %s", async (state, address, place) => {
    expect(await placeFor(address, visitor(state))).toBe(place);
  });

  it.each(["/_next/static/chunks/a.js", "/icon.svg", "/favicon.ico"])("nobody is stopped at %s", async (address) => {
    expect(await placeFor(address, visitor("first"))).toBeNull();
  });
});

describe("the place after logging in", () => {
  it.each([
    "//example.com",
    "/\\example.com",
    "https://example.com",
    "javascript:alert(1)",
    "audiences",
    "/\t/example.com",
    "",
  ])("is home in place of %j", (next) => {
    expect(safeNext(next)).toBe("/");
  });

  it("is where the visitor was going", () => {
    expect(safeNext("/audiences?sort=name#x")).toBe("/audiences?sort=name#x");
    expect(safeNext(null)).toBe("/");
  });
});
