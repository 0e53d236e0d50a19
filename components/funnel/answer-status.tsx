"use client";

import { messageOf } from "@/client/api-error";
import { formatClock } from "@/client/format";
import { useTimeZone } from "@/client/queries/workspace";
import { Problem } from "../ui/field";
import { doneWords, Progress } from "../ui/progress";
import { TextLink } from "../ui/text-link";
import type { PreviewState } from "./use-funnel-preview";

/** What goes on with the counting: a problem with the way out, or over a second progress with a way to stop it. */
export function AnswerStatus({ state }: { state: PreviewState }) {
  const timeZone = useTimeZone();
  const { answered, error, cancelled, slow, share } = state;
  const shownAs = answered ? `Shown as of ${formatClock(answered.preview.asOf, timeZone)}. ` : "";
  if (error) {
    return (
      <div className="pt-3">
        <Problem>
          {shownAs}
          {messageOf(error)} <TextLink onClick={state.retry}>Retry</TextLink>
        </Problem>
      </div>
    );
  }
  if (cancelled) {
    return (
      <p role="status" className="pt-3 text-ink-2">
        {shownAs}Counting was cancelled. <TextLink onClick={state.retry}>Count again</TextLink>
      </p>
    );
  }
  if (!slow) return null;
  return (
    <div className="w-64 pt-3">
      <Progress label="Counting" value={share}>
        {doneWords(share)} · <TextLink onClick={state.cancel}>Cancel</TextLink>
      </Progress>
    </div>
  );
}
