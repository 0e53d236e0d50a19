import { evaluateFunnel } from "../../funnel/evaluate";
import type { FunnelNode } from "../definition";
import { numberWords } from "../describe/number-words";
import type { Subject } from "../subject";
import type { Finding } from "./finding";

/** How far somebody got in a funnel, and the events of the chain that decided it. */
export function funnelFinding({ funnel }: FunnelNode, { messages, moment }: Subject): Finding {
  const { depth, chain, open } = evaluateFunnel(funnel, messages, moment);
  const count = funnel.steps.length;
  const found =
    depth === 0
      ? "did not enter"
      : `got to step ${numberWords(depth)} of ${numberWords(count)}${open && depth < count ? ", and still has time" : ""}`;
  return {
    found,
    decided: chain.map(({ step, message }) => ({ message, note: `step ${step}` })).reverse(),
    considered: [],
  };
}
