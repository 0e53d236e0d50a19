import { AppError } from "../../core/errors";
import { appcuesDestination } from "./appcues/appcues";
import { bigqueryDestination } from "./bigquery/bigquery";
import { brazeDestination } from "./braze/braze";
import { customerIoDestination } from "./customer-io/customer-io";
import type { Destination } from "./destination";
import { hubspotDestination } from "./hubspot/hubspot";
import { intercomDestination } from "./intercom/intercom";
import { iterableDestination } from "./iterable/iterable";
import { localFilesDestination } from "./local-files/local-files";
import { pendoDestination } from "./pendo/pendo";
import { postgresqlDestination } from "./postgresql/postgresql";
import { s3Destination } from "./s3/s3";
import { slackDestination } from "./slack/slack";
import { snowflakeDestination } from "./snowflake/snowflake";
import { webhookDestination } from "./webhook/webhook";

/** Every tool that can be spoken to. One line each; its other half is in core/destinations/tools.ts. */
const destinations: readonly Destination[] = [
  webhookDestination,
  brazeDestination,
  iterableDestination,
  customerIoDestination,
  hubspotDestination,
  intercomDestination,
  pendoDestination,
  appcuesDestination,
  slackDestination,
  postgresqlDestination,
  snowflakeDestination,
  bigqueryDestination,
  s3Destination,
  localFilesDestination,
];

/** Errors: `invalid` for a tool that there is not. */
export function destinationOf(toolId: string): Destination {
  const found = destinations.find(({ tool }) => tool.id === toolId);
  if (found === undefined) throw new AppError("invalid", `There is no tool with the name ${toolId}.`, "tool");
  return found;
}
