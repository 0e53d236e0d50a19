import { useRouter } from "next/navigation";
import type { Figure } from "@/client/funnel-figures/figure";
import { audienceNameOf } from "@/client/funnel-figures/figure-words";
import { useCreateAudience } from "@/client/queries/audiences";
import { useTimeZone } from "@/client/queries/workspace";
import { figureDefinition } from "@/core/funnel/to-audience";
import { notify } from "../ui/toast";

/** Makes a live audience of the people of a figure and goes to its page. */
export function useMakeAudience(figure: Figure) {
  const router = useRouter();
  const timeZone = useTimeZone();
  const create = useCreateAudience();
  return {
    pending: create.isPending,
    error: create.error,
    make: () =>
      create.mutate(
        { name: audienceNameOf(figure, timeZone), definition: figureDefinition(figure.scope.funnel, figure.selector) },
        {
          onSuccess: (audience) => {
            notify(`Audience “${audience.name}” made. It stays live.`);
            router.push(`/audiences/${audience.id}`);
          },
        },
      ),
  };
}
