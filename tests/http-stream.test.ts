import { once } from "node:events";
import { get, type IncomingMessage, request } from "node:http";
import { connect } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { errorAnswer } from "@/core/api/shared";
import { type AppListener, appListener } from "@/server/http/app-listener";
import { type Listening, listen } from "@/server/http/listen";
import { textStream } from "@/server/http/text-stream";

let listening: Listening;
let answer: AppListener;
beforeEach(async () => {
  listening = await listen(
    ["127.0.0.1"],
    0,
    appListener((asked, env) => answer(asked, env)),
  );
});
afterEach(() => {
  for (const server of listening.servers) {
    server.closeAllConnections();
    server.close();
  }
});

const address = () => `http://127.0.0.1:${listening.port}/`;
const until = async (holds: () => boolean) => {
  for (let waited = 0; !holds(); waited += 10) {
    if (waited > 5_000) throw new Error("It does not come to hold");
    await sleep(10);
  }
};

describe("a streamed answer", () => {
  it("is made no faster than it is read, and ends when the reader leaves", async () => {
    let made = 0;
    let ended = false;
    async function* lines() {
      try {
        for (;;) {
          made += 1;
          yield "x".repeat(100_000);
        }
      } finally {
        ended = true;
      }
    }
    answer = async () => new Response(textStream(lines()));
    const asked = get(address());
    const [response]: IncomingMessage[] = await once(asked, "response");
    response?.pause();
    await until(() => made > 1);
    // What the sockets hold is made, and no more: made without end it would be past this in no time.
    for (let before = 0; before !== made; await sleep(500)) {
      before = made;
      expect(made).toBeLessThan(200);
    }
    asked.destroy();
    await until(() => ended);
  });

  it("is cut off, not ended well, when it fails half-way", async () => {
    async function* lines() {
      yield "first\n";
      await sleep(50);
      throw new Error("The store is gone");
    }
    answer = async () => new Response(textStream(lines()));
    const response = await fetch(address());
    await expect(response.text()).rejects.toThrow();
  });
});

describe("what is not HTTP", () => {
  const say = async (text: string) => {
    const socket = connect(listening.port, "127.0.0.1");
    socket.end(text);
    let answered = "";
    for await (const piece of socket) answered += String(piece);
    const [head = "", body = ""] = answered.split("\r\n\r\n");
    return { status: Number(head.split(" ")[1]), body: errorAnswer.parse(JSON.parse(body)) };
  };

  it("is refused in the form of every error", async () => {
    expect(await say("GIVE ME\r\n\r\n")).toMatchObject({ status: 400, body: { error: { code: "invalid" } } });
    const long = `GET /${"x".repeat(200_000)} HTTP/1.1\r\nHost: x\r\n\r\n`;
    expect(await say(long)).toMatchObject({ status: 413, body: { error: { code: "too_large" } } });
  });

  it("does not mean a long address", async () => {
    answer = async ({ url }) => new Response(String(url.length));
    expect(Number(await (await fetch(`${address()}?mapping=${"x".repeat(60_000)}`)).text())).toBeGreaterThan(60_000);
  });
});

describe("a caller who goes away", () => {
  it("is told to the handler while it works", async () => {
    let aborted = false;
    answer = async ({ signal }) => {
      signal.addEventListener("abort", () => {
        aborted = true;
      });
      await once(signal, "abort");
      return new Response("nobody reads this");
    };
    const asked = request(address(), { method: "POST" });
    asked.on("error", () => {});
    asked.end("{}");
    await sleep(100);
    expect(aborted).toBe(false);
    asked.destroy();
    await until(() => aborted);
  });

  it("is not told of one who has got the answer", async () => {
    let signal: AbortSignal | undefined;
    answer = async (asked) => {
      signal = asked.signal;
      return new Response(asked.body);
    };
    const response = await fetch(address(), { method: "POST", body: "whole" });
    expect(await response.text()).toBe("whole");
    await sleep(100);
    expect(signal?.aborted).toBe(false);
  });

  it("is known by the address that the connection came from", async () => {
    let seen: string | undefined;
    answer = async (_, { clientAddress }) => {
      seen = clientAddress;
      return new Response();
    };
    await fetch(address(), { headers: { "x-forwarded-for": "192.0.2.1" } });
    expect(seen).toBe("127.0.0.1");
  });
});
