import { setTimeout as pause } from "node:timers/promises";

/**
 * A process of the bench: `<origin> <write key> <events a second> <seconds> <people> <name>`. Sends batches of twenty at a steady
 * pace, however long their answers take, and tells its parent when each message was acknowledged.
 */
const [origin = "", writeKey = "", rate = "", seconds = "", people = "", name = ""] = process.argv.slice(2);
const perBatch = 20;
const events = [
  "Task Created",
  "Task Completed",
  "Project Opened",
  "Comment Added",
  "File Uploaded",
  "Team Member Invited",
  "Report Viewed",
  "Integration Connected",
  "Activation Milestone Reached",
  "Onboarding Step Completed",
];
const acknowledged: [messageId: string, at: number][] = [];
let sent = 0;

function message(): { type: string; messageId: string } {
  const number = sent;
  sent += 1;
  const of = Math.floor(Math.random() * Number(people));
  const base = {
    userId: `user-${of % 10 === 0 ? of + 1 : of}`,
    messageId: `${name}-${number}`,
    timestamp: new Date().toISOString(),
  };
  if (number % 20 === 0) {
    return { type: "identify", ...base, ...{ traits: { plan: Math.random() < 0.5 ? "trial" : "pro" } } };
  }
  const event = events[Math.floor(Math.random() ** 2 * events.length)];
  const properties = { project_id: `p${number % 1000}`, amount: Math.floor(Math.random() * 100), source: "web" };
  return { type: "track", ...base, ...{ event, properties } };
}

async function send(): Promise<void> {
  const batch = Array.from({ length: perBatch }, message);
  const answer = await fetch(`${origin}/v1/batch`, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Basic ${btoa(`${writeKey}:`)}` },
    body: JSON.stringify({ batch, sentAt: new Date().toISOString() }),
  });
  await answer.arrayBuffer();
  if (!answer.ok) throw new Error(`A batch was answered with ${answer.status}`);
  const at = Date.now();
  for (const { messageId } of batch) acknowledged.push([messageId, at]);
}

const started = performance.now();
const running: Promise<void>[] = [];
while (performance.now() - started < Number(seconds) * 1000) {
  const due = ((performance.now() - started) / 1000) * Number(rate);
  while (sent < due) running.push(send());
  await pause(5);
}
await Promise.all(running);
process.send?.({ acknowledged, seconds: (performance.now() - started) / 1000 }, () => process.exit(0));
