import type { ApiIdentifier, IdentityEntry } from "../api/identity";

/** An identifier in words: "user 42", "anonymous id a-1", "email ann@example.com". */
export function identifierWords({ kind, id }: ApiIdentifier): string {
  if (kind === "user") return `user ${id}`;
  if (kind === "anonymous") return `anonymous id ${id}`;
  const colon = id.indexOf(":");
  return `${id.slice(0, colon)} ${id.slice(colon + 1)}`;
}

/** What an entry of the log of joins says, as a sentence without its end. */
export function joinSentence({
  action,
  reason,
  one,
  other,
}: Pick<IdentityEntry, "action" | "reason" | "one" | "other">): string {
  const [first, second] = [identifierWords(one), identifierWords(other)];
  switch (action) {
    case "joined":
      if (reason === "hand") return capital(`${second} was joined with ${first} by hand`);
      if (reason === "alias") return capital(`${second} joined ${first} by an alias`);
      return capital(`${second} joined ${first} by a message that carried both`);
    case "undone":
      return capital(`${second} was parted from ${first} by hand`);
    case "kept_apart":
      return capital(`${first} and ${second} were said not to be the same`);
    case "not_joined":
      return capital(`${second} came with ${first} and was not joined: ${obstacle(reason)}`);
  }
}

function obstacle(reason: IdentityEntry["reason"]): string {
  if (reason === "owned") return "it belongs to another user";
  return reason === "limit" ? "there would be more than the rules allow" : "somebody has parted the two by hand";
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
