import * as z from "zod";
import type { Endpoint } from "../../core/api/endpoint";
import { errorAnswer } from "../../core/api/shared";
import { version } from "../version";
import { type Direction, SchemaComponents } from "./schema-components";

const error = (description: string) => ({
  description,
  content: { "application/json": { schema: { $ref: "#/components/schemas/Error" } } },
});

const whichWorkspace = {
  name: "X-Workspace",
  in: "header",
  required: false,
  description:
    "Id of the workspace that the call is for; the oldest without it. `workspace` in the query means the same.",
  schema: { type: "string" },
} as const;

/** Describes endpoints one by one; the schemas that they share are gathered beside them. */
class Describer {
  readonly components = new SchemaComponents();

  operation(endpoint: Endpoint, isOpen: boolean) {
    const requestBody = this.requestBody(endpoint);
    const type = endpoint.streams?.answer ?? "application/json";
    return {
      summary: endpoint.summary,
      parameters: [
        ...this.parameters(endpoint.params, "path"),
        ...this.parameters(endpoint.query, "query"),
        ...(isOpen ? [] : [whichWorkspace]),
      ],
      ...(requestBody === undefined ? {} : { requestBody }),
      ...(isOpen ? { security: [] } : {}),
      responses: {
        [endpoint.status ?? 200]: {
          description: endpoint.summary,
          content: { [type]: { schema: this.answer(endpoint, type) } },
        },
        "4XX": error("What was sent cannot be done; the error says why"),
        "5XX": error("The server could not do it"),
      },
    };
  }

  /** A stream of lines may end in an error. */
  private answer({ answer }: Endpoint, type: string) {
    const schema = this.schema(answer, "output");
    return type === "application/x-ndjson" ? { anyOf: [schema, { $ref: "#/components/schemas/Error" }] } : schema;
  }

  schema(schema: z.ZodType, direction: Direction) {
    return this.components.describe(schema, direction);
  }

  /** The fields of a schema of params or of a query, one parameter each. */
  private parameters(schema: z.ZodType | undefined, place: "path" | "query") {
    if (schema === undefined) return [];
    const { properties = {}, required = [] } = fields.parse(this.schema(schema, "input"));
    return Object.entries(properties).map(([name, described]) => ({
      name,
      in: place,
      required: place === "path" || required.includes(name),
      schema: described,
    }));
  }

  private requestBody({ body, streams }: Endpoint) {
    if (streams?.body !== undefined) {
      const file = { schema: { type: "string", format: "binary" } };
      return { required: true, content: Object.fromEntries(streams.body.map((type) => [type, file])) };
    }
    if (body === undefined) return undefined;
    return { required: true, content: { "application/json": { schema: this.schema(body, "input") } } };
  }
}

const fields = z.object({
  properties: z.record(z.string(), z.unknown()).optional(),
  required: z.array(z.string()).optional(),
});

/** The OpenAPI 3.1 description of the endpoints, made from the declarations that the server validates with. */
export function openApiDocument(endpoints: readonly Endpoint[], open: ReadonlySet<string>) {
  const describer = new Describer();
  const paths: Record<string, Record<string, unknown>> = {};
  for (const endpoint of endpoints) {
    const path = endpoint.path.replace(/:(\w+)/g, "{$1}");
    paths[path] = {
      ...paths[path],
      [endpoint.method.toLowerCase()]: describer.operation(endpoint, open.has(endpoint.path)),
    };
  }
  return {
    openapi: "3.1.0",
    info: { title: "Foothold", version, description: "Management API. Ingest, under /v1, is the Segment HTTP API." },
    servers: [{ url: "/" }],
    security: [{ token: [] }, { session: [] }],
    paths,
    components: {
      schemas: { ...describer.components.schemas, Error: describer.schema(errorAnswer, "output") },
      securitySchemes: {
        token: { type: "http", scheme: "bearer", description: "An API token, made in Settings." },
        session: { type: "apiKey", in: "cookie", name: "foothold.session_token" },
      },
    },
  };
}
