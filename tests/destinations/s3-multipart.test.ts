import { createHash } from "node:crypto";
import { afterEach, expect, test } from "vitest";
import { s3Destination } from "../../server/destinations/s3/s3";
import { contextOf, ledTo } from "./rig";
import { startS3 } from "./s3-server";

const open: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of open.splice(0)) await close();
});

async function opened() {
  const server = await startS3();
  const way = ledTo({ destination: s3Destination, server, settings: {}, origin: server.origin, members: () => [] });
  open.push(way.close, server.close);
  const store = (content: AsyncIterable<Uint8Array<ArrayBuffer>>, path = "stuck/members/a.csv") => {
    if (s3Destination.store === undefined) throw new Error("S3 takes files");
    return s3Destination.store({ path, contentType: "text/csv", content }, server.settings, contextOf(way));
  };
  return { server, store };
}

/** So many pieces of a megabyte each, no two alike. */
async function* megabytes(count: number, failAt = Number.POSITIVE_INFINITY) {
  for (let index = 0; index < count; index += 1) {
    if (index === failAt) throw new Error("cut");
    yield Buffer.alloc(1_000_000, `${index} of many, `);
  }
}

async function digestOf(content: AsyncIterable<Uint8Array>) {
  const hash = createHash("sha256");
  for await (const piece of content) hash.update(piece);
  return hash.digest("hex");
}

test("a file of any size is put in parts, and is whole", async () => {
  const { server, store } = await opened();
  await server.limitNext();
  await expect(store(megabytes(20))).rejects.toMatchObject({ fault: "rate_limited" });
  expect(await store(megabytes(20))).toEqual({
    location: "s3://audiences/foothold/stuck/members/a.csv",
    bytes: 20_000_000,
  });
  const object = server.objects.get("foothold/stuck/members/a.csv");
  expect(object).toMatchObject({ parts: 3, type: "text/csv" });
  expect(object && createHash("sha256").update(object.bytes).digest("hex")).toBe(await digestOf(megabytes(20)));
  expect(server.uploads.size).toBe(0);
});

test("a small one, and one of nothing, are put at once", async () => {
  const { server, store } = await opened();
  expect((await store(megabytes(1))).bytes).toBe(1_000_000);
  expect(server.objects.get("foothold/stuck/members/a.csv")).toMatchObject({ parts: 1 });
  expect((await store(megabytes(0), "empty.ndjson")).bytes).toBe(0);
  expect(server.objects.get("foothold/empty.ndjson")?.bytes.byteLength).toBe(0);
});

test("a part that is put off is put again, without the whole file", async () => {
  const { server, store } = await opened();
  let read = 0;
  async function* counted() {
    for await (const piece of megabytes(20)) {
      read += 1;
      // By then the upload was begun and its first part is being put.
      if (read === 18) await server.limitNext();
      yield piece;
    }
  }
  expect((await store(counted())).bytes).toBe(20_000_000);
  expect(read).toBe(20);
  expect(server.objects.get("foothold/stuck/members/a.csv")?.bytes.byteLength).toBe(20_000_000);
});

test("what fails on the way leaves neither a file nor parts of one", async () => {
  const { server, store } = await opened();
  await expect(store(megabytes(20, 18))).rejects.toThrow("cut");
  server.failCompletion(true);
  await expect(store(megabytes(20))).rejects.toMatchObject({
    fault: "unavailable",
    message: "Answered InternalError.",
  });
  expect(server.objects.size).toBe(0);
  expect(server.uploads.size).toBe(0);
});
