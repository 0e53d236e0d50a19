// As scripts/start.cjs: the number of threads is read before any ES module runs, and how far the heap may grow.
process.env.UV_THREADPOOL_SIZE ??= "16";
require("node:v8").setFlagsFromString("--heap-growing-percent=200");
import("./prepare.mjs")
  .then(({ prepare }) => prepare())
  .then(() => import("tsx/esm/api"))
  .then(({ register }) => {
    register();
    return import("./bench/bench.ts");
  })
  .catch((error) => {
    console.error(error);
    process.exit(1);
  });
