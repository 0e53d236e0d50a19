"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { formatCount, formatPeople } from "@/client/format";
import { starterFunnel, starterName } from "@/client/funnel-draft/starter";
import { eventsQuery } from "@/client/queries/catalogue";
import { funnelPreviewQuery } from "@/client/queries/funnels";
import { Button } from "../ui/button";
import { EmptyState } from "../ui/empty-state";
import { TextLink } from "../ui/text-link";
import { NothingToCount } from "./nothing-to-count";

/** What would be here, with the starter's real numbers where there are any. */
export function NoFunnelYet({ onShowArchived }: { onShowArchived: () => void }) {
  const events = useQuery(eventsQuery).data;
  const starter = events && starterFunnel(events);
  const steps = useQuery(funnelPreviewQuery(starter ?? null)).data?.steps;
  const first = steps?.[0];
  const last = steps?.at(-1);
  if (events && !starter) return <NothingToCount />;
  return (
    <>
      <EmptyState
        title={starterName}
        actions={
          <Button asChild look="primary">
            <Link href="/funnels/new">See where they are lost</Link>
          </Button>
        }
      >
        {first && last ? (
          <p>
            {formatPeople(first.people)} did {first.label}; {formatCount(last.people)} of them got to {last.label}. A
            funnel shows at which step the others were lost, and makes an audience of them.
          </p>
        ) : (
          <p>A funnel shows how many people go from step to step, and makes an audience of those who were lost.</p>
        )}
      </EmptyState>
      <p className="pt-4 text-ink-3">
        <TextLink onClick={onShowArchived}>Archived funnels</TextLink>
      </p>
    </>
  );
}
