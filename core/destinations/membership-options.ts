import * as z from "zod";
import { field } from "./tool";

/** The attribute that says whether a person is in the audience, for tools that know attributes. */
export const attributeOption = field(z.string().trim().min(1).max(150).default("{{key}}"), {
  title: "Attribute",
  description: "True for people in the audience, false for people who have left.",
});

/** Whether a change is told as an event too, which campaigns can start on. */
export const eventsOption = field(z.boolean().default(false), {
  title: "Send an event as well",
  description: "Audience Entered or Audience Exited, with the audience's key and name.",
});

export const createPeopleOption = field(z.boolean().default(true), {
  title: "Create people the tool does not know",
  description: "Off: only people who are there already get the attribute.",
});
