import { Check } from "lucide-react";
import { formatNoun } from "@/client/format";
import type { SourceWithFigures } from "@/client/queries/sources";
import { Age } from "../ui/age";

/** Waits for the first message, and turns green when it is there. */
export function SourceStatus({ source }: { source: SourceWithFigures }) {
  if (source.archivedAt !== null || !source.enabled) {
    return (
      <p role="status" className="rounded-4 border border-violation-line bg-violation-soft px-4 py-3 text-violation">
        <b>{source.archivedAt === null ? "This source is switched off." : "This source is archived."}</b> It takes no
        messages.
      </p>
    );
  }
  if (source.lastReceivedAt === null) {
    return (
      <p
        role="status"
        className="flex items-center gap-2.5 rounded-4 border border-dashed border-line-strong px-4 py-3"
      >
        <span
          aria-hidden
          className="size-[9px] flex-none animate-pulse rounded-full border-[1.5px] border-line-control motion-reduce:animate-none"
        />
        <span>
          <b>Waiting for the first message.</b>{" "}
          <span className="text-ink-2">Set up a sender below; this turns green by itself.</span>
        </span>
      </p>
    );
  }
  return (
    <p role="status" className="flex items-center gap-2.5 rounded-4 border border-in-line bg-in-soft px-4 py-3 text-in">
      <Check aria-hidden />
      <span>
        <b>Messages come in.</b> {formatNoun(source.messages, "message")}, the last <Age at={source.lastReceivedAt} />.
      </span>
    </p>
  );
}
