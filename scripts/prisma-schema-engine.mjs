#!/usr/bin/env node
/**
 * Stands in for Prisma's native schema engine: the same JSON-RPC on stdin and stdout, one request a line, answered by the
 * WASM build of the same engine version from npm. Relies on Prisma's internals, hence the exact pins in package.json and
 * `tests/metadata-authoring.test.ts`.
 */
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { bindMigrationAwareSqlAdapterFactory } from "@prisma/driver-adapter-utils";
import { authoringDatabase } from "./prisma-authoring-database.mjs";
import { loadSchemaEngine } from "./prisma-wasm-engine.mjs";

const args = process.argv.slice(2);
const database = authoringDatabase();

// `cli can-connect-to-database` and `cli create-database` answer by their exit code.
if (args.includes("cli")) {
  await database.reach();
  await database.close();
  process.exit(0);
}

const SchemaEngine = await loadSchemaEngine();
let engine;
let lookedUp = false;
const models = args.flatMap((arg, index) => (arg === "--datamodels" ? [args[index + 1]] : []));
const datamodels = models.map((path) => [path, readFileSync(path, "utf8")]);

function send(message) {
  process.stdout.write(`${JSON.stringify({ jsonrpc: "2.0", ...message })}\n`);
}

async function answer(method, params) {
  // A database is made by whoever runs the server; PGlite makes its own.
  if (method === "createDatabase") return { databaseName: "foothold" };
  engine ??= await SchemaEngine.new(
    { datamodels: datamodels.length > 0 ? datamodels : undefined },
    () => {},
    bindMigrationAwareSqlAdapterFactory(database.factory),
  );
  if (method === "getDatabaseVersion") return engine.version(params);
  if (typeof engine[method] !== "function") throw new Error(`The stand-in schema engine has no ${method}`);
  // These two look up what the migrations make, but cannot find it out: of the WASM engine's calls only some may use a shadow
  // database, and this one of them keeps what it has found.
  if (!lookedUp && (method === "evaluateDataLoss" || method === "createMigration")) {
    lookedUp = true;
    await engine.devDiagnostic({ migrationsList: params.migrationsList, filters: params.filters });
  }
  const result = await engine[method](params);
  if (method === "diff" && result.stdout) send({ id: 0, method: "print", params: { content: result.stdout } });
  return result ?? {};
}

function errorOf(error) {
  const { code, message = String(error), meta } = error ?? {};
  return { code: 4466, message, data: { is_panic: false, message, error_code: code, meta } };
}

for await (const line of createInterface({ input: process.stdin })) {
  const { id, method, params } = JSON.parse(line);
  // The command line acknowledges each "print" with a line of its own.
  if (method === undefined) continue;
  try {
    send({ id, result: await answer(method, params) });
  } catch (error) {
    send({ id, error: errorOf(error) });
  }
}
await database.close();
