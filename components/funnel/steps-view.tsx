"use client";

import { useState } from "react";
import { rangeWords } from "@/client/funnel-draft/sentence-words";
import type { Figure } from "@/client/funnel-figures/figure";
import { figureSentence, figureTitle, pendingSentence } from "@/client/funnel-figures/figure-words";
import { useTimeZone } from "@/client/queries/workspace";
import type { FunnelPreview } from "@/core/api/funnels";
import { FunnelChart } from "../charts/funnel-chart";
import { Button } from "../ui/button";
import { FigureActions } from "./figure-actions";
import { PointedCard } from "./figure-card";
import type { funnelPicture } from "./funnel-picture";
import { FunnelTable } from "./funnel-table";
import { GroupTable } from "./group-table";
import { PhoneSteps } from "./phone-steps";
import { Sheet } from "./sheet";
import { StepsLegend } from "./steps-legend";

interface StepsViewProps {
  picture: ReturnType<typeof funnelPicture>;
  preview: FunnelPreview;
  stale: boolean;
  pointed: Figure | null;
  onPoint: (figure: Figure | null) => void;
  onOpen: (figure: Figure) => void;
  onAllGroups: () => void;
}

/** The steps as a chart, as a table, and group by group. */
export function StepsView({ picture, preview, stale, pointed, onPoint, onOpen, onAllGroups }: StepsViewProps) {
  const timeZone = useTimeZone();
  const [touched, setTouched] = useState<Figure | null>(null);
  const { scope, compared, split, series } = picture;
  return (
    <>
      <StepsLegend picture={picture} comparedWith={preview.compare && rangeWords(preview.compare.range, timeZone)} />
      <div className="pt-2 max-desk:hidden">
        <FunnelChart
          picture={picture}
          pointed={pointed}
          onPoint={onPoint}
          onOpen={onOpen}
          stale={stale}
          card={(figure) => <PointedCard figure={figure} onSeePeople={() => onOpen(figure)} />}
        />
      </div>
      <div className="desk:hidden">
        <PhoneSteps picture={picture} onPoint={setTouched} stale={stale} />
      </div>
      <div className="pt-3.5">
        <FunnelTable scope={scope} compared={compared} stale={stale} />
      </div>
      {split && (
        <GroupTable
          scope={scope}
          figures={preview}
          compared={preview.compare}
          by={split.by}
          nameOf={split.nameOf}
          series={series}
          onAll={onAllGroups}
          stale={stale}
        />
      )}
      {touched && (
        <Sheet
          open
          side="bottom"
          onClose={() => setTouched(null)}
          title={figureTitle(touched)}
          description={
            <p>
              {figureSentence(touched, timeZone)} {pendingSentence(touched)}
            </p>
          }
          actions={
            <FigureActions figure={touched} wide>
              <Button
                onClick={() => {
                  onOpen(touched);
                  setTouched(null);
                }}
              >
                See people
              </Button>
            </FigureActions>
          }
        />
      )}
    </>
  );
}
