import type { DraftFilter, DraftMatch } from "@/client/audience-draft/draft-match";
import type { SeenEvent, SeenProperty } from "@/core/api/catalogue";

/** Properties of the event that is named; of any event, all that have been seen. */
export function propertiesOf(
  { choice, type }: Pick<DraftMatch, "choice" | "type">,
  events: readonly SeenEvent[],
): SeenProperty[] {
  const meant = events.filter((event) => {
    if (choice.kind === "named") return event.event === choice.event && event.type === (type ?? "track");
    return type === undefined || event.type === type;
  });
  const byName = new Map(meant.flatMap((event) => event.properties.map((property) => [property.name, property])));
  return [...byName.values()];
}

/** Whether a filter looks at a property that its event has never had; unknown until the events are, and for unseen events. */
export function isUnseenProperty(
  filter: DraftFilter,
  match: Pick<DraftMatch, "choice" | "type">,
  events: readonly SeenEvent[] | undefined,
): boolean {
  if (filter.of !== "property" || filter.path === null || !events) return false;
  const known = propertiesOf(match, events);
  return known.length > 0 && !known.some(({ name }) => name === filter.path);
}
