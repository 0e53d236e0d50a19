import { setTimeout as sleep } from "node:timers/promises";
import { openTestApp } from "./app";

/** Lets people in and out of an audience without end, while its sync sends them. Its parent kills it. */
const [dataDir = "", writeKey = "", people = "0", seed = "1"] = process.argv.slice(2);
const app = await openTestApp({ dataDir, allowPrivateAddresses: true });

let state = Number(seed);
function random(below: number): number {
  state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
  return Math.floor((state / 2 ** 32) * below);
}

process.send?.("open");
for (;;) {
  const batch = Array.from({ length: 10 }, () => ({
    type: "identify",
    userId: `p${random(Number(people))}`,
    traits: { state: random(2) === 0 ? "in" : "out" },
  }));
  await app.fetch("/v1/batch", { method: "POST", body: JSON.stringify({ writeKey, batch }) });
  await sleep(20);
}
