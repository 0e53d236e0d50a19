import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { createGunzip } from "node:zlib";
import { Session } from "chdb";

/** Undoes the escapes with which a parameter travels, for chDB's own binding puts them on again. */
function unescapeParameter(value: string): string {
  const named: Record<string, string> = { t: "\t", n: "\n", r: "\r", 0: "\0", b: "\b", f: "\f" };
  return value.replace(/\\(.)/gs, (_, character: string) => named[character] ?? character);
}

/** A parameter as chDB's own binding wants it: a list as a list. */
function parameterOf(value: string): string | (string | number)[] {
  if (!value.startsWith("[")) return unescapeParameter(value);
  const elements = value.match(/'(?:\\.|[^'\\])*'|-?\d+/gs) ?? [];
  return elements.map((element) =>
    element.startsWith("'") ? unescapeParameter(element.slice(1, -1)) : Number(element),
  );
}

async function readRequest(request: IncomingMessage): Promise<{ statement: string; params: Record<string, unknown> }> {
  const url = new URL(request.url ?? "/", "http://localhost");
  const fields = [...url.searchParams];
  let body = "";
  if (request.headers["content-type"]?.startsWith("multipart/form-data")) {
    const whole = new Response(await text(request), { headers: { "content-type": request.headers["content-type"] } });
    for (const [name, value] of await whole.formData()) {
      if (typeof value !== "string") throw new Error(`Not a field of text: ${name}`);
      if (name === "query") body = value;
      else fields.push([name, value]);
    }
  } else {
    body = await text(request.headers["content-encoding"] === "gzip" ? request.pipe(createGunzip()) : request);
  }
  const params = fields.flatMap(([name, value]) =>
    name.startsWith("param_") ? [[name.slice(6), parameterOf(value)]] : [],
  );
  return {
    statement: [url.searchParams.get("query") ?? "", body].filter((part) => part !== "").join("\n"),
    params: Object.fromEntries(params),
  };
}

export interface HttpEngine {
  url: string;
  close(): Promise<void>;
}

/**
 * chDB behind as much of ClickHouse's HTTP interface as its client uses: statements, parameters in the URL or as a form,
 * error codes. It stands in for a server in tests of our client code; it is not a test of a server.
 */
export async function serveChdbOverHttp(directory: string): Promise<HttpEngine> {
  const anchor = new Session(directory);
  const server = createServer(async (request, response) => {
    if (request.url?.startsWith("/ping")) {
      response.end("Ok.\n");
      return;
    }
    const session = new Session(directory);
    try {
      const database = new URL(request.url ?? "/", "http://localhost").searchParams.get("database");
      if (database) await session.queryAsync(`USE \`${database}\``);
      const { statement, params } = await readRequest(request);
      const options = { format: "TabSeparated" };
      const result =
        Object.keys(params).length > 0
          ? await session.queryBindAsync(statement, params, options)
          : await session.queryAsync(statement, options);
      response.setHeader("X-ClickHouse-Summary", "{}");
      response.end(result.bytes());
    } catch (error) {
      response.statusCode = 500;
      if (error instanceof Error && "clickhouseCode" in error) {
        response.setHeader("X-ClickHouse-Exception-Code", String(error.clickhouseCode));
      }
      response.end(String(error instanceof Error ? error.message : error));
    } finally {
      session.close();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      anchor.close();
    },
  };
}
