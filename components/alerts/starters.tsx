import type { AlertKind } from "@/core/alerts/rule";
import { EmptyState } from "../ui/empty-state";

const starters: readonly { kind: AlertKind; words: string; why: string }[] = [
  {
    kind: "sync_failing",
    words: "any destination has been failing for 10 minutes",
    why: "A key that has expired is found before a campaign goes out without its people.",
  },
  {
    kind: "audience_jumped",
    words: "any audience grew or shrank by more than 25% within 1 day",
    why: "A renamed event empties an audience quietly; this says so.",
  },
  {
    kind: "source_silent",
    words: "any source has sent nothing for 1 hour",
    why: "A release that lost the tracking shows the same hour, and not in next week’s figures.",
  },
];

/** Three to begin with, where there is none. */
export function AlertStarters({ onStart }: { onStart: (kind: AlertKind) => void }) {
  return (
    <EmptyState title="No alert yet">
      <p>
        An alert tells you by email, on Slack or by a webhook when something goes wrong, once, and once when it is over.
      </p>
      <ul className="grid gap-2 pt-3">
        {starters.map(({ kind, words, why }) => (
          <li key={kind}>
            <button
              type="button"
              onClick={() => onStart(kind)}
              className="w-full rounded-3 border border-line bg-surface px-3 py-2 text-left transition-colors hover:bg-hover"
            >
              <span className="block text-14 font-word text-ink">Tell me when {words}</span>
              <span className="block text-ink-2">{why}</span>
            </button>
          </li>
        ))}
      </ul>
    </EmptyState>
  );
}
