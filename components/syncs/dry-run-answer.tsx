"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { messageOf } from "@/client/api-error";
import { formatCount, formatPeople } from "@/client/format";
import { dryRunQuery } from "@/client/queries/syncs";
import type { DryRun, NewSync } from "@/core/api/syncs";
import { JsonView } from "../debugger/json-view";
import { Badge } from "../ui/badge";
import { Problem } from "../ui/field";
import { TextLink } from "../ui/text-link";
import { indented } from "./indented";

/** What a sync would do, with the requests of the first five people. */
export function DryRunAnswer({ input }: { input: NewSync }) {
  const query = useQuery(dryRunQuery(input));
  if (query.isError) {
    return (
      <Problem>
        {messageOf(query.error)} <TextLink onClick={() => void query.refetch()}>Retry</TextLink>
      </Problem>
    );
  }
  if (query.data === undefined) return <p className="text-ink-3">Trying it out</p>;
  const { add, remove, suppressed, samples } = query.data;
  return (
    <section aria-label="Dry run" className="grid grid-cols-[minmax(0,1fr)] gap-2 rounded-4 bg-sunken p-3">
      <p role="status">
        Would add <b className="text-in">{formatCount(add)}</b> and remove{" "}
        <b className="text-out">{formatCount(remove)}</b>. Nothing was sent.
        {suppressed > 0 && ` ${formatPeople(suppressed)} never sent, as they are suppressed.`}
      </p>
      <ul className="grid grid-cols-[minmax(0,1fr)] gap-1">
        {samples.map((sample) => (
          <Sample key={sample.profileId} sample={sample} />
        ))}
      </ul>
    </section>
  );
}

function Sample({ sample: { profileId, change, identifier, request } }: { sample: DryRun["samples"][number] }) {
  return (
    <li>
      <details>
        <summary className="cursor-pointer">
          <span className="inline-flex items-center gap-2 align-middle">
            <Badge tone={change === "entered" ? "in" : "out"}>{change}</Badge>
            <span className="break-all">{identifier}</span>
          </span>
        </summary>
        <div className="grid grid-cols-[minmax(0,1fr)] gap-1.5 pt-1.5 pb-2">
          {request === null ? (
            <p className="text-ink-3">The tool is asked something first, so its request cannot be shown before.</p>
          ) : (
            <JsonView title={`${request.method} ${request.url}`} value={indented(request.body)} />
          )}
          <TextLink asChild className="w-fit">
            <Link href={`/profiles/${profileId}`}>Open this person</Link>
          </TextLink>
        </div>
      </details>
    </li>
  );
}
