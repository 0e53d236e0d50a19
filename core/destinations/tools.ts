import { appcues } from "./appcues";
import { bigquery } from "./bigquery";
import { braze } from "./braze";
import { customerIo } from "./customer-io";
import { hubspot } from "./hubspot";
import { intercom } from "./intercom";
import { iterable } from "./iterable";
import { localFiles } from "./local-files";
import { pendo } from "./pendo";
import { postgresql } from "./postgresql";
import { s3 } from "./s3";
import { slack } from "./slack";
import { snowflake } from "./snowflake";
import type { Tool } from "./tool";
import { webhook } from "./webhook";

/** Every tool, in the order in which a choice of them is shown. One line each; its other half is in server/destinations/registry.ts. */
export const tools: readonly Tool[] = [
  webhook,
  braze,
  iterable,
  customerIo,
  hubspot,
  intercom,
  pendo,
  appcues,
  slack,
  postgresql,
  snowflake,
  bigquery,
  s3,
  localFiles,
];

export function toolOf(id: string): Tool | undefined {
  return tools.find((tool) => tool.id === id);
}
