import Link from "next/link";
import { formatClock, formatDate } from "@/client/format";
import type { MembershipChange } from "@/core/api/memberships";
import { PhraseText } from "../definition-text/phrase-text";
import { Badge } from "../ui/badge";
import { TextLink } from "../ui/text-link";

/** What somebody is called in the log: whoever is gone for longer than their name is kept has none. */
export function changedPerson({ email, userId, anonymousIds }: MembershipChange): string {
  return email ?? userId ?? anonymousIds[0] ?? "somebody who was deleted";
}

interface ChangeRowProps {
  change: MembershipChange;
  timeZone: string;
  onWhy: () => void;
}

/** Who entered or left, when and why. */
export function ChangeRow({ change, timeZone, onWhy }: ChangeRowProps) {
  const { at, profileId, reason, isDeleted } = change;
  const name = changedPerson(change);
  const isEntering = change.change === "entered";
  return (
    <div className="grid min-h-row grid-cols-[132px_64px_minmax(0,1fr)_minmax(0,1.2fr)_44px] items-center gap-x-3 border-t border-line py-1 max-desk:grid-cols-[64px_minmax(0,1fr)_auto] max-desk:gap-y-0.5">
      <time
        dateTime={at}
        title={timeZone}
        className="text-12 whitespace-nowrap text-ink-3 tabular-nums max-desk:col-start-3 max-desk:row-start-1"
      >
        {formatDate(at, timeZone).replace(/^\w+ | \d{4}$/g, "")} {formatClock(at, timeZone)}
      </time>
      <span className="max-desk:col-start-1 max-desk:row-start-1">
        <Badge tone={isEntering ? "in" : "out"}>{isEntering ? "Entered" : "Left"}</Badge>
      </span>
      {isDeleted ? (
        <span className="min-w-0 truncate text-ink-2">{name}</span>
      ) : (
        <Link href={`/profiles/${profileId}`} className="min-w-0 truncate font-word hover:underline">
          {name}
        </Link>
      )}
      <span className="line-clamp-2 min-w-0 break-words text-ink-2 max-desk:col-span-2 max-desk:col-start-1">
        {reason.map((phrase, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a sentence have their places
          <PhraseText key={index} phrase={phrase} />
        ))}
      </span>
      <span className="text-right">
        {!isDeleted && (
          <TextLink
            className="px-1 max-desk:py-2"
            aria-label={`Why ${isEntering ? `is ${name} in` : `did ${name} leave`}?`}
            onClick={onWhy}
          >
            Why?
          </TextLink>
        )}
      </span>
    </div>
  );
}
