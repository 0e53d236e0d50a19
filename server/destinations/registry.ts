import { AppError } from "../../core/errors";
import { brazeDestination } from "./braze/braze";
import type { Destination } from "./destination";
import { webhookDestination } from "./webhook/webhook";

/** Every tool that can be spoken to. One line each; its other half is in core/destinations/tools.ts. */
const destinations: readonly Destination[] = [webhookDestination, brazeDestination];

/** Errors: `invalid` for a tool that there is not. */
export function destinationOf(toolId: string): Destination {
  const found = destinations.find(({ tool }) => tool.id === toolId);
  if (found === undefined) throw new AppError("invalid", `There is no tool with the name ${toolId}.`, "tool");
  return found;
}
