import { useRouter } from "next/navigation";
import { audienceNameOf } from "@/client/funnel-draft/words";
import { useCreateAudience } from "@/client/queries/audiences";
import type { FunnelStepResult } from "@/core/api/funnels";
import type { FunnelDefinition } from "@/core/funnel/definition";
import type { FunnelFigure } from "@/core/funnel/figure";
import { figureDefinition } from "@/core/funnel/to-audience";
import { notify } from "../ui/toast";

/** Makes a live audience of the people of a figure and goes to its page. */
export function useMakeAudience(funnel: FunnelDefinition, steps: readonly FunnelStepResult[]) {
  const router = useRouter();
  const create = useCreateAudience();
  return {
    pending: create.isPending,
    error: create.error,
    make: (figure: FunnelFigure) =>
      create.mutate(
        { name: audienceNameOf(figure, steps), definition: figureDefinition(funnel, figure) },
        {
          onSuccess: (audience) => {
            notify(`Audience “${audience.name}” made. It stays live.`);
            router.push(`/audiences/${audience.id}`);
          },
        },
      ),
  };
}
