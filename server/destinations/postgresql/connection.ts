import { Client, DatabaseError, escapeIdentifier } from "pg";
import type * as z from "zod";
import type { postgresql } from "../../../core/destinations/postgresql";
import { DeliveryError, type DeliveryFault } from "../delivery-error";
import type { DeliveryContext } from "../destination";

export type Settings = z.output<typeof postgresql.settings>;

const statementTimeoutMs = 30_000;

/** By SQLSTATE, or its first two letters: https://www.postgresql.org/docs/current/errcodes-appendix.html */
const faults: Readonly<Record<string, DeliveryFault>> = {
  "28": "credential",
  "42501": "credential",
  "3D": "settings",
  "3F": "settings",
  "42": "settings",
  "22": "invalid",
  "23": "invalid",
  "53300": "rate_limited",
};

function faultOf(error: unknown): unknown {
  if (!(error instanceof DatabaseError)) {
    if (error instanceof DeliveryError || !(error instanceof Error)) return error;
    return new DeliveryError("unavailable", `The connection to PostgreSQL failed: ${error.message}`, { cause: error });
  }
  const code = error.code ?? "";
  const fault = faults[code] ?? faults[code.slice(0, 2)] ?? "unavailable";
  return new DeliveryError(fault, `PostgreSQL answered: ${error.message} (${code}).`, { cause: error });
}

/** Runs `use` in a transaction of a connection of its own. Errors: DeliveryError. */
export async function inTransaction<Answer>(
  settings: Settings,
  { connect, signal }: DeliveryContext,
  use: (client: Client) => Promise<Answer>,
): Promise<Answer> {
  const { host, port, database, user, password, tls } = settings;
  const socket = await connect(host, port, signal);
  // The driver wants to connect by itself; this one is connected, by the one way out.
  socket.connect = () => {
    queueMicrotask(() => socket.emit("connect"));
    return socket;
  };
  const client = new Client({
    stream: () => socket,
    host,
    port,
    database,
    user,
    password,
    ssl: tls === "off" ? false : { rejectUnauthorized: tls === "verified" },
    application_name: "Foothold",
    statement_timeout: statementTimeoutMs,
    query_timeout: statementTimeoutMs * 2,
  });
  // What breaks while nobody waits for an answer breaks the next query too.
  client.on("error", () => {});
  const stop = () => socket.destroy();
  signal.addEventListener("abort", stop, { once: true });
  try {
    await client.connect();
    await client.query("BEGIN");
    const answer = await use(client);
    await client.query("COMMIT");
    return answer;
  } catch (error) {
    signal.throwIfAborted();
    throw faultOf(error);
  } finally {
    signal.removeEventListener("abort", stop);
    await client.end().catch(() => {});
    socket.destroy();
  }
}

export function tableOf({ schema }: Settings, name: string): string {
  return `${escapeIdentifier(schema)}.${escapeIdentifier(name)}`;
}
