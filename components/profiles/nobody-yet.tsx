import Link from "next/link";
import { Button } from "../ui/button";
import { EmptyState } from "../ui/empty-state";

export function NobodyYet() {
  return (
    <EmptyState
      title="Nobody is here yet"
      className="max-w-2xl"
      actions={
        <>
          <Button asChild look="primary">
            <Link href="/">Load the sample workspace</Link>
          </Button>
          <Button asChild>
            <Link href="/sources">Add a source</Link>
          </Button>
        </>
      }
    >
      <p>Each person who sends an event appears here, with everything they did, from before they signed up as well.</p>
    </EmptyState>
  );
}
