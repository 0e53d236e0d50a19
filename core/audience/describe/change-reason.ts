import type { MembershipCause } from "../../api/memberships";
import { durationOfMs } from "../../duration";
import { assertNever } from "../../errors";
import type { MessageType } from "../../event/message";
import { durationWords } from "./number-words";
import { name, type Phrase, words } from "./phrase";

/** A message as far as a reason names it. */
export interface ReasonMessage {
  type: MessageType;
  event: string;
  /** Traits that an identify set, of those that the audience looks at. */
  traits: readonly { trait: string; value: unknown }[];
}

/** What is known of why somebody entered or left. */
export interface ChangeFacts {
  cause: MembershipCause;
  /** The message that decided, or after which so much time had passed. */
  message?: ReasonMessage | undefined;
  /** Milliseconds that had passed since the message, or since the person's first one where there is none. */
  passedMs?: number | undefined;
  isMidnight: boolean;
  /** Which version of the audience had just been saved; undefined where none had. */
  savedVersion?: number | undefined;
  /** Whether the person has been joined into another since. */
  isJoined: boolean;
}

/** Values longer than that are not told beside their trait. */
const longestValue = 60;

/** Why somebody entered or left an audience, to be read after their name: "did Account Created", "2 days had passed since …". */
export function reasonPhrases(facts: ChangeFacts): Phrase[] {
  const { cause, message } = facts;
  switch (cause) {
    case "message":
      return message ? messagePhrases(message) : [words("a message came in")];
    case "moment":
      return momentPhrases(facts);
    case "definition":
      return [words(definitionWords(facts.savedVersion))];
    case "identity":
      return identityPhrases(facts);
    case "deletion":
      return [words("was deleted")];
    case "catch-up":
      return [words("found after a stop")];
    default:
      return assertNever(cause);
  }
}

function messagePhrases({ type, event, traits }: ReasonMessage): Phrase[] {
  switch (type) {
    case "track":
      return [words("did"), name(event)];
    case "page":
    case "screen":
      return event === "" ? [words(`viewed a ${type}`)] : [words(`viewed ${type}`), name(event)];
    case "identify":
      return identifyPhrases(traits);
    case "group":
      return [words("was put into an account")];
    case "alias":
      return [words("was joined by an alias")];
    default:
      return assertNever(type);
  }
}

function identifyPhrases(traits: ReasonMessage["traits"]): Phrase[] {
  const [first] = traits;
  if (first === undefined) return [words("was identified")];
  const set = name(first.trait);
  if (traits.length > 1) return [set, words(`and ${traits.length - 1} more were set`)];
  if (first.value === null) return [set, words("was cleared")];
  const text = typeof first.value === "object" ? undefined : String(first.value);
  if (text === undefined || text === "" || text.length > longestValue) return [set, words("was set")];
  return [set, words("was set to"), { role: "value", text }];
}

function momentPhrases({ message, passedMs, isMidnight }: ChangeFacts): Phrase[] {
  if (passedMs !== undefined) {
    const passed = words(`${durationWords(durationOfMs(passedMs))} had passed since`);
    return [passed, ...(message ? sincePhrases(message) : [words("the first message")])];
  }
  return [words(isMidnight ? "a new day had begun" : "time had passed")];
}

function sincePhrases({ type, event, traits }: ReasonMessage): Phrase[] {
  const [first] = traits;
  if (first) return [name(first.trait), words("was set")];
  if (type === "track") return [name(event)];
  return event === "" ? [words(`a ${type}`)] : [words(type), name(event)];
}

function definitionWords(savedVersion: number | undefined): string {
  if (savedVersion === 1) return "the audience was made";
  return savedVersion === undefined ? "what the definition means changed" : `version ${savedVersion} was saved`;
}

function identityPhrases({ message, isJoined }: ChangeFacts): Phrase[] {
  if (isJoined) return [words("was joined into another person")];
  if (message?.type === "identify" || message?.type === "alias") return messagePhrases(message);
  return [words(message ? "a message said who they are" : "was joined with another person, or parted from one")];
}
