import Link from "next/link";
import { formatNoun } from "@/client/format";
import type { Overview } from "@/client/queries/workspace";
import { Button } from "../ui/button";
import { LargestDrop } from "./largest-drop";
import { NextCard } from "./next-card";

/** The next thing to do, by what is already here. */
export function NextStep({ overview }: { overview: Overview }) {
  if (overview.audiences === 0) {
    return (
      <NextCard
        title="Find the people who are stuck before activation."
        actions={
          <>
            <Button asChild>
              <Link href="/funnels/new">Make a funnel</Link>
            </Button>
            <Button asChild look="primary">
              <Link href="/audiences/new?starter=stuck">Find them</Link>
            </Button>
          </>
        }
      >
        {formatNoun(overview.people, "person", "people")} {overview.people === 1 ? "has" : "have"} sent events. The
        first audience that everybody builds is of those who signed up and never reached their first moment of value.
      </NextCard>
    );
  }
  if (overview.funnels === 0) {
    return (
      <NextCard
        title="See where people fall off on the way to activation."
        actions={
          <Button asChild look="primary">
            <Link href="/funnels/new">Make a funnel</Link>
          </Button>
        }
      >
        A funnel shows how many people go on from each step, and every drop can be made an audience.
      </NextCard>
    );
  }
  return <LargestDrop />;
}
