"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { alertsQuery } from "@/client/queries/alerts";
import { Age } from "../ui/age";
import { TextLink } from "../ui/text-link";

const shown = 3;

/** What alerts say is wrong now; nothing while all is quiet. */
export function FiringAlerts() {
  const alerts = useQuery({ ...alertsQuery, refetchInterval: 15_000 }).data ?? [];
  const firings = alerts.flatMap(({ firings }) => firings);
  if (firings.length === 0) return null;
  return (
    <section aria-label="Firing alerts" className="mb-5 rounded-4 border border-out-line bg-out-soft px-4 py-3">
      <ul className="grid gap-1">
        {firings.slice(0, shown).map(({ subjectId, text, firedAt }, index) => (
          <li key={`${subjectId} ${String(index)}`} className="text-out">
            {text}{" "}
            <span className="text-12">
              fired <Age at={firedAt} />
            </span>
          </li>
        ))}
      </ul>
      <TextLink asChild className="text-12">
        <Link href="/alerts">
          {firings.length > shown ? `${firings.length - shown} more in Alerts` : "Show in Alerts"}
        </Link>
      </TextLink>
    </section>
  );
}
