import { describe, expect, it } from "vitest";
import { pageById, pageOf } from "./page";

describe("a page of a list that is made whole", () => {
  const items = ["b", "a", "c", "ünï\u2028", "x".repeat(2_000)];
  const page = (query: { limit?: number; cursor?: string }) => pageOf(items, query, (item) => item);

  it("is everything unless a limit is given", () => {
    expect(page({})).toEqual({ items, nextCursor: null });
    expect(page({ limit: 5 })).toEqual({ items, nextCursor: null });
  });

  it("leads through the whole list once, in its order", () => {
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const next = page({ limit: 2, cursor });
      seen.push(...next.items);
      cursor = next.nextCursor ?? undefined;
      expect(cursor?.length ?? 0).toBeLessThan(500);
    } while (cursor !== undefined);
    expect(seen).toEqual(items);
  });

  it("refuses a cursor that leads nowhere", () => {
    expect(() => page({ cursor: "nowhere" })).toThrow(expect.objectContaining({ code: "invalid", path: "cursor" }));
  });
});

describe("a page by id", () => {
  const all = Array.from({ length: 250 }, (_, index) => ({ id: String(index).padStart(3, "0") }));
  const list = async ({ limit, after }: { limit: number; after: string | undefined }) =>
    all.filter(({ id }) => after === undefined || id > after).slice(0, limit);

  it("holds a hundred unless told, and says where the next one begins", async () => {
    const first = await pageById({}, list);
    expect(first.items).toHaveLength(100);
    expect(first.nextCursor).toBe("099");
    expect((await pageById({ limit: 150, cursor: "099" }, list)).nextCursor).toBeNull();
    expect((await pageById({ limit: 149, cursor: "099" }, list)).nextCursor).toBe("248");
  });
});
