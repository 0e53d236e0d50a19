import { formatCount, formatShare } from "@/client/format";
import { pointsWords } from "@/client/funnel-figures/difference";
import { type Figure, stepFigure } from "@/client/funnel-figures/figure";
import { figureSentence, figureTitle } from "@/client/funnel-figures/figure-words";
import { useTimeZone } from "@/client/queries/workspace";
import { formatSpan } from "@/client/span";
import type { FunnelPicture, FunnelSeries } from "../charts/funnel-layout";
import { SeriesMark } from "../charts/series-mark";
import { cn } from "../ui/class-names";

interface PhoneStepsProps {
  picture: FunnelPicture;
  onPoint: (figure: Figure) => void;
  stale?: boolean;
}

/** The chart of a narrow screen: a bar for each step, hatched where people were lost, with the groups' bars below. */
export function PhoneSteps({ picture, onPoint, stale = false }: PhoneStepsProps) {
  const { scope, compared, series } = picture;
  const timeZone = useTimeZone();
  const name = (figure: Figure) => `${figureTitle(figure)} ${figureSentence(figure, timeZone)}`;
  return (
    <ol className={cn("mt-2 transition-opacity duration-(--m-slow)", stale && "stale")}>
      {scope.steps.map((step, index) => {
        const reached = stepFigure(scope, index + 1, "reached");
        const dropped = stepFigure(scope, index + 1, "dropped");
        const then = compared?.steps[index];
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a step is known by its place
          <li key={index} className="border-t border-line py-2.5">
            <p className="flex items-baseline justify-between gap-2">
              <span className="min-w-0 [overflow-wrap:anywhere]">
                {index + 1}. {step.label}
              </span>
              <button
                type="button"
                aria-label={name(reached)}
                onClick={() => onPoint(reached)}
                className="-my-2 rounded-1 py-2 font-head"
              >
                {formatCount(step.people)}
              </button>
            </p>
            <Bar share={step.fromFirst} />
            {then && <Bar share={then.fromFirst} quiet />}
            <p className="flex items-baseline justify-between gap-2 text-12 text-ink-3">
              <span>
                {step.fromFirst !== null && `${formatShare(step.fromFirst)} of the first`}
                {then && index > 0 && ` · ${pointsWords(step.fromFirst, then.fromFirst)}`}
                {step.seconds && ` · median ${formatSpan(step.seconds.median)}`}
              </span>
              {dropped.people > 0 && (
                <button
                  type="button"
                  aria-label={name(dropped)}
                  onClick={() => onPoint(dropped)}
                  className="-my-2.5 flex-none rounded-1 py-2.5 text-out"
                >
                  {formatCount(step.dropped)} dropped
                </button>
              )}
            </p>
            {index > 0 && series.length > 0 && <Groups series={series} step={index} />}
          </li>
        );
      })}
    </ol>
  );
}

function Bar({ share, quiet = false }: { share: number | null; quiet?: boolean }) {
  return (
    <div
      aria-hidden
      className="my-1.5 h-2 overflow-hidden rounded-[2px] bg-[repeating-linear-gradient(135deg,var(--line)_0_2px,transparent_2px_5px)]"
    >
      <div
        className={cn("h-full rounded-[2px]", quiet ? "bg-chart-2" : "bg-chart-1")}
        style={{ width: `${(share ?? 0) * 100}%` }}
      />
    </div>
  );
}

function Groups({ series, step }: { series: readonly FunnelSeries[]; step: number }) {
  return (
    <ul className="flex flex-wrap gap-x-3 gap-y-0.5 pt-1 text-12 text-ink-2">
      {series.map(({ name, look, steps }) => {
        const share = steps[step]?.fromFirst;
        return (
          <li key={name} className="flex items-center gap-1">
            <SeriesMark look={look} />
            {name} <span className="text-ink-3">{share == null ? "–" : formatShare(share)}</span>
          </li>
        );
      })}
    </ul>
  );
}
