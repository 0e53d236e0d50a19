import Link from "next/link";
import { Button } from "../ui/button";
import { EmptyState } from "../ui/empty-state";

/** In place of a funnel while fewer than two events have ever been seen. */
export function NothingToCount() {
  return (
    <EmptyState
      title="A funnel needs two events"
      actions={
        <>
          <Button asChild look="primary">
            <Link href="/">Load the sample</Link>
          </Button>
          <Button asChild>
            <Link href="/imports">Import a file</Link>
          </Button>
        </>
      }
    >
      <p>It shows how many people go from one event to the next, and who was lost on the way. None have come in yet.</p>
    </EmptyState>
  );
}
