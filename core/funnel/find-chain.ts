import type { FindChain } from "./chain";
import type { ChainPlan } from "./chain-plan";
import { ordinaryChains } from "./ordinary-chains";
import { ruledChains } from "./ruled-chains";
import { unorderedChains } from "./unordered-chains";
import { watchedUnorderedChains } from "./watched-unordered-chains";

/** The way to find chains that suits a plan. All say the same where several would do; each is as fast as its rules allow. */
export function chainFinder(plan: ChainPlan): FindChain {
  if (plan.order === "unordered") {
    // A chain that is watched only from a later step on may gain by doing less before.
    const fromStart = plan.kills.every((steps) => (steps & 1) !== 0);
    return fromStart ? unorderedChains(plan) : watchedUnorderedChains(plan);
  }
  const ordinary = plan.order === "ordered" && plan.optional === 0 && plan.kills.length === 0;
  return ordinary ? ordinaryChains(plan) : ruledChains(plan);
}
