import { type ForwardingChoices, forwardingChoices } from "@/core/destinations/forwarding";

/** A destination filter as its form holds it. */
export interface ChoicesDraft {
  types: ForwardingChoices["types"];
  /** One a line; empty for all. */
  events: string;
  fields: "all" | "keep" | "drop";
  /** One a line. */
  paths: string;
  samplePercent: string;
  audienceId: string;
  newerThanHours: string;
}

export function draftOf(choices: ForwardingChoices = forwardingChoices.parse({})): ChoicesDraft {
  const { types, events, fields, samplePercent, audienceId, newerThanHours } = choices;
  const paths = fields === null ? [] : "keep" in fields ? fields.keep : fields.drop;
  return {
    types,
    events: (events ?? []).join("\n"),
    fields: fields === null ? "all" : "keep" in fields ? "keep" : "drop",
    paths: paths.join("\n"),
    samplePercent: String(samplePercent),
    audienceId: audienceId ?? "",
    newerThanHours: newerThanHours === null ? "" : String(newerThanHours),
  };
}

function linesOf(text: string): string[] {
  return [...new Set(text.split("\n").map((line) => line.trim()))].filter((line) => line !== "");
}

/** The filter, or why the form does not make one. */
export function choicesOf(draft: ChoicesDraft): { choices: ForwardingChoices } | { problem: string } {
  const events = linesOf(draft.events);
  const paths = linesOf(draft.paths);
  if (draft.types.length === 0) return { problem: "Choose at least one kind of message." };
  if (draft.fields !== "all" && paths.length === 0) return { problem: "Name at least one field, or send all of them." };
  const read = forwardingChoices.safeParse({
    types: draft.types,
    events: events.length === 0 ? null : events,
    fields: draft.fields === "all" ? null : { [draft.fields]: paths },
    samplePercent: Number(draft.samplePercent),
    audienceId: draft.audienceId || null,
    newerThanHours: draft.newerThanHours.trim() === "" ? null : Number(draft.newerThanHours),
  });
  if (read.success) return { choices: read.data };
  const [issue] = read.error.issues;
  switch (issue?.path[0]) {
    case "samplePercent":
      return { problem: "The share of people must be a number above 0 and up to 100." };
    case "newerThanHours":
      return { problem: "The hours must be a number above 0, or empty." };
    case "fields":
      return { problem: "A field begins with properties or context, such as properties.plan or context.ip." };
    default:
      return { problem: issue?.message ?? "This filter cannot be used." };
  }
}
