import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";

/**
 * The class `SchemaEngine` of @prisma/schema-engine-wasm. Its own entry imports the .wasm as a module, which Node does not
 * do without a flag, so the module is instantiated by hand.
 */
export async function loadSchemaEngine() {
  const bindings = await import("@prisma/schema-engine-wasm/schema_engine_bg");
  const wasm = new URL("schema_engine_bg.wasm", import.meta.resolve("@prisma/schema-engine-wasm"));
  const { instance } = await WebAssembly.instantiate(await readFile(fileURLToPath(wasm)), {
    "./schema_engine_bg.js": bindings,
  });
  bindings.__wbg_set_wasm(instance.exports);
  instance.exports.__wbindgen_start();
  return bindings.SchemaEngine;
}
