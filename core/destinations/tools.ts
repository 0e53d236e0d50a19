import { braze } from "./braze";
import type { Tool } from "./tool";
import { webhook } from "./webhook";

/** Every tool, in the order in which a choice of them is shown. One line each; its other half is in server/destinations/registry.ts. */
export const tools: readonly Tool[] = [webhook, braze];

export function toolOf(id: string): Tool | undefined {
  return tools.find((tool) => tool.id === id);
}
