import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import * as z from "zod";
import { signedHeaders } from "./sign";

type Check = (headers: Record<string, string>, body: string, secret: string, now?: number) => boolean;
const sample = z.object({ isFromFoothold: z.custom<Check>((value) => typeof value === "function") });

test("the code of the guide takes what is signed, and nothing else", async () => {
  const guide = await readFile("docs/destinations.md", "utf8");
  const code = /```js\n([\s\S]*?)```/.exec(guide)?.[1] ?? "";
  const module: unknown = await import(`data:text/javascript,${encodeURIComponent(code)}`);
  const { isFromFoothold } = sample.parse(module);
  const now = new Date("2026-11-24T03:00:00.000Z");
  const body = '{"type":"test","of":"ünïcode"}';
  for (const secret of ["whispered-between-us", `whsec_${Buffer.from("whispered").toString("base64")}`]) {
    const headers = signedHeaders("m1", body, secret, now);
    expect(isFromFoothold(headers, body, secret, now.getTime())).toBe(true);
    expect(isFromFoothold(headers, `${body} `, secret, now.getTime())).toBe(false);
    expect(isFromFoothold(headers, body, `${secret}x!AAAA`, now.getTime())).toBe(false);
    expect(isFromFoothold(headers, body, secret, now.getTime() + 301_000)).toBe(false);
    expect(isFromFoothold({ ...headers, "webhook-id": "m2" }, body, secret, now.getTime())).toBe(false);
  }
});
