"use client";

import { useQuery } from "@tanstack/react-query";
import { audienceNamesQuery } from "@/client/queries/audiences";
import { destinationsQuery } from "@/client/queries/destinations";
import { sourcesQuery } from "@/client/queries/sources";
import { type AlertRule, watchedBy } from "@/core/alerts/rule";
import { Picker } from "../audience-builder/picker";
import { WordBox } from "./word-box";

interface WatchedWordProps {
  wordId: string;
  rule: AlertRule;
  /** Of the one thing, until the list of them is there. */
  name: string | null | undefined;
  onChange: (rule: AlertRule) => void;
}

const nouns = { destination: "destinations", audience: "audiences", source: "sources" } as const;

/** What a rule is about: one thing, or any. */
export function WatchedWord({ wordId, rule, name, onChange }: WatchedWordProps) {
  const { kind, id } = watchedBy(rule);
  const destinations = useQuery({ ...destinationsQuery, enabled: kind === "destination" }).data;
  const audiences = useQuery({ ...audienceNamesQuery, enabled: kind === "audience" }).data;
  const sources = useQuery({ ...sourcesQuery, enabled: kind === "source" }).data;
  const things = { destination: destinations, audience: audiences, source: sources }[kind];
  const chosen = things?.find((thing) => thing.id === id)?.name ?? name ?? `a ${kind} that was removed`;
  return (
    <WordBox
      wordId={wordId}
      label={id === null ? `any ${kind}` : chosen}
      look={id === null ? "plain" : "name"}
      title={`Which ${kind}`}
      className="w-96 overflow-hidden"
    >
      {(close) => (
        <Picker
          noun={nouns[kind]}
          current={id ?? "any"}
          loading={things === undefined}
          options={[
            { key: "any", value: null, label: `any ${kind}`, kind: "also those to come" },
            ...(things ?? []).map((thing) => ({ key: thing.id, value: thing.id, label: thing.name })),
          ]}
          onChoose={(value) => {
            onChange(withWatched(rule, value));
            close();
          }}
        />
      )}
    </WordBox>
  );
}

function withWatched(rule: AlertRule, id: string | null): AlertRule {
  switch (rule.kind) {
    case "sync_failing":
    case "deliveries_given_up":
      return { ...rule, destinationId: id };
    case "audience_jumped":
      return { ...rule, audienceId: id };
    case "source_silent":
      return { ...rule, sourceId: id };
  }
}
