import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { root } from "./run.mjs";

const longest = 400;
const source = /\.(tsx?|mjs|cjs|css)$/;
const made = /^(generated|prisma\/migrations)\//;
/** Names that say nothing of what is inside, so that anything ends up there. */
const vague = /^(utils?|helpers?|types|constants|common|misc)\.[a-z]+$/;
/** Lower case with hyphens; Next's own marks for its URL folders besides. */
const kebab = /^[[\]().a-z0-9-]+$/;

function complaints(file) {
  const name = path.basename(file);
  const found = [];
  const lines = readFileSync(path.join(root, file), "utf8").split("\n").length - 1;
  if (lines > longest) found.push(`${lines} lines; ${longest} at most. Split it by idea.`);
  if (!file.split("/").every((part) => kebab.test(part))) found.push("names are lower case with hyphens");
  if (vague.test(name)) found.push("name it after what it holds");
  return found.map((complaint) => `${file}: ${complaint}`);
}

/** Every source file is short and named by what it holds.. */
export async function checkFiles() {
  const listed = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard"], {
    cwd: root,
    encoding: "utf8",
  });
  const files = listed
    .split("\n")
    .filter((file) => source.test(file) && !made.test(file) && existsSync(path.join(root, file)));
  const found = files.flatMap(complaints);
  for (const complaint of found) console.error(complaint);
  return found.length === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}
