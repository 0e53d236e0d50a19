import { expect, it } from "vitest";
import { matchingOptions } from "./matching";

const options = [
  { label: "Onboarding Step Completed" },
  { label: "Team Member Invited" },
  { label: "Inbox", kind: "screen" },
  { label: "Pricing", kind: "page" },
  { label: "plan", kind: "trait" },
];
const labels = (search: string) => matchingOptions(options, search).map(({ label }) => label);

it("keeps the order without a search", () => {
  expect(labels("")).toEqual(options.map(({ label }) => label));
});

it("puts what begins with the search first, then what has a word that does", () => {
  expect(labels("in")).toEqual(["Inbox", "Team Member Invited", "Onboarding Step Completed", "Pricing"]);
});

it("takes words in any order, of the kind as well", () => {
  expect(labels("completed onb")).toEqual(["Onboarding Step Completed"]);
  expect(labels("page pri")).toEqual(["Pricing"]);
  expect(labels("nothing like it")).toEqual([]);
});
