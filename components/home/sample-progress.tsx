import { formatNoun, formatShare } from "@/client/format";
import type { Sample } from "@/client/queries/sample";
import { Progress } from "../ui/progress";

export function SampleProgress({ sample }: { sample: Sample }) {
  const removing = sample.status === "removing";
  const label = removing ? "Removing the sample" : "Loading the sample workspace";
  return (
    <section className="max-w-xl rounded-4 border border-line bg-surface px-4 py-3.5" aria-label={label}>
      <h2 className="pb-2 text-14 font-head">{label}</h2>
      <Progress label={label} value={sample.progress}>
        {formatShare(sample.progress)} · {formatNoun(sample.messages, "message")} {removing ? "left" : "so far"}
      </Progress>
    </section>
  );
}
