import { useRouter } from "next/navigation";
import type { Figure } from "@/client/funnel-figures/figure";
import { audienceNameOf } from "@/client/funnel-figures/figure-words";
import { liveAudienceOf } from "@/client/funnel-figures/live-audience";
import { useCreateAudience } from "@/client/queries/audiences";
import { useTimeZone } from "@/client/queries/workspace";
import { notify } from "../ui/toast";

/** Makes a live audience of the people of a figure and goes to its page; where their like cannot be said as conditions, the reason. */
export function useMakeAudience(figure: Figure) {
  const router = useRouter();
  const timeZone = useTimeZone();
  const create = useCreateAudience();
  const definition = liveAudienceOf(figure);
  return {
    reason: "These people cannot be told as conditions, so there is no live audience of them.",
    pending: create.isPending,
    error: create.error,
    make:
      definition &&
      (() =>
        create.mutate(
          { name: audienceNameOf(figure, timeZone), definition },
          {
            onSuccess: (audience) => {
              notify(`Audience “${audience.name}” made. It stays live.`);
              router.push(`/audiences/${audience.id}`);
            },
          },
        )),
  };
}
