import { spawnSync } from "node:child_process";
import { parseArgs } from "node:util";

/** `npm run parity -- --pairs 100000 --seed 7`: evaluator against compiler, for as many pairs of person and definition as asked. */
const { values } = parseArgs({ options: { pairs: { type: "string", default: "100000" }, seed: { type: "string" } } });
const { status } = spawnSync("npx", ["vitest", "run", "tests/parity"], {
  stdio: "inherit",
  env: {
    ...process.env,
    PARITY_PAIRS: values.pairs,
    ...(values.seed === undefined ? {} : { PARITY_SEED: values.seed }),
  },
});
process.exit(status ?? 1);
