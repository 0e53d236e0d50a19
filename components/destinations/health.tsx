import type { Destination } from "@/core/api/destinations";
import { Badge } from "../ui/badge";

export function HealthBadge({ health }: Pick<Destination, "health">) {
  if (health.status === "failing") return <Badge tone="out">failing</Badge>;
  if (health.status === "ok") return <Badge tone="in">delivering</Badge>;
  return <Badge>{health.syncs === 0 ? "no sync yet" : "paused"}</Badge>;
}
