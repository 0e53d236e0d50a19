// As scripts/start.cjs: the number of threads is read before any ES module runs, and how far the heap may grow.
process.env.UV_THREADPOOL_SIZE ??= "16";
require("node:v8").setFlagsFromString("--heap-growing-percent=200");
import("./prepare.mjs")
  .then(({ prepare }) => prepare())
  .then(() => import("./build.mjs"))
  .then(({ buildBench }) => buildBench())
  .then(() => import(`${__dirname}/../dist/bench.js`))
  .catch((error) => {
    console.error(error);
    process.exit(1);
  });
