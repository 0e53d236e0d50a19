import type * as z from "zod";
import type { IdentifierKind, Tool } from "../../core/destinations/tool";
import type { OutgoingConnect, OutgoingFetch } from "./outgoing";

/** What a verb of a destination may use. `fetch` keeps to the tool's rate, and what goes through it is in the delivery log. */
export interface DeliveryContext {
  readonly signal: AbortSignal;
  readonly fetch: OutgoingFetch;
  /** For tools that are not spoken to by HTTP. */
  readonly connect: OutgoingConnect;
  /** Absolute; where the workspace's files may be written on this machine. */
  readonly filesDir: string;
  now(): Date;
}

/** What a sync writes to in the tool. */
export interface SyncTarget<Options> {
  readonly syncId: string;
  readonly audience: { readonly id: string; readonly key: string; readonly name: string };
  /** `{{key}}` and `{{name}}` are filled in. */
  readonly options: Options;
  /** What `prepare` answered for this sync: ids of what it found or made. Empty where there is no `prepare`. */
  readonly prepared: Readonly<Record<string, string>>;
}

export interface DeliveryItem {
  /** The same whenever this very change is sent again, and of no other one. */
  readonly key: string;
  readonly change: "entered" | "exited";
  /** When it came about, ISO 8601. */
  readonly at: string;
  readonly profileId: string;
  /** Who it is, in the tool. On leaving it is what was sent on entering. */
  readonly identifier: { readonly kind: IdentifierKind; readonly value: string };
  /** All that is known of the person's names; those that are not known are null. */
  readonly person: { readonly userId: string | null; readonly email: string | null };
  /** Traits by the names that the mapping gives them. */
  readonly fields: Readonly<Record<string, unknown>>;
}

interface DeliveryBatch<Options> {
  /** The same whenever these very items are sent again. */
  readonly key: string;
  readonly target: SyncTarget<Options>;
  /** In order; at most `tool.batchSize`, and no identifier twice. */
  readonly items: readonly DeliveryItem[];
}

/** A message as it came in, for tools that take events. */
export interface ForwardedEvent {
  /** The messageId: the same whenever this very event is sent again. */
  readonly key: string;
  readonly type: "track" | "page" | "screen" | "identify" | "group" | "alias";
  readonly event: string;
  /** ISO 8601. */
  readonly timestamp: string;
  readonly userId: string | null;
  readonly anonymousId: string | null;
  readonly identifier: { readonly kind: IdentifierKind; readonly value: string };
  /** Of identify and group: the traits. */
  readonly properties: Readonly<Record<string, unknown>>;
  readonly context: Readonly<Record<string, unknown>>;
}

/** A file that goes to a tool as it is. */
interface StoredFile {
  /** Below the destination's folder. The same again is the same file again. */
  readonly path: string;
  readonly contentType: string;
  /** Of any size; read once. */
  readonly content: AsyncIterable<Uint8Array<ArrayBuffer>>;
}

/** What became of one item. */
export type Outcome =
  | { readonly result: "delivered" }
  /** Only this one is tried again, after so many milliseconds or after the usual pause. */
  | {
      readonly result: "retry";
      readonly reason: string;
      readonly afterMs?: number | undefined;
      /** It was only held up by another failure, so this was no attempt of its own. */
      readonly heldUp?: true;
    }
  | { readonly result: "gave_up"; readonly reason: string };

/** What a tool's folder implements. Every verb throws DeliveryError where the whole of it failed; the rest are defects. */
export interface DestinationVerbs<Settings, Options> {
  /** Answers a sentence about what was found ("Connected to the project Trials."). Changes nothing in the tool. */
  test(settings: Settings, context: DeliveryContext): Promise<string>;
  /** Finds or makes what a sync writes to (a list, a property); kept with the sync. Called before the first delivery, and again
   * after the options were changed. Must find what it made before. */
  prepare?(
    target: Omit<SyncTarget<Options>, "prepared">,
    settings: Settings,
    context: DeliveryContext,
  ): Promise<Record<string, string>>;
  /** One outcome for each item, in their order. */
  deliver(batch: DeliveryBatch<Options>, settings: Settings, context: DeliveryContext): Promise<Outcome[]>;
  /** Identifiers of those whom the tool has, in pieces; of the kind that the sync sends. */
  list?(
    target: SyncTarget<Options>,
    identifier: IdentifierKind,
    settings: Settings,
    context: DeliveryContext,
  ): AsyncIterable<readonly string[]>;
  /** Events that go in one request, where those are fewer than `tool.batchSize`: `forward` is given no more of them. */
  readonly eventsAtOnce?: number;
  /** One outcome for each event, in their order. */
  forward?(events: readonly ForwardedEvent[], settings: Settings, context: DeliveryContext): Promise<Outcome[]>;
  /** Whole or not at all. Answers where it is, in words that lead there, and how many bytes it has. */
  store?(
    file: StoredFile,
    settings: Settings,
    context: DeliveryContext,
  ): Promise<{ readonly location: string; readonly bytes: number }>;
}

/** A tool with what speaks to it, behind settings and options that are still unread. */
export interface Destination extends DestinationVerbs<unknown, unknown> {
  readonly tool: Tool;
}

/** Joins the two halves of a tool. Settings and options are read by its schemas before a verb sees them. */
export function destination<Settings extends z.ZodObject<z.ZodRawShape>, Options extends z.ZodObject<z.ZodRawShape>>(
  tool: Tool<Settings, Options>,
  verbs: DestinationVerbs<z.output<Settings>, z.output<Options>>,
): Destination {
  const settingsOf = (raw: unknown) => tool.settings.parse(raw);
  const targetOf = <Target extends { options: unknown }>(target: Target) => ({
    ...target,
    options: tool.options.parse(target.options),
  });
  const { prepare, list, eventsAtOnce, forward, store } = verbs;
  return {
    tool,
    test: (settings, context) => verbs.test(settingsOf(settings), context),
    deliver: (batch, settings, context) =>
      verbs.deliver({ ...batch, target: targetOf(batch.target) }, settingsOf(settings), context),
    ...(prepare && {
      prepare: (target, settings, context) => prepare(targetOf(target), settingsOf(settings), context),
    }),
    ...(list && {
      list: (target, identifier, settings, context) =>
        list(targetOf(target), identifier, settingsOf(settings), context),
    }),
    ...(eventsAtOnce !== undefined && { eventsAtOnce }),
    ...(forward && { forward: (events, settings, context) => forward(events, settingsOf(settings), context) }),
    ...(store && { store: (file, settings, context) => store(file, settingsOf(settings), context) }),
  };
}
