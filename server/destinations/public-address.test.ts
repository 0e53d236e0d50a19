import { createServer } from "node:http";
import { afterEach, expect, test, vi } from "vitest";
import { openOutgoing } from "./outgoing";
import { isPublicAddress } from "./public-address";

const { answers } = vi.hoisted(() => ({ answers: new Map<string, { address: string; family: number }[]>() }));
// The name server, which whoever owns a name may let say anything.
vi.mock("node:dns", async (original) => ({
  ...(await original<typeof import("node:dns")>()),
  lookup: (
    name: string,
    _options: object,
    callback: (error: Error | null, addresses: { address: string; family: number }[]) => void,
  ) => callback(null, answers.get(name) ?? []),
}));

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

function way(allowPrivateAddresses = false) {
  const outgoing = openOutgoing({ allowPrivateAddresses, filesDir: "/nowhere" });
  closing.push(() => outgoing.close());
  return outgoing;
}

test.each([
  "127.0.0.1",
  "10.1.2.3",
  "172.16.0.1",
  "192.168.1.1",
  "169.254.169.254",
  "100.64.0.1",
  "0.0.0.0",
  "255.255.255.255",
  "224.0.0.1",
  "::",
  "::1",
  "fe80::1",
  "fd00::1",
  "::ffff:127.0.0.1",
  "::ffff:a9fe:a9fe",
  "::127.0.0.1",
  "64:ff9b::7f00:1",
  "2002:7f00:1::",
  "localhost",
])("%s is none of the open internet", (address) => {
  expect(isPublicAddress(address)).toBe(false);
});

test.each(["8.8.8.8", "93.184.216.34", "2606:2800:220:1:248:1893:25c8:1946", "::ffff:8.8.8.8"])(
  "%s is one of the open internet",
  (address) => {
    expect(isPublicAddress(address)).toBe(true);
  },
);

test.each([
  "http://127.0.0.1/",
  "http://2130706433/",
  "http://0x7f.1/",
  "http://0177.0.0.1/",
  "http://[::1]/",
  "http://[::ffff:10.0.0.1]/",
])("%s is refused, however it is written", async (url) => {
  await expect(way().fetch(url)).rejects.toMatchObject({
    fault: "settings",
    message: expect.stringContaining("private"),
  });
});

test("a name that leads to a private address is refused where the connection is made, and so is one that has both", async () => {
  let asked = 0;
  const server = createServer((_, response) => {
    asked += 1;
    response.end("secret");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closing.push(() => server.close());
  const address = server.address();
  const port = address !== null && typeof address === "object" ? address.port : 0;
  const own = { address: "127.0.0.1", family: 4 };
  answers.set("inside.example", [own]);
  answers.set("both.example", [{ address: "93.184.216.34", family: 4 }, own]);
  for (const name of ["inside.example", "both.example"]) {
    await expect(way().fetch(`http://${name}:${port}/`)).rejects.toMatchObject({ fault: "settings" });
    await expect(way().connect(name, port, new AbortController().signal)).rejects.toMatchObject({ fault: "settings" });
  }
  expect(asked).toBe(0);
  expect(await (await way(true).fetch(`http://127.0.0.1:${port}/`)).text()).toBe("secret");
});

test("a redirect is answered and not followed", async () => {
  let followed = false;
  const server = createServer((request, response) => {
    if (request.url === "/inside") followed = true;
    response.writeHead(302, { location: "/inside" }).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closing.push(() => server.close());
  const address = server.address();
  const port = address !== null && typeof address === "object" ? address.port : 0;
  expect((await way(true).fetch(`http://127.0.0.1:${port}/`)).status).toBe(302);
  expect(followed).toBe(false);
});
