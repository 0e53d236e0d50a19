import { breakdownValue } from "../funnel/breakdown-value";
import { decidingChain, evaluateFunnel } from "../funnel/evaluate";
import { isInFigure } from "../funnel/in-figure";
import type { FunnelNode } from "./definition";
import type { Subject } from "./subject";

/** Whether somebody is one of the people of a figure of a funnel. `isMember` tells who is in an audience. */
export function funnelHolds(node: FunnelNode, subject: Subject, isMember: (audienceId: string) => boolean): boolean {
  const { kind: _kind, funnel, ...figure } = node;
  const { messages, moment } = subject;
  const { plan, events, chain } = decidingChain(funnel, messages, moment);
  const value = figure.group
    ? breakdownValue(funnel.breakdown, evaluateFunnel(funnel, messages, moment), subject, isMember)
    : null;
  return isInFigure(figure, plan, chain, events.times, { ...moment, value });
}
