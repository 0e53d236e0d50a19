// Every query holds a thread while it runs, and Node has four unless told. It reads the number when it first needs a
// thread, which is while it loads an ES module: hence this file, which is none.
process.env.UV_THREADPOOL_SIZE ??= "16";
// What the engine hands over counts for V8 as growth of its own heap: with its own limits it would go through all that it holds
// every twenty megabytes of an answer, which took a third of the time of a funnel over everybody.
// (package.json gives room for what is young as well: a look at who enters and leaves makes a hundred megabytes that are dead when it
// ends, and would be gone through again and again as old.)
require("node:v8").setFlagsFromString("--heap-growing-percent=200");
import("./start.mjs");
