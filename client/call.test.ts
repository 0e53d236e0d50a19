import { createServer, type IncomingMessage } from "node:http";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import * as z from "zod";
import { endpoint } from "@/core/api/endpoint";
import { ApiError } from "./api-error";
import { addressOf, call, callLines } from "./call";

const echo = z.object({ method: z.string(), url: z.string(), body: z.unknown() });
const save = endpoint({
  method: "PATCH",
  path: "/api/things/:id",
  summary: "",
  params: z.object({ id: z.string() }),
  query: z.object({ search: z.string().optional(), limit: z.number().optional() }),
  body: z.object({ name: z.string() }),
  answer: echo,
});
const refuse = endpoint({ method: "GET", path: "/api/refuse", summary: "", answer: echo });
const line = z.object({ other: z.string() });
const lines = endpoint({ method: "GET", path: "/api/lines", summary: "", answer: line });
const brokenLines = endpoint({ method: "GET", path: "/api/broken-lines", summary: "", answer: line });
const stray = endpoint({ method: "GET", path: "/api/stray", summary: "", answer: z.object({ other: z.string() }) });

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

const server = createServer(async (request, response) => {
  const body = await textOf(request);
  if (request.url === "/api/lines" || request.url === "/api/broken-lines") {
    // A line comes in two pieces, and of two lines at once both count.
    response.write('{"other":"a"}\n{"oth');
    response.write('er":"b"}\n{"other":"c"}\n');
    const error = '{"error":{"code":"timed_out","message":"It took too long."}}\n';
    response.end(request.url === "/api/lines" ? undefined : error);
    return;
  }
  if (request.url === "/api/refuse") {
    response.writeHead(400).end('{"error":{"code":"invalid","message":"must be a number","path":"root.value"}}');
    return;
  }
  response.end(
    JSON.stringify({ method: request.method, url: request.url, body: body === "" ? null : JSON.parse(body) }),
  );
});

describe("a call of the API", () => {
  const pageFetch = globalThis.fetch;
  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const address = server.address();
    if (address === null || typeof address === "string") throw new Error("The server has no port.");
    const origin = `http://127.0.0.1:${address.port}`;
    // A page's addresses are relative to its origin; Node has none.
    globalThis.fetch = (input, init) => pageFetch(new URL(String(input), origin), init);
  });
  afterAll(() => {
    globalThis.fetch = pageFetch;
    server.close();
  });

  it("fills in the address, leaves out what is not given, and sends JSON", async () => {
    const answer = await call(save, {
      params: { id: "a/b" },
      query: { search: "x & y", limit: undefined },
      body: { name: "n" },
    });
    expect(answer).toEqual({ method: "PATCH", url: "/api/things/a%2Fb?search=x+%26+y", body: { name: "n" } });
    expect(addressOf(save, { params: { id: "1" } })).toBe("/api/things/1");
  });

  it("throws the server's code, words and path", async () => {
    await expect(call(refuse)).rejects.toEqual(new ApiError("invalid", "must be a number", "root.value"));
    await expect(call(refuse)).rejects.toMatchObject({ code: "invalid", path: "root.value" });
  });

  it("does not take an answer of another form", async () => {
    await expect(call(stray)).rejects.toMatchObject({ code: "internal" });
  });

  it("gives lines as they come, and throws the error that a stream ends in", async () => {
    const got: string[] = [];
    for await (const { other } of callLines(lines)) got.push(other);
    expect(got).toEqual(["a", "b", "c"]);
    const broken = callLines(brokenLines);
    for (const other of got) expect((await broken.next()).value).toEqual({ other });
    await expect(broken.next()).rejects.toMatchObject({ code: "timed_out", message: "It took too long." });
    await expect(callLines(refuse).next()).rejects.toMatchObject({ code: "invalid" });
  });

  it("passes an abort on as it is, and says when nothing is there", async () => {
    await expect(call(refuse, { signal: AbortSignal.abort() })).rejects.toMatchObject({ name: "AbortError" });
    server.close();
    server.closeAllConnections();
    await expect(call(refuse)).rejects.toMatchObject({ code: "unreachable" });
  });
});
