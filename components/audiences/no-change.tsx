import type { AudienceWithCount } from "@/core/api/audiences";
import { Button } from "../ui/button";
import { EmptyState } from "../ui/empty-state";
import type { ChangeFilterState } from "./use-change-filter";

/** Where the log, or what is looked for in it, is empty. */
export function NoChange({ audience, filter }: { audience: AudienceWithCount; filter: ChangeFilterState }) {
  const { change, day, setChange, setDay } = filter;
  if (change === undefined && day === undefined) {
    return (
      <EmptyState title="Nobody has entered or left yet" className="max-w-2xl">
        <p>
          {audience.archivedAt === null
            ? "Whoever does stands here within two seconds, with the event or the moment that decided it."
            : "Nobody’s membership is kept of an archived audience."}
        </p>
      </EmptyState>
    );
  }
  const who = change === undefined ? "Nobody entered or left" : change === "entered" ? "Nobody entered" : "Nobody left";
  const clear = () => {
    setChange(undefined);
    setDay(undefined);
  };
  return (
    <EmptyState
      title={day === undefined ? `${who} yet` : `${who} on that day`}
      className="max-w-2xl"
      actions={<Button onClick={clear}>Show all changes</Button>}
    >
      <p>Other changes are in the log.</p>
    </EmptyState>
  );
}
