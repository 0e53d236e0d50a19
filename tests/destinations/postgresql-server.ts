import { createServer, Socket } from "node:net";
import { Client } from "pg";
import { startPostgresql } from "../support/postgresql";
import type { ToolServer } from "./tool-server";

export interface PostgresqlServer extends ToolServer {
  readonly settings: Record<string, unknown>;
  members(audienceId: string): Promise<string[]>;
  events(): Promise<{ person: string; name: string }[]>;
  /** What somebody else does in the tool. */
  tamper(statement: string): Promise<void>;
}

/** A real PostgreSQL with a role of few rights, behind a wire that can be cut before a COMMIT is answered. */
export async function startPostgresqlTool(): Promise<PostgresqlServer> {
  const postgresql = await startPostgresql();
  const address = new URL(await postgresql.createDatabase());
  const database = address.pathname.slice(1);
  const owner = new Client({ connectionString: address.href });
  await owner.connect();
  await owner.query(`CREATE ROLE foothold LOGIN PASSWORD 'secret'; GRANT CREATE ON DATABASE ${database} TO foothold;
    CREATE TABLE public.refused (person text);
    CREATE FUNCTION public.check_refused() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$ BEGIN
      IF EXISTS (SELECT 1 FROM public.refused WHERE person = NEW.identifier) THEN
        RAISE EXCEPTION 'this person is refused' USING ERRCODE = 'check_violation';
      END IF;
      RETURN NEW;
    END $$;`);
  let limited = false;
  let cut = false;
  const sockets = new Set<Socket>();
  const wire = createServer((client) => {
    const server = new Socket().connect(Number(address.port), address.hostname);
    for (const socket of [client, server]) {
      sockets.add(socket);
      socket.on("close", () => sockets.delete(socket));
      socket.on("error", () => {});
    }
    client.pipe(server);
    const pass = async (data: Buffer) => {
      if (limited && data.includes("too many connections")) {
        limited = false;
        await alter("CONNECTION LIMIT -1");
      }
      if (cut && data.includes("COMMIT")) {
        cut = false;
        client.destroy();
        server.destroy();
      } else client.write(data);
    };
    // What the server said last is passed on before it is told that the server has hung up.
    let passed: Promise<unknown> = Promise.resolve();
    server.on("data", (data: Buffer) => {
      passed = passed.then(() => pass(data));
    });
    server.on("close", () => passed.then(() => client.end()));
    client.on("close", () => server.destroy());
  });
  await new Promise<void>((resolve) => wire.listen(0, "127.0.0.1", resolve));
  const at = wire.address();
  if (at === null || typeof at === "string") throw new Error("The wire has no port");
  const alter = async (words: string) => {
    await owner.query(`ALTER ROLE foothold ${words}`);
  };
  const columns = async (query: string, values: unknown[] = []) =>
    (await owner.query({ text: query, values, rowMode: "array" })).rows;
  return {
    origin: `postgresql://127.0.0.1:${at.port}`,
    settings: {
      host: "127.0.0.1",
      port: at.port,
      database,
      user: "foothold",
      password: "secret",
      tls: "off",
    },
    async limitNext() {
      limited = true;
      await alter("CONNECTION LIMIT 0");
    },
    expireCredential: () => alter("NOLOGIN"),
    renewCredential: () => alter("LOGIN"),
    async refuse(person) {
      await owner.query("INSERT INTO public.refused VALUES ($1)", [person]);
      await owner.query(`CREATE OR REPLACE TRIGGER guard BEFORE INSERT OR UPDATE ON foothold.audience_members
        FOR EACH ROW EXECUTE FUNCTION public.check_refused()`);
    },
    async acceptAgain(person) {
      await owner.query("DELETE FROM public.refused WHERE person = $1", [person]);
    },
    async cutNextAnswer() {
      cut = true;
    },
    async members(audienceId) {
      const rows = await columns(
        "SELECT identifier FROM foothold.audience_members WHERE audience_id = $1 AND is_member",
        [audienceId],
      );
      return rows.map(([identifier]) => String(identifier));
    },
    async events() {
      const rows = await columns(`SELECT user_id, event_text FROM foothold.tracks ORDER BY user_id`);
      return rows.map(([person, name]) => ({ person: String(person), name: String(name) }));
    },
    async tamper(statement) {
      await owner.query(statement);
    },
    async close() {
      await owner.end();
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => wire.close(resolve));
      await postgresql.stop();
    },
  };
}
