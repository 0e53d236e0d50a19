import * as z from "zod";
import { field, secretField, type Tool } from "./tool";

export const bigquery = {
  id: "bigquery",
  name: "BigQuery",
  description: "Tables of who entered and left when, and a view of who is in each audience.",
  settings: z.strictObject({
    projectId: field(
      z
        .string()
        .trim()
        .regex(/^[a-z][a-z0-9:.-]*$/, "must be the id of a project")
        .max(100),
      {
        title: "Project",
        placeholder: "my-project-123",
      },
    ),
    dataset: field(
      z
        .string()
        .trim()
        .regex(/^[A-Za-z0-9_]+$/, "must be letters, digits and underscores")
        .max(200)
        .default("foothold"),
      { title: "Dataset", description: "It is made where there is none." },
    ),
    location: field(
      z
        .string()
        .trim()
        .regex(/^[A-Za-z0-9-]*$/, "must be the name of a location")
        .default("US"),
      {
        title: "Location",
        description: "Where the dataset is, or is made.",
      },
    ),
    serviceAccountKey: secretField({
      title: "Key of a service account",
      description: "The JSON file, with the roles BigQuery Data Editor and BigQuery Job User.",
      long: true,
    }),
  }),
  options: z.strictObject({}),
  identifiers: ["userId", "email", "anonymousId", "profileId"],
  mapping: [
    { from: "email", to: "email" },
    { from: "plan", to: "plan" },
  ],
  batchSize: 500,
  requestsPerSecond: 20,
  takesEvents: true,
  canBeAsked: true,
} as const satisfies Tool;
