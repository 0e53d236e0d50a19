"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { formatNoun } from "@/client/format";
import { archivedSourcesQuery } from "@/client/queries/sources";

/** Sources that take nothing any more, out of the way; nothing where there is none. */
export function ArchivedSources() {
  const items = useQuery(archivedSourcesQuery).data ?? [];
  if (items.length === 0) return null;
  return (
    <details className="pt-4">
      <summary className="cursor-pointer text-ink-2">{formatNoun(items.length, "archived source")}</summary>
      <ul className="pt-1">
        {items.map(({ id, name }) => (
          <li key={id}>
            <Link href={`/sources/${id}`} className="inline-flex min-h-8 items-center text-ink-2 hover:underline">
              {name}
            </Link>
          </li>
        ))}
      </ul>
    </details>
  );
}
