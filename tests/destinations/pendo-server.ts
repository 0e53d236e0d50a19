import * as z from "zod";
import { startTool, type ToolServer } from "./tool-server";

const patch = z.object({
  patch: z
    .array(
      z.object({
        op: z.enum(["add", "remove"]),
        path: z.literal("/visitors"),
        value: z.array(z.string()).min(1).max(1000),
      }),
    )
    .min(1),
});

export interface PendoServer extends ToolServer {
  readonly key: string;
  /** Visitors of the segment of that name. */
  visitors(name: string): string[];
  /** The next change is answered as if another write to the segment were still under way. */
  beBusyNext(): void;
}

/** Pendo's segments as documented: upload needs a visitor, changes come as patches, and 409 means a write is under way. */
export async function startPendo(): Promise<PendoServer> {
  const key = "pendo-integration-key";
  const segments = new Map<string, { name: string; visitors: Set<string> }>();
  let busy = false;
  const server = await startTool(
    {
      isAuthorized: (context) => context.req.header("x-pendo-integration-key") === key,
      unauthorized: (context) => context.json({ message: "Forbidden" }, 403),
      tooMany: (context) => {
        context.header("Retry-After", "0");
        return context.json({ message: "Too Many Requests" }, 429);
      },
      bodyLimit: 4_000_000,
      tooLarge: (context) => context.json({ message: "Request Entity Too Large" }, 413),
    },
    (app, faults) => {
      app.get("/api/v1/token/verify", (context) => context.json({ readonly: false, access: "write" }));
      app.get("/api/v1/segment", (context) =>
        context.json([...segments].map(([id, { name }]) => ({ id, name, createdByApi: true }))),
      );
      app.get("/api/v1/segment/:id", (context) => {
        const segment = segments.get(context.req.param("id"));
        if (segment === undefined) return context.json({ message: "Not Found" }, 404);
        return context.json({ id: context.req.param("id"), name: segment.name });
      });
      app.post("/api/v1/segment/upload", async (context) => {
        const parsed = z
          .object({ name: z.string().min(1), visitors: z.array(z.string()).min(1) })
          .safeParse(await context.req.json());
        if (!parsed.success) return context.json({ message: z.prettifyError(parsed.error) }, 400);
        const segmentId = `segment-${segments.size}`;
        segments.set(segmentId, { name: parsed.data.name, visitors: new Set(parsed.data.visitors) });
        return context.json({ segmentId });
      });
      app.patch("/api/v1/segment/:id/visitor", async (context) => {
        const segment = segments.get(context.req.param("id"));
        if (segment === undefined) return context.json({ message: "Not Found" }, 404);
        if (busy) {
          busy = false;
          return context.json({ message: "A write to this segment is in progress" }, 409);
        }
        const parsed = patch.safeParse(await context.req.json());
        if (!parsed.success) return context.json({ message: z.prettifyError(parsed.error) }, 400);
        const multistatus = parsed.data.patch.map(({ op, value }) => {
          if (value.some(faults.isRefused)) return { operation: op, status: 400, message: "A visitor id is not valid" };
          for (const visitor of value) {
            if (op === "add") segment.visitors.add(visitor);
            else segment.visitors.delete(visitor);
          }
          return { operation: op, status: 200, message: "OK" };
        });
        return context.json({ multistatus }, 207);
      });
    },
  );
  return {
    ...server,
    key,
    visitors: (name) => [...([...segments.values()].find((segment) => segment.name === name)?.visitors ?? [])],
    beBusyNext: () => {
      busy = true;
    },
  };
}
