import { messageOf } from "@/client/api-error";
import { useRestorePlan, useSavePlan } from "@/client/queries/tracking-plan";
import type { TrackingPlan } from "@/core/api/tracking-plan";
import type { PlanDefinition } from "@/core/tracking-plan/definition";
import { notify, notifyProblem } from "../ui/toast";

/** Saves a change of the plan as a new version; undone by making the one before hold again. */
export function useSavingPlan({ version: base }: TrackingPlan) {
  const saving = useSavePlan();
  const restoring = useRestorePlan();
  const undo = () => restoring.mutate(base, { onError: (error) => notifyProblem(messageOf(error)) });
  const save = async (definition: PlanDefinition, words: string): Promise<boolean> => {
    try {
      const saved = await saving.mutateAsync({ definition, base });
      notify(`${words} Version ${saved.version} holds.`, base > 0 ? { undo } : {});
      return true;
    } catch (error) {
      notifyProblem(messageOf(error));
      return false;
    }
  };
  return { save, saving: saving.isPending };
}
