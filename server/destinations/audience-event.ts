import type { DeliveryItem, SyncTarget } from "./destination";

/** A change of an audience as an event, by the names that the field uses. */
export function audienceEvent({ change }: DeliveryItem, { audience }: Pick<SyncTarget<unknown>, "audience">) {
  return {
    name: change === "entered" ? "Audience Entered" : "Audience Exited",
    properties: { audience_key: audience.key, audience_name: audience.name },
  };
}
