// Every query holds a thread while it runs, and Node has four unless told. It reads the number when it first needs a
// thread, which is while it loads an ES module: hence this file, which is none.
process.env.UV_THREADPOOL_SIZE ??= "16";
// What the engine hands over counts for V8 as growth of its own heap: with its own limits it would go through all that it holds
// every twenty megabytes of an answer, which took a third of the time of a funnel over everybody.
require("node:v8").setFlagsFromString("--heap-growing-percent=200");
import("./start.mjs");
