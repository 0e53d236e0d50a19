// Every query holds a thread while it runs, and Node has four unless told. It reads the number when it first needs a
// thread, which is while it loads an ES module: hence this file, which is none.
process.env.UV_THREADPOOL_SIZE ??= "16";
import("./start.mjs");
