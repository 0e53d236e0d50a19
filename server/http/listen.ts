import { createServer, type RequestListener, type Server, STATUS_CODES } from "node:http";
import type { Duplex } from "node:stream";
import { errorStatus } from "../../core/errors";

/** An address that cannot be listened on; the message says why and what to do. */
export class ListenError extends Error {
  override readonly name = "ListenError";
}

export interface Listening {
  servers: readonly Server[];
  /** The port in use: the one asked for, or what the system gave for 0. */
  port: number;
}

/** An import's column mapping is in its address. */
const maxHeaderSize = 128 * 1024;

/** Not every machine has IPv6. */
const missingAddress: ReadonlySet<string | undefined> = new Set(["EADDRNOTAVAIL", "EAFNOSUPPORT"]);

/**
 * Listens on one port of several addresses.
 * An address that the machine does not have is left out if another is there. A request may take as long as it likes: files
 * of any size are sent over any line.
 */
export async function listen(hosts: readonly string[], port: number, listener: RequestListener): Promise<Listening> {
  const servers: Server[] = [];
  let bound = port;
  try {
    for (const host of hosts) {
      const server = createServer({ maxHeaderSize, requestTimeout: 0 }, listener);
      server.on("clientError", refuseMalformed);
      // Connections that SDKs keep open are closed by them, not under their next request.
      server.keepAliveTimeout = 65_000;
      try {
        bound = await bind(server, host, bound);
        servers.push(server);
      } catch (error) {
        const spare = hosts.length > 1 && missingAddress.has(codeOf(error));
        if (!spare) throw listenError(error, host, bound);
      }
    }
  } catch (error) {
    for (const server of servers) server.close();
    throw error;
  }
  if (servers.length === 0) throw new ListenError(`None of the addresses ${hosts.join(", ")} is of this machine.`);
  return { servers, port: bound };
}

function bind(server: Server, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => {
      server.off("error", reject);
      const address = server.address();
      if (address === null || typeof address === "string") reject(new Error("A server without a port"));
      else resolve(address.port);
    });
  });
}

/** What is not HTTP never comes to the app; it is answered in the form of every other error. */
function refuseMalformed(error: Error, socket: Duplex): void {
  if (!socket.writable) return;
  const code = codeOf(error) === "HPE_HEADER_OVERFLOW" ? "too_large" : "invalid";
  const message =
    code === "too_large" ? "The address or the headers are too long." : "This is not a request of HTTP/1.1.";
  const body = JSON.stringify({ error: { code, message } });
  socket.end(
    `HTTP/1.1 ${errorStatus[code]} ${STATUS_CODES[errorStatus[code]]}\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\nConnection: close\r\n\r\n${body}`,
  );
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : undefined;
}

function listenError(error: unknown, host: string, port: number): ListenError {
  const code = codeOf(error);
  if (code === "EADDRINUSE") {
    return new ListenError(`Port ${port} is in use by another program. Stop that one, or set PORT to another number.`);
  }
  if (code === "EACCES")
    return new ListenError(`Port ${port} may not be used by this user. Set PORT to one above 1023.`);
  return new ListenError(`Cannot listen on ${host} port ${port}: ${code ?? String(error)}. Look at HOST and PORT.`);
}
