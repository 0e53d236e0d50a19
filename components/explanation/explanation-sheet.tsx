"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { formatClock } from "@/client/format";
import { audienceQuery } from "@/client/queries/audiences";
import { explanationQuery } from "@/client/queries/profiles";
import { useTimeZone } from "@/client/queries/workspace";
import type { Explanation } from "@/core/api/profiles";
import type { AudienceDefinition } from "@/core/audience/definition";
import { Sheet } from "../funnel/sheet";
import { Fetched } from "../ui/fetched";
import { ListSkeleton } from "../ui/skeleton";
import { TextLink } from "../ui/text-link";
import { ExplainedConditions } from "./explained-condition";
import { NextChange } from "./next-change";

interface ExplanationSheetProps {
  person: { id: string; name: string };
  against: Against;
  /** The moment of the list that it was opened from; now unless told. */
  asOf?: string;
  onClose: () => void;
}

/** A saved audience, or a definition that is not saved. */
export type Against = { id: string; name: string } | { definition: AudienceDefinition };

/** Why a person is in an audience, or is not: condition by condition, by what decided each. */
export function ExplanationSheet({ person, against, asOf, onClose }: ExplanationSheetProps) {
  return (
    <Sheet open onClose={onClose} title={person.name} description={<AgainstLine against={against} />}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by the keyboard */}
      <section aria-label="Why" tabIndex={0} className="min-h-0 flex-1 overflow-y-auto px-4 pb-4 -outline-offset-2">
        {"definition" in against ? (
          <Why person={person} definition={against.definition} asOf={asOf} />
        ) : (
          <WhySaved person={person} audienceId={against.id} asOf={asOf} />
        )}
      </section>
    </Sheet>
  );
}

function AgainstLine({ against }: { against: Against }) {
  if ("definition" in against) return <p>against these conditions</p>;
  return (
    <p>
      against{" "}
      <TextLink asChild>
        <Link href={`/audiences/${against.id}`}>{against.name}</Link>
      </TextLink>
    </p>
  );
}

interface WhySavedProps {
  person: { id: string; name: string };
  audienceId: string;
  asOf: string | undefined;
}

function WhySaved({ person, audienceId, asOf }: WhySavedProps) {
  const audience = useQuery(audienceQuery(audienceId));
  return (
    <Fetched query={audience} what="The audience" loading={<Loading />}>
      {({ definition }) => <Why person={person} definition={definition} asOf={asOf} />}
    </Fetched>
  );
}

function Loading() {
  return <ListSkeleton rows={6} label="Finding out why" />;
}

interface WhyProps {
  person: { id: string; name: string };
  definition: AudienceDefinition;
  asOf: string | undefined;
}

function Why({ person, definition, asOf }: WhyProps) {
  const explanation = useQuery(explanationQuery(person.id, definition, asOf));
  return (
    <Fetched query={explanation} what="The reason" loading={<Loading />}>
      {(data) => (
        <>
          <Verdict explanation={data} />
          <ExplainedConditions nodes={topNodes(data)} profileId={person.id} />
        </>
      )}
    </Fetched>
  );
}

/** The conditions that all must hold stand at the top by themselves. */
function topNodes({ node }: Explanation) {
  return node.kind === "all" && node.children ? node.children : [node];
}

function Verdict({ explanation }: { explanation: Explanation }) {
  const timeZone = useTimeZone();
  const { member, excluded, asOf } = explanation;
  const nodes = topNodes(explanation);
  const held = nodes.filter(({ holds }) => holds).length;
  return (
    <div className={`mb-2 rounded-3 px-3 py-2.5 ${member ? "bg-in-soft" : "bg-out-soft"}`}>
      <p>
        <b className={`font-head ${member ? "text-in" : "text-out"}`}>{member ? "In" : "Not in"}</b>
        <span className="text-ink-2">
          {" "}
          · {excluded ?? (nodes.length === 1 ? "" : `${held} of ${nodes.length} conditions are true · `)}
          {excluded === null && `as of ${formatClock(asOf, timeZone)}`}
        </span>
      </p>
      <p className="text-12 leading-5 text-ink-2">
        <NextChange explanation={explanation} />
      </p>
    </div>
  );
}
