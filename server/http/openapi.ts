import * as z from "zod";
import type { Endpoint } from "../../core/api/endpoint";
import { errorAnswer } from "../../core/api/shared";
import { version } from "../version";

type JsonSchema = z.core.JSONSchema.BaseSchema;

function schemaOf(schema: z.ZodType, io: "input" | "output"): JsonSchema {
  // What JSON Schema cannot say (a refinement, a transformation) is left open; the server checks it all the same.
  const { $schema, ...described } = z.toJSONSchema(schema, { io, unrepresentable: "any" });
  return described;
}

/** The fields of a schema of params or of a query, one parameter each. */
function parametersOf(schema: z.ZodType | undefined, place: "path" | "query") {
  if (schema === undefined) return [];
  const { properties = {}, required = [] } = schemaOf(schema, "input");
  return Object.entries(properties).map(([name, described]) => ({
    name,
    in: place,
    required: place === "path" || required.includes(name),
    schema: described,
  }));
}

function requestBodyOf({ body, streams }: Endpoint) {
  if (streams?.body !== undefined) {
    const file = { schema: { type: "string", format: "binary" } };
    return { required: true, content: Object.fromEntries(streams.body.map((type) => [type, file])) };
  }
  if (body === undefined) return undefined;
  return { required: true, content: { "application/json": { schema: schemaOf(body, "input") } } };
}

const error = (description: string) => ({
  description,
  content: { "application/json": { schema: { $ref: "#/components/schemas/Error" } } },
});

function operationOf(endpoint: Endpoint, isOpen: boolean) {
  const requestBody = requestBodyOf(endpoint);
  const type = endpoint.streams?.answer ?? "application/json";
  return {
    summary: endpoint.summary,
    parameters: [...parametersOf(endpoint.params, "path"), ...parametersOf(endpoint.query, "query")],
    ...(requestBody === undefined ? {} : { requestBody }),
    ...(isOpen ? { security: [] } : {}),
    responses: {
      [endpoint.status ?? 200]: {
        description: endpoint.summary,
        content: { [type]: { schema: schemaOf(endpoint.answer, "output") } },
      },
      "4XX": error("What was sent cannot be done; the error says why"),
      "5XX": error("The server could not do it"),
    },
  };
}

/** The OpenAPI 3.1 description of the endpoints, made from the declarations that the server validates with. */
export function openApiDocument(endpoints: readonly Endpoint[], open: ReadonlySet<string>) {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const endpoint of endpoints) {
    const path = endpoint.path.replace(/:(\w+)/g, "{$1}");
    paths[path] = { ...paths[path], [endpoint.method.toLowerCase()]: operationOf(endpoint, open.has(endpoint.path)) };
  }
  return {
    openapi: "3.1.0",
    info: { title: "Foothold", version, description: "Management API. Ingest, under /v1, is the Segment HTTP API." },
    servers: [{ url: "/" }],
    security: [{ token: [] }, { session: [] }],
    paths,
    components: {
      schemas: { Error: schemaOf(errorAnswer, "output") },
      securitySchemes: {
        token: { type: "http", scheme: "bearer", description: "An API token, made in Settings." },
        session: { type: "apiKey", in: "cookie", name: "foothold.session_token" },
      },
    },
  };
}
