import * as planApi from "../../core/api/tracking-plan";
import { planChanges } from "../../core/tracking-plan/changes";
import { readPlan } from "../../core/tracking-plan/from-json-schema";
import { toSegmentRules } from "../../core/tracking-plan/to-json-schema";
import { actorId } from "../auth/actor";
import type { Api } from "../http/api";
import { getPlan, planVersions, restorePlan, savePlan, setEnforcement } from "./plans";
import { suggestRules } from "./suggestions";
import { listViolations } from "./violations";

export function trackingPlanRoutes(api: Api): void {
  api.implement(planApi.getPlan, ({ services }) => getPlan(services));
  api.implement(planApi.savePlan, ({ body, services, actor }) => savePlan(services, body, actorId(actor)));
  api.implement(planApi.setEnforcement, ({ params, body, services }) => setEnforcement(services, params.id, body));
  api.implement(planApi.listPlanVersions, ({ query, services }) => planVersions(services, query));
  api.implement(planApi.restorePlan, ({ body, services, actor }) => restorePlan(services, body, actorId(actor)));
  api.implement(planApi.suggestRules, async ({ query, services, signal }) => ({
    items: await suggestRules(services, query, signal),
  }));
  api.implement(planApi.readPlanFile, async ({ body, services }) => {
    const { definition, leftOut } = readPlan(body.plan);
    const held = await getPlan(services);
    return { definition, leftOut, changes: planChanges(held.definition, definition) };
  });
  api.implement(planApi.exportPlan, async ({ services }) => {
    const { definition } = await getPlan(services);
    return { rules: toSegmentRules(definition).map((rule) => ({ ...rule })) };
  });
  api.implement(planApi.listViolations, ({ query, services, signal }) => listViolations(services, query, signal));
}
