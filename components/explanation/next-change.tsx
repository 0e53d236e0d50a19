"use client";

import { formatAge, formatMoment } from "@/client/format";
import { useTimeZone } from "@/client/queries/workspace";
import type { Explanation } from "@/core/api/profiles";

/** When the answer changes though nothing more is heard of the person. */
export function NextChange({ explanation }: { explanation: Explanation }) {
  const timeZone = useTimeZone();
  const { member, nextChangeAt, asOf } = explanation;
  if (nextChangeAt === undefined) return "When that changes by itself is not known: the history is too long to try.";
  if (nextChangeAt === null) return "Does not change by itself, only by what the person does.";
  return (
    <>
      {member ? "Leaves" : "Comes in"} by itself on{" "}
      <time dateTime={nextChangeAt} className="font-word text-ink">
        {formatMoment(nextChangeAt, timeZone)}
      </time>
      , in {formatAge(asOf, Date.parse(nextChangeAt))}, unless something happens before.
    </>
  );
}
