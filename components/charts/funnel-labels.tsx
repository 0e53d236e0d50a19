import { formatCount, formatShare } from "@/client/format";
import { formatSpan } from "@/client/span";
import type { FunnelLayout, FunnelPicture } from "./funnel-layout";

/** Under the columns: people, share and name of each step, and between them conversion and median time. */
export function FunnelLabels({ picture, layout }: { picture: FunnelPicture; layout: FunnelLayout }) {
  const { left, pitch, step: wide } = layout;
  const { scope, compared } = picture;
  return (
    <div
      aria-hidden
      className={compared ? "relative h-[92px] text-12 text-ink-3" : "relative h-[76px] text-12 text-ink-3"}
    >
      {scope.steps.map((step, index) => {
        const x = left + index * pitch;
        const other = compared?.steps[index];
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a step is known by its place
          <div key={index}>
            {index > 0 && (
              <div
                className="absolute top-1.5 text-center whitespace-nowrap"
                style={{ left: x - (pitch - wide), width: pitch - wide }}
              >
                {step.fromPrevious !== null && <p>{formatShare(step.fromPrevious)} →</p>}
                {step.seconds && <p className="pt-0.5 text-11">{formatSpan(step.seconds.median)}</p>}
              </div>
            )}
            <div className="absolute top-1" style={{ left: x, width: wide }}>
              <p className="flex items-baseline justify-between gap-1">
                <b className="text-13 text-ink">{formatCount(step.people)}</b>
                {step.fromFirst !== null && <span>{formatShare(step.fromFirst)}</span>}
              </p>
              {other && (
                <p className="flex items-baseline justify-between gap-1">
                  <span>{formatCount(other.people)}</span>
                  {other.fromFirst !== null && <span>{formatShare(other.fromFirst)}</span>}
                </p>
              )}
              <p className="line-clamp-3 pt-0.5 text-ink-2 [overflow-wrap:anywhere]" style={{ width: wide + 8 }}>
                {step.label}
              </p>
            </div>
          </div>
        );
      })}
    </div>
  );
}
