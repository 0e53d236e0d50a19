"use client";

import { useEffect, useState } from "react";
import { formatAge, formatMoment } from "@/client/format";
import { useTimeZone } from "@/client/queries/workspace";

interface AgeProps {
  /** ISO 8601. */
  at: string;
  /** After the length of time: "ago". */
  suffix?: string;
}

/** How long ago something was, kept true while it is looked at; the moment itself on hover. */
export function Age({ at, suffix = "ago" }: AgeProps) {
  const timeZone = useTimeZone();
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 5_000);
    return () => clearInterval(timer);
  }, []);
  return (
    <time dateTime={at} title={`${formatMoment(at, timeZone)}, ${timeZone}`} className="whitespace-nowrap">
      {formatAge(at, Math.max(now, Date.now()))} {suffix}
    </time>
  );
}
