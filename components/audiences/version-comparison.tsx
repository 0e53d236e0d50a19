"use client";

import { useQuery } from "@tanstack/react-query";
import { X } from "lucide-react";
import { useState } from "react";
import { formatChange, formatClock, formatCount, formatPeople } from "@/client/format";
import type { ChangeKind } from "@/client/queries/audience-insight";
import { compareVersionsQuery, versionQuery } from "@/client/queries/audience-versions";
import { useTimeZone } from "@/client/queries/workspace";
import type { AudienceWithCount } from "@/core/api/audiences";
import { PeopleOf, type PeopleShown } from "../audience-insight/people-of";
import { Button } from "../ui/button";
import { Fetched } from "../ui/fetched";
import { Field } from "../ui/field";
import { Select } from "../ui/input";
import { ListSkeleton } from "../ui/skeleton";
import { TextLink } from "../ui/text-link";
import { ChangeList } from "./change-list";
import { DefinitionText } from "./definition-text";

interface Pair {
  before: number;
  after: number;
}

interface VersionComparisonProps extends Pair {
  audience: AudienceWithCount;
  /** The versions that there are. */
  numbers: readonly number[];
  onChange: (pair: Pair) => void;
  onClose: () => void;
}

/** Two versions side by side, what changed between them, and whom that lets in and out. */
export function VersionComparison({ audience, before, after, numbers, onChange, onClose }: VersionComparisonProps) {
  const choice = (label: string, value: number, choose: (version: number) => Pair) => (
    <Field label={label} className="w-36 max-desk:w-auto max-desk:min-w-0 max-desk:flex-1">
      <Select value={value} onChange={(event) => onChange(choose(Number(event.target.value)))}>
        {numbers.map((number) => (
          <option key={number} value={number}>
            Version {number}
          </option>
        ))}
      </Select>
    </Field>
  );
  return (
    <section aria-label="Comparison" className="mb-6 rounded-4 border border-line-strong p-4">
      <div className="flex flex-wrap items-end gap-3 pb-4">
        {choice("Before", before, (version) => ({ before: version, after }))}
        {choice("After", after, (version) => ({ before, after: version }))}
        <div className="flex-1 max-desk:hidden" />
        <Button look="quiet" icon aria-label="Close the comparison" onClick={onClose}>
          <X aria-hidden />
        </Button>
      </div>
      <Effect audience={audience} before={before} after={after} />
      <div className="grid grid-cols-2 gap-6 max-desk:grid-cols-1">
        <Side id={audience.id} version={before} />
        <Side id={audience.id} version={after} />
      </div>
    </section>
  );
}

function Side({ id, version }: { id: string; version: number }) {
  const query = useQuery(versionQuery(id, version));
  return (
    <div className="min-w-0">
      <h2 className="pb-1.5 font-head">Version {version}</h2>
      <Fetched query={query} what="The version" loading={<ListSkeleton rows={3} label="Loading the version" />}>
        {(found) =>
          found ? (
            <DefinitionText definition={found.definition} label={`Version ${version}`} />
          ) : (
            <p>There is no such version.</p>
          )
        }
      </Fetched>
    </div>
  );
}

function Effect({ audience, before, after }: Pair & { audience: AudienceWithCount }) {
  const query = useQuery(compareVersionsQuery(audience.id, before, after));
  const sides = [useQuery(versionQuery(audience.id, before)).data, useQuery(versionQuery(audience.id, after)).data];
  const [shown, setShown] = useState<PeopleShown | null>(null);
  const timeZone = useTimeZone();
  return (
    <Fetched query={query} what="The comparison" loading={<ListSkeleton rows={3} label="Loading the comparison" />}>
      {(compared) => {
        const [old, next] = sides;
        const open = (kind: ChangeKind, title: string) => () => {
          if (!old || !next) return;
          const question = { kind, before: old.definition, after: next.definition, asOf: compared.asOf };
          setShown({ title, question });
        };
        const { entering, leaving, staying } = compared;
        return (
          <>
            <p className="flex flex-wrap items-baseline gap-x-4 gap-y-1 pb-1 text-ink-2">
              <span>
                {formatCount(compared.before.count)} → <b className="text-16">{formatPeople(compared.after.count)}</b>
              </span>
              <TextLink onClick={open("entering", `In version ${after} and not in ${before}`)}>
                {entering.count === 0 ? "0" : formatChange(entering.count)} enter
              </TextLink>
              <TextLink onClick={open("leaving", `In version ${before} and not in ${after}`)}>
                {leaving.count === 0 ? "0" : formatChange(-leaving.count)} leave
              </TextLink>
              <TextLink onClick={open("staying", `In both versions`)}>{formatCount(staying.count)} stay</TextLink>
            </p>
            <p className="pb-3 text-12 text-ink-3">as of {formatClock(compared.asOf, timeZone)} · exact</p>
            <ChangeList changes={compared.changes} className="pb-4" />
            <PeopleOf shown={shown} onClose={() => setShown(null)} />
          </>
        );
      }}
    </Fetched>
  );
}
