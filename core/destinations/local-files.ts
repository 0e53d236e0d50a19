import * as z from "zod";
import { field, type Tool } from "./tool";

/** Other workspaces' files are under this name, beside those of the first one. */
export const workspacesFolder = "workspaces";

export const localFiles = {
  id: "local-files",
  name: "Local files",
  description:
    "Files of who entered and left, or of everybody on a schedule, in a folder of the machine that Foothold runs on.",
  settings: z.strictObject({
    folder: field(
      z
        .string()
        .trim()
        .max(200)
        .regex(
          /^[A-Za-z0-9_=-][A-Za-z0-9_.=-]*(\/[A-Za-z0-9_=-][A-Za-z0-9_.=-]*)*$/,
          "must be names of letters, digits and _ . = -, with / between them",
        )
        .refine((path) => path.split("/")[0] !== workspacesFolder, `must not begin with ${workspacesFolder}`)
        .default("audiences"),
      {
        title: "Folder",
        description: "Inside the folder that whoever runs Foothold allows; it is made where there is none.",
      },
    ),
  }),
  options: z.strictObject({
    format: field(z.enum(["ndjson", "csv"]).default("ndjson"), { title: "Format" }),
  }),
  identifiers: ["userId", "email", "anonymousId", "profileId"],
  mapping: [
    { from: "email", to: "email" },
    { from: "plan", to: "plan" },
  ],
  batchSize: 5000,
  requestsPerSecond: 50,
  takesEvents: true,
  takesFiles: true,
  canBeAsked: false,
} as const satisfies Tool;
