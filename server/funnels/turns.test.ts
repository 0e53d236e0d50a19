import { expect, test } from "vitest";
import { inTurn } from "./turns";

function deferred() {
  let resolve: () => void = () => undefined;
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}

test("two at a time, the others first come, first served; one that leaves the queue holds up nobody", async () => {
  const begun: string[] = [];
  const gates = new Map(["a", "b", "c", "d", "e"].map((name) => [name, deferred()]));
  const run = (name: string, signal?: AbortSignal) =>
    inTurn(signal, async () => {
      begun.push(name);
      await gates.get(name)?.promise;
      return name;
    });
  const leaving = new AbortController();
  const [a, b, c, d, e] = [run("a"), run("b"), run("c", leaving.signal), run("d"), run("e")];
  await expect.poll(() => begun).toEqual(["a", "b"]);
  leaving.abort();
  await expect(c).rejects.toMatchObject({ code: "cancelled" });
  gates.get("a")?.resolve();
  expect(await a).toBe("a");
  await expect.poll(() => begun).toEqual(["a", "b", "d"]);
  for (const name of ["b", "d", "e"]) gates.get(name)?.resolve();
  expect(await Promise.all([b, d, e])).toEqual(["b", "d", "e"]);
  expect(begun).toEqual(["a", "b", "d", "e"]);
});

test("work that fails gives its place back, and what is no longer wanted does not begin", async () => {
  for (let time = 0; time < 5; time += 1) {
    await expect(inTurn(undefined, () => Promise.reject(new Error("lost")))).rejects.toThrow("lost");
  }
  expect(await inTurn(undefined, async () => "here")).toBe("here");
  await expect(inTurn(AbortSignal.abort(), async () => "never")).rejects.toMatchObject({ code: "cancelled" });
});
