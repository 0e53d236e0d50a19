"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { messageOf } from "@/client/api-error";
import { formatCount, formatPeople } from "@/client/format";
import { forwardingPreviewQuery } from "@/client/queries/forwarding";
import type { ForwardingPreview } from "@/core/api/forwarding";
import type { ForwardingChoices } from "@/core/destinations/forwarding";
import { JsonView } from "../debugger/json-view";
import { indented } from "../syncs/indented";
import { Age } from "../ui/age";
import { Problem } from "../ui/field";
import { TextLink } from "../ui/text-link";

/** What a filter would have sent on of the last day, with the requests of the latest messages. */
export function PreviewOfForwarding({ id, choices }: { id: string; choices: ForwardingChoices }) {
  const query = useQuery(forwardingPreviewQuery(id, choices));
  if (query.isError) {
    return (
      <Problem>
        {messageOf(query.error)} <TextLink onClick={() => void query.refetch()}>Retry</TextLink>
      </Problem>
    );
  }
  if (query.data === undefined) return <p className="text-ink-3">Trying it out</p>;
  const { messages, people, samples } = query.data;
  return (
    <section aria-label="Preview" className="grid grid-cols-[minmax(0,1fr)] gap-2 rounded-4 bg-sunken p-3">
      <p role="status">
        Would have sent <b>{formatCount(messages)}</b> {messages === 1 ? "message" : "messages"} of{" "}
        {formatPeople(people)} in the last 24 hours. Nothing was sent.
      </p>
      <ul className="grid grid-cols-[minmax(0,1fr)] gap-1">
        {samples.map((sample) => (
          <Sample key={sample.messageId} sample={sample} />
        ))}
      </ul>
    </section>
  );
}

function Sample({ sample }: { sample: ForwardingPreview["samples"][number] }) {
  const { event, type, identifier, timestamp, request, profileId } = sample;
  return (
    <li>
      <details>
        <summary className="cursor-pointer">
          <span className="font-word">{event || type}</span> of{" "}
          <span className="break-all">{identifier ?? "somebody without such a name, so it is not sent"}</span>{" "}
          <span className="text-ink-3">
            <Age at={timestamp} />
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
