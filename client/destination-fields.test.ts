import { describe, expect, it } from "vitest";
import { tools } from "@/core/destinations/tools";
import { webhook } from "@/core/destinations/webhook";
import { fieldsOf, settingsOf, valuesOf } from "./destination-fields";

describe("the form of a tool", () => {
  it.each(tools.map((tool) => [tool.id, tool] as const))("asks for everything that %s must have", (_, tool) => {
    const fields = fieldsOf(tool.settings);
    expect(fields.map(({ name }) => name)).toEqual(Object.keys(tool.settings.shape));
    for (const { title, kind, choices } of [...fields, ...fieldsOf(tool.options)]) {
      expect(title).toMatch(/^[A-Z]/);
      expect(kind === "choice").toBe(choices.length > 0);
    }
    // What nobody touches is what the tool takes as its own choice.
    expect(
      tool.options.safeParse(settingsOf(fieldsOf(tool.options), valuesOf(fieldsOf(tool.options)))).error,
    ).toBeUndefined();
  });

  it("reads what was typed, and leaves out secrets that were not", () => {
    const fields = fieldsOf(webhook.settings);
    const kept = valuesOf(fields, { url: "https://example.com/hook", headers: { "x-team": "growth" }, secret: "x" });
    expect(kept).toEqual({ url: "https://example.com/hook", secret: "", headers: "x-team: growth" });
    expect(settingsOf(fields, { ...kept, headers: "X-One: 1\n\n x-two : a: b " })).toEqual({
      url: "https://example.com/hook",
      headers: { "X-One": "1", "x-two": "a: b" },
    });
  });
});
