import { parseJsonObject } from "../../core/event/json";
import { Refusal } from "../../core/event/refusal";
import type { IdentityCheck } from "../../core/identity/identifiers";
import { jsonText } from "./json-text";
import type { Message } from "./message";

/**
 * A message as the workspace's rules see it: without the ids that identify nobody there (they are kept as they were sent,
 * among the further fields), and with the further identifiers that it carries; or why it is nobody's.
 */
export function identify(message: Message, identity: IdentityCheck): Message | Refusal {
  const isBlocked = (id: string) => id !== "" && identity.isBlocked(id);
  const blocked = {
    ...(isBlocked(message.userId) && { userId: message.userId }),
    ...(isBlocked(message.anonymousId) && { anonymousId: message.anonymousId }),
  };
  if (isBlocked(message.previousId)) return blockedRefusal(message.previousId, "previousId");
  const others = identity.readsContents
    ? identity.othersOf(message.type, objectOf(message.properties), objectOf(message.context))
    : message.others;
  const identified: Message = {
    ...message,
    others,
    ...(blocked.userId !== undefined && { userId: "" }),
    ...(blocked.anonymousId !== undefined && { anonymousId: "" }),
  };
  const { userId, anonymousId, previousId } = identified;
  if (userId === "" && anonymousId === "" && others.length === 0) {
    return blockedRefusal(message.userId || message.anonymousId, message.userId === "" ? "anonymousId" : "userId");
  }
  if (isSuppressed(identity, { userId, anonymousId, previousId, others })) {
    return new Refusal(
      "suppressed",
      "The message is of a person who was deleted, or whose id was suppressed, and must not come in.",
    );
  }
  if (identified.userId === message.userId && identified.anonymousId === message.anonymousId) {
    return others.length === 0 ? message : identified;
  }
  return { ...identified, extra: jsonText({ ...objectOf(message.extra), ...blocked }) };
}

function isSuppressed(
  identity: IdentityCheck,
  { userId, anonymousId, previousId, others }: Pick<Message, "userId" | "anonymousId" | "previousId" | "others">,
): boolean {
  const is = (kind: "user" | "anonymous" | "other", id: string) => id !== "" && identity.isSuppressed(kind, id);
  return (
    is("user", userId) ||
    is("anonymous", anonymousId) ||
    is("user", previousId) ||
    is("anonymous", previousId) ||
    others.some((id) => is("other", id))
  );
}

function blockedRefusal(id: string, path: string): Refusal {
  return new Refusal("blocked_id", `“${id.slice(0, 60)}” is set to identify nobody.`, path);
}

function objectOf(text: string): Record<string, unknown> {
  return parseJsonObject(text);
}
