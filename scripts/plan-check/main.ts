import { readFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { compilePlan } from "../../core/tracking-plan/check";
import { type Finding, LineCheck } from "../../core/tracking-plan/check-line";
import { readPlan } from "../../core/tracking-plan/from-json-schema";
import { readLines } from "./read-lines";

const usage = `Checks events against a tracking plan.

  foothold-plan check <plan.json> <events.ndjson>… [--json] [--max <lines>]

The plan is one that Foothold has exported, or the rules of a tracking plan of Segment (JSON Schema draft-07).
Events are lines of JSON, a message each or a batch of them, packed with gzip or not; - reads them from standard input.
--json writes each violation as a line of JSON. --max says how many are written (100); all are counted.

Exit code: 0 when every message is as planned, 1 when one is not, 2 when something could not be read.`;

const usedWrongly = 2;

interface Totals {
  messages: number;
  violations: number;
  wrong: number;
}

async function main(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { json: { type: "boolean" }, max: { type: "string" }, help: { type: "boolean" } },
  });
  const [command, planFile, ...files] = positionals;
  const max = Number(values.max ?? 100);
  if (values.help) {
    console.log(usage);
    return 0;
  }
  if (command !== "check" || planFile === undefined || files.length === 0 || !(max >= 0)) {
    console.error(usage);
    return usedWrongly;
  }
  const { definition, leftOut } = readPlan(JSON.parse(await readFile(planFile, "utf8")));
  for (const { path, reason } of leftOut) console.error(`${planFile}: ${path}: ${reason}; it is not checked.`);
  const check = new LineCheck(compilePlan(definition), definition);
  const totals: Totals = { messages: 0, violations: 0, wrong: 0 };
  for (const file of files) {
    let line = 0;
    for await (const text of readLines(file)) {
      line++;
      const findings = check.check(text);
      if (findings.length > 0) totals.wrong++;
      for (const finding of findings) {
        totals.violations++;
        if (totals.violations <= max)
          console.log(values.json ? jsonOf(file, line, finding) : wordsOf(file, line, finding));
      }
    }
  }
  totals.messages = check.messages;
  if (!values.json) console.log(summaryOf(totals, max));
  return totals.violations === 0 ? 0 : 1;
}

function wordsOf(file: string, line: number, { event, message, nearest }: Finding): string {
  const meant = nearest === undefined ? "" : ` Did you mean ${nearest}?`;
  return `${file}:${line}: ${event === "" ? "" : `${event}: `}${message}${meant}`;
}

function jsonOf(file: string, line: number, finding: Finding): string {
  return JSON.stringify({ file, line, ...finding });
}

function summaryOf({ messages, violations, wrong }: Totals, max: number): string {
  const all = counted(messages, "message");
  if (violations === 0) return `${all}, as planned.`;
  const more = violations > max ? ` (${violations - max} more than are shown)` : "";
  return `${all}, ${counted(violations, "violation")} in ${counted(wrong, "line")}${more}.`;
}

function counted(count: number, noun: string): string {
  return `${count} ${count === 1 ? noun : `${noun}s`}`;
}

main(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : String(error));
    process.exitCode = usedWrongly;
  },
);
