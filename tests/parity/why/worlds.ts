import fc from "fast-check";
import type { SavedAudience } from "@/core/audience/references";
import { savedDefinitions } from "../definitions";
import { base, hour } from "../values";

/** A moment and a zone, near to where everything happens. */
export const moments = fc.record({
  now: fc.constantFrom(base, base + 1, base + 6 * hour, base - 24 * hour, base + 24 * 20 * hour, Date.UTC(1999, 0, 1)),
  timeZone: fc.constantFrom("UTC", "Europe/Berlin", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe"),
});

/** The audiences that random definitions refer to. */
export const savedAudiences: fc.Arbitrary<ReadonlyMap<string, SavedAudience>> = fc
  .record(Object.fromEntries(savedDefinitions.map(({ id, definition }) => [id, definition])))
  .map(
    (byId) =>
      new Map(Object.entries(byId).map(([id, one]): [string, SavedAudience] => [id, { name: id, definition: one }])),
  );
