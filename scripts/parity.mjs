import { spawnSync } from "node:child_process";
import { parseArgs } from "node:util";

/** `npm run parity -- --pairs 100000 --seed 7`: evaluator against compiler, for as many pairs of person and definition as asked. */
const { values } = parseArgs({ options: { pairs: { type: "string", default: "100000" }, seed: { type: "string" } } });
const seed = values.seed ?? String(Date.now() % 2 ** 31);
console.log(`Again with the same people and definitions: npm run parity -- --pairs ${values.pairs} --seed ${seed}`);
const { status } = spawnSync("npx", ["vitest", "run", "tests/parity"], {
  stdio: "inherit",
  env: {
    ...process.env,
    PARITY_PAIRS: values.pairs,
    PARITY_SEED: seed,
  },
});
process.exit(status ?? 1);
