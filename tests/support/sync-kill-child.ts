import { setTimeout as sleep } from "node:timers/promises";
import { openTestApp } from "./app";

/** Lets people in and out of an audience without end, while its sync sends them and their events are sent on. Its parent kills it. */
const [dataDir = "", writeKey = "", people = "0", seed = "1"] = process.argv.slice(2);
const app = await openTestApp({ dataDir, allowPrivateAddresses: true });

let state = Number(seed);
function random(below: number): number {
  state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
  return Math.floor((state / 2 ** 32) * below);
}

let sent = 0;
process.send?.("open");
for (;;) {
  const batch = Array.from({ length: 10 }, () => {
    const userId = `p${random(Number(people))}`;
    sent += 1;
    return [
      { type: "identify", userId, traits: { state: random(2) === 0 ? "in" : "out" } },
      { type: "track", userId, event: "Moved", properties: { place: Number(seed) * 1_000_000 + sent } },
    ];
  }).flat();
  await app.fetch("/v1/batch", { method: "POST", body: JSON.stringify({ writeKey, batch }) });
  await sleep(20);
}
