import { messageOf } from "@/client/api-error";
import { formatCount, formatNoun } from "@/client/format";
import { type Replayed, useReplay } from "@/client/queries/debugger";
import { notify, notifyProblem } from "../ui/toast";

/** Replays messages, and says how many pass now and why the others do not. */
export function useReplaying() {
  const { mutate, isPending } = useReplay();
  const replay = (which: Parameters<typeof mutate>[0], onDone?: () => void) =>
    mutate(which, {
      onSuccess: (replayed) => {
        notify(replayWords(replayed));
        onDone?.();
      },
      onError: (error) => notifyProblem(messageOf(error)),
    });
  return { replay, replaying: isPending };
}

function replayWords({ tried, accepted, duplicate, refused, blocked, impossible, left, reasons }: Replayed): string {
  const parts = [
    tried === 0 ? "Nothing could be replayed." : `${formatCount(accepted)} of ${formatNoun(tried, "message")} passed.`,
  ];
  if (duplicate > 0) parts.push(`${formatNoun(duplicate, "is", "are")} there already.`);
  const [first] = reasons;
  if (refused + blocked > 0 && first) parts.push(`Still not taken: ${first.message}`);
  if (impossible > 0) parts.push(`${formatNoun(impossible, "was", "were")} not kept whole.`);
  if (left > 0) parts.push(`${formatCount(left)} are left; replay again.`);
  return parts.join(" ");
}
