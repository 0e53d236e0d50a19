import Link from "next/link";
import { messageOf } from "@/client/api-error";
import { type Sample, useLoadSample } from "@/client/queries/sample";
import type { Overview } from "@/client/queries/workspace";
import { Button } from "../ui/button";
import { EmptyState } from "../ui/empty-state";
import { Problem } from "../ui/field";
import { SourceList } from "./source-list";

/** A workspace without a single message: how to get the first ones in. */
export function EmptyHome({ sources, sample }: { sources: Overview["sources"]; sample: Sample | undefined }) {
  const load = useLoadSample();
  const failure = load.isError ? messageOf(load.error) : sample?.status === "failed" ? sample.error : null;
  return (
    <div className="grid max-w-3xl gap-8">
      <EmptyState
        title="Nobody is here yet"
        actions={
          <>
            <Button look="primary" disabled={load.isPending} onClick={() => load.mutate()}>
              Load the sample workspace
            </Button>
            <Button asChild>
              <Link href="/sources">Add a source</Link>
            </Button>
            <Button asChild look="quiet">
              <Link href="/imports">Import a file</Link>
            </Button>
          </>
        }
      >
        <p>
          Once events come in, this page says how many people there are, where they get stuck before their first moment
          of value, and what to do next. The sample is a project-management product with a few thousand sign-ups; it can
          be removed again in Settings.
        </p>
        {failure && (
          <div className="pt-2">
            <Problem>{failure}</Problem>
          </div>
        )}
      </EmptyState>
      {sources.length > 0 && <SourceList sources={sources} />}
    </div>
  );
}
