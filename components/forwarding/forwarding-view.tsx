"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { messageOf } from "@/client/api-error";
import { formatCount } from "@/client/format";
import { forwardingQuery, useEndForwarding, useSetForwarding } from "@/client/queries/forwarding";
import type { Forwarding } from "@/core/api/forwarding";
import type { ForwardingChoices } from "@/core/destinations/forwarding";
import { Age } from "../ui/age";
import { Badge } from "../ui/badge";
import { Button } from "../ui/button";
import { Fetched } from "../ui/fetched";
import { Problem } from "../ui/field";
import { ListSkeleton } from "../ui/skeleton";
import { notify, notifyProblem } from "../ui/toast";
import { choicesOf, draftOf } from "./choices-draft";
import { ChoicesForm } from "./choices-form";
import { PreviewOfForwarding } from "./forwarding-preview";

/** Which messages are sent on to a destination as they come in, how that goes, and what a filter would send. */
export function ForwardingView({ destination }: { destination: { id: string; name: string } }) {
  const query = useQuery(forwardingQuery(destination.id));
  return (
    <Fetched query={query} what="What is sent on" loading={<ListSkeleton rows={4} label="Loading what is sent on" />}>
      {({ forwarding }) => (
        <div className="grid max-w-xl grid-cols-[minmax(0,1fr)] gap-5">
          {forwarding === null ? (
            <p className="text-ink-2">
              No messages are sent to {destination.name} yet. Choose which ones should be, as they come in; the preview
              shows them before anything is sent.
            </p>
          ) : (
            <Standing destinationId={destination.id} forwarding={forwarding} />
          )}
          <Filter key={forwarding?.id ?? "new"} destination={destination} forwarding={forwarding} />
        </div>
      )}
    </Fetched>
  );
}

function Standing({ destinationId, forwarding }: { destinationId: string; forwarding: Forwarding }) {
  const set = useSetForwarding(destinationId);
  const end = useEndForwarding(destinationId);
  const onError = (error: Error) => notifyProblem(messageOf(error));
  const { status, choices, sent, behind, trouble, lastDeliveredAt } = forwarding;
  const isRunning = status === "running";
  const change = isRunning ? ("paused" as const) : ("running" as const);
  return (
    <div className="grid gap-2 rounded-4 border border-line px-3.5 py-3">
      <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2">
        <p className="flex items-center gap-2">
          <span className="font-head">Messages are sent on</span>
          <Badge tone={!isRunning ? "plain" : trouble === null ? "in" : "out"}>
            {!isRunning ? "Paused" : trouble !== null ? "Failing" : behind > 0 ? "Catching up" : "Up to date"}
          </Badge>
        </p>
        <div className="flex gap-1.5">
          <Button
            look={isRunning ? "plain" : "primary"}
            disabled={set.isPending}
            onClick={() => set.mutate({ choices, status: change }, { onError })}
          >
            {isRunning ? "Pause" : "Resume"}
          </Button>
          <Button
            look="danger"
            disabled={end.isPending}
            onClick={() =>
              end.mutate(undefined, { onError, onSuccess: () => notify("No messages are sent on any more.") })
            }
          >
            Stop
          </Button>
        </div>
      </div>
      {trouble !== null && (
        <p role="alert" className="text-out">
          {trouble.message} Tried {formatCount(trouble.attempts)} {trouble.attempts === 1 ? "time" : "times"}; it is
          tried again by itself.
        </p>
      )}
      <p className="text-12 text-ink-3">
        {formatCount(sent.delivered)} delivered in 24 hours
        {sent.skipped > 0 && ` · ${formatCount(sent.skipped)} without a name that is known there`}
        {sent.gaveUp > 0 && (
          <>
            {" · "}
            <span className="text-out">{formatCount(sent.gaveUp)} given up</span>
          </>
        )}
        {lastDeliveredAt && (
          <>
            {" · last delivery "}
            <Age at={lastDeliveredAt} />
          </>
        )}
      </p>
    </div>
  );
}

interface FilterProps {
  destination: { id: string; name: string };
  forwarding: Forwarding | null;
}

function Filter({ destination, forwarding }: FilterProps) {
  const [draft, setDraft] = useState(() => draftOf(forwarding?.choices));
  const [tried, setTried] = useState<ForwardingChoices | null>(null);
  const set = useSetForwarding(destination.id);
  const read = choicesOf(draft);
  return (
    <form
      className="grid grid-cols-[minmax(0,1fr)] gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        if ("problem" in read) return;
        const { choices } = read;
        set.mutate(
          { choices, status: forwarding?.status ?? "running" },
          {
            onSuccess: () =>
              notify(forwarding ? "The filter is saved." : `Messages are sent on to ${destination.name}.`),
          },
        );
      }}
    >
      <ChoicesForm
        draft={draft}
        onChange={(next) => {
          setDraft(next);
          setTried(null);
        }}
      />
      {"problem" in read && <Problem>{read.problem}</Problem>}
      {set.isError && <Problem>{messageOf(set.error)}</Problem>}
      {tried && <PreviewOfForwarding id={destination.id} choices={tried} />}
      <div className="flex flex-wrap gap-2">
        <Button disabled={"problem" in read} onClick={() => "choices" in read && setTried(read.choices)}>
          Preview
        </Button>
        <Button look="primary" type="submit" disabled={set.isPending || "problem" in read}>
          {forwarding ? "Save the filter" : "Send messages on"}
        </Button>
      </div>
    </form>
  );
}
