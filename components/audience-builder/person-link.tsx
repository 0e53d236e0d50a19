import Link from "next/link";
import type { Person } from "@/core/api/shared";

/** A person by what they are best known as; opens their page. */
export function PersonLink({ person }: { person: Person }) {
  const known = person.email ?? person.userId;
  return (
    <Link
      href={`/profiles/${person.id}`}
      className="min-w-0 truncate rounded-1 underline decoration-transparent underline-offset-3 transition-colors hover:decoration-current"
    >
      {known ?? <span className="text-ink-2">anonymous {person.anonymousIds[0]}</span>}
    </Link>
  );
}
