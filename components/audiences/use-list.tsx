import Link from "next/link";
import type { AudienceUse } from "@/core/api/audiences";
import { Badge } from "../ui/badge";

const roles = {
  condition: "as a condition",
  counted: "as the people it counts",
  breakdown: "as what it is broken down by",
  sent: "as whom it is sent",
  suppression: "as who is never sent there",
} as const;

/** Where an audience is used, each with the way to it. */
export function UseList({ uses }: { uses: readonly AudienceUse[] }) {
  return (
    <ul aria-label="Used by">
      {uses.map(({ kind, id, name, as, archivedAt }) => (
        <li
          key={`${kind} ${id} ${as}`}
          className="flex min-h-row flex-wrap items-center gap-x-3 gap-y-1 border-t border-line py-1"
        >
          <Link href={`/${kind}s/${id}`} className="font-word hover:underline">
            {name}
          </Link>
          <span className="text-ink-3">
            {kind}, {roles[as]}
          </span>
          {archivedAt !== null && <Badge>archived</Badge>}
        </li>
      ))}
    </ul>
  );
}
