import { spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { PlanDefinition } from "@/core/tracking-plan/definition";
import { toSegmentRules } from "@/core/tracking-plan/to-json-schema";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "foothold-plan-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const plan: PlanDefinition = {
  version: 1,
  rules: [
    { type: "track", event: "Account Created", properties: [{ name: "plan", types: ["string"], required: true }] },
  ],
};
const track = (event: string, properties: object) => JSON.stringify({ type: "track", event, userId: "u", properties });

/** Runs the program as `npx foothold-plan` does, with `input` on standard input. */
async function run(args: readonly string[], input: Buffer | string = "") {
  const child = spawn(process.execPath, ["scripts/foothold-plan.mjs", ...args]);
  child.stdin.end(input);
  const [output, errors, code] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    new Promise<number | null>((resolve) => child.on("close", resolve)),
  ]);
  return { code, output, errors };
}

test("tells each violation by its line, and by its exit code whether there is any", async () => {
  const [own, segment, events] = ["plan.json", "segment.json", "events.ndjson"].map((name) => join(folder, name));
  await writeFile(own ?? "", JSON.stringify(plan));
  await writeFile(segment ?? "", JSON.stringify({ rules: toSegmentRules(plan) }));
  const right = track("Account Created", { plan: "trial" });
  const wrong = [
    right,
    "",
    track("Acount Created", {}),
    `{"batch":[${right},${track("Account Created", { plan: 1 })}]}`,
  ];
  await writeFile(events ?? "", wrong.join("\n"));
  for (const [given, input] of [
    [[own ?? "", events ?? ""], ""],
    [[segment ?? "", "-"], gzipSync(wrong.join("\n"))],
  ] as const) {
    const name = given[1];
    const { code, output } = await run(["check", ...given], input);
    expect(output.split("\n").slice(-4)).toEqual([
      `${name}:3: Acount Created: Acount Created is not in the plan. Did you mean Account Created?`,
      `${name}:4: Account Created: plan is the number 1; it must be text.`,
      "4 messages, 2 violations in 2 lines.",
      "",
    ]);
    expect(code).toBe(1);
  }
  const json = await run(["check", own ?? "", "-", "--json"], track("Acount Created", {}));
  expect(JSON.parse(json.output)).toMatchObject({
    file: "-",
    line: 1,
    kind: "unplanned_event",
    nearest: "Account Created",
  });
  expect(await run(["check", own ?? "", "-"], `${right}\n`)).toMatchObject({
    code: 0,
    output: "1 message, as planned.\n",
  });
  expect(await run(["check", join(folder, "none.json"), "-"])).toMatchObject({ code: 2 });
  expect(await run([])).toMatchObject({ code: 2 });
}, 120_000);
