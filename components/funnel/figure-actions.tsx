"use client";

import type { ReactNode } from "react";
import { messageOf } from "@/client/api-error";
import type { Figure } from "@/client/funnel-figures/figure";
import { Button } from "../ui/button";
import { cn } from "../ui/class-names";
import { Problem } from "../ui/field";
import { useMakeAudience } from "./use-make-audience";

interface FigureActionsProps {
  figure: Figure;
  /** Across the whole width, for a phone. */
  wide?: boolean;
  children?: ReactNode;
}

/** What can be done with exactly the people of a figure. */
export function FigureActions({ figure, wide = false, children }: FigureActionsProps) {
  const { make, pending, error } = useMakeAudience(figure);
  return (
    <div className={cn("flex flex-wrap gap-2", wide && "grow *:grow")}>
      <Button look="primary" disabled={pending} onClick={make}>
        Make audience
      </Button>
      {children}
      {error !== null && (
        <div className="w-full">
          <Problem>{messageOf(error)}</Problem>
        </div>
      )}
    </div>
  );
}
