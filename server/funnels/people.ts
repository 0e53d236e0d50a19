import type { FunnelPeople } from "@/core/api/funnels";
import { AppError } from "@/core/errors";
import type { FunnelDefinition } from "@/core/funnel/definition";
import type { FunnelFigure } from "@/core/funnel/figure";
import { validateFunnel } from "@/core/funnel/validate";
import { validateFigure } from "@/core/funnel/validate-rules";
import { audienceContext } from "@/server/audiences/context";
import { formatCursor, parseCursor } from "@/server/profiles/cursor";
import { readPeople } from "@/server/profiles/people";
import type { Services } from "@/server/services";
import { figurePeople } from "./figure-people";
import { funnelQuery } from "./funnel-query";

interface PeopleInput extends FunnelFigure {
  funnel: FunnelDefinition;
  asOf?: string | undefined;
  limit?: number | undefined;
  cursor?: string | undefined;
}

const defaultLimit = 100;

/**
 * A page of the people of a figure. The cursor keeps the moment of the first page, so that all pages are of one list.
 * Errors: `invalid` for a step that the funnel does not have, and for a cursor of another moment than `asOf`.
 */
export async function funnelPeople(
  services: Pick<Services, "eventStore" | "metadata" | "now">,
  input: PeopleInput,
  signal?: AbortSignal,
): Promise<FunnelPeople> {
  const { funnel, asOf: _asOf, cursor: _cursor, limit = defaultLimit, ...figure } = input;
  const { now, after } = startOf(input, services.now().getTime());
  const context = await audienceContext(services, now);
  validateFunnel(funnel, context);
  validateFigure(funnel, figure);
  const found = await figurePeople(services.eventStore, funnelQuery(funnel, context), figure, {
    after,
    limit: limit + 1,
    signal,
  });
  const shown = found.slice(0, limit);
  const last = shown.at(-1);
  return {
    items: await readPeople(services.eventStore, shown, now, { signal }),
    nextCursor: found.length > limit && last !== undefined ? formatCursor({ moment: now, tie: BigInt(last) }) : null,
    asOf: new Date(now).toISOString(),
  };
}

function startOf({ cursor, asOf }: PeopleInput, clock: number): { now: number; after: number | null } {
  const asked = asOf === undefined ? undefined : new Date(asOf).getTime();
  if (cursor === undefined) return { now: asked ?? clock, after: null };
  const { moment, tie } = parseCursor(cursor);
  if (tie >= 2n ** 32n || (asked !== undefined && asked !== moment)) {
    throw new AppError("invalid", "This cursor is not of a list as of that moment.", "cursor");
  }
  return { now: moment, after: Number(tie) };
}
