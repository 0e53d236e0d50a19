import { Readable } from "node:stream";
import type { ScheduleRun } from "@/generated/prisma/client";
import { fileTypes } from "../../core/files/format";
import { fileTiming, timingWords } from "../../core/files/timing";
import type { MembersFile } from "../files/members-file";
import { storedFormat } from "../files/stored-format";
import { neededMailer } from "../mail/mailer";
import { createLink, revokeLink } from "../members-links/members-links";
import { getWorkspace } from "../workspace/workspace";
import type { Made, MakeSurroundings } from "./making";
import type { StoredSchedule } from "./shown";

const linkHoldsSeconds = 7 * 24 * 60 * 60;

/**
 * Mails the file of a run: within the mail as far as that is allowed to be large, else as a link that expires and opens the same people.
 * Errors: DeliveryError; `conflict` where no mail is set up.
 */
export async function mailFile(
  schedule: StoredSchedule,
  run: ScheduleRun,
  file: MembersFile,
  around: MakeSurroundings,
  signal: AbortSignal,
): Promise<Made> {
  const mailer = neededMailer(around);
  const { env, metadata } = around;
  const origin = env.publicOrigin ?? `http://localhost:${env.port}`;
  const { attached, bytes } = await readFile(file, env.attachmentBytes);
  const rows = file.rows();
  const { audience, emails, columns } = schedule;
  const format = storedFormat(schedule.format);
  const link =
    attached === undefined
      ? await createLink(
          around,
          audience.id,
          { columns, format, asOf: run.asOf.toISOString(), expiresIn: linkHoldsSeconds },
          { origin, createdBy: schedule.createdBy },
        )
      : undefined;
  const { timeZone } = await getWorkspace(metadata);
  const wording = { rows, bytes, timeZone, origin, schedule, asOf: run.asOf, link };
  const attachments =
    attached === undefined
      ? []
      : [
          {
            fileName: `${audience.key}.${format}`,
            contentType: fileTypes[format],
            content: Readable.from([attached], { objectMode: false }),
          },
        ];
  const mail = {
    key: run.id,
    to: emails,
    subject: `${audience.name}: ${people(rows)}`,
    text: textOf(wording),
    attachments,
  };
  const refused = await mailer.send(mail, signal).catch(async (error: unknown) => {
    // Nobody got it; another attempt makes another one.
    if (link !== undefined) await revokeLink(around, link.id);
    throw error;
  });
  const sentTo = emails.filter((email) => refused.every(({ address }) => address !== email));
  return {
    rows,
    bytes,
    location: `${sentTo.join(", ")}${link === undefined ? "" : ", as a link"}`,
    message: refused.length === 0 ? null : refused.map(({ reason }) => reason).join(" "),
  };
}

/** The whole of a file that is not larger than `limit`; of a larger one only how large it is, which is never in memory. */
async function readFile({ content }: MembersFile, limit: number): Promise<{ attached?: Buffer; bytes: number }> {
  let pieces: Uint8Array[] = [];
  let bytes = 0;
  for await (const piece of content) {
    bytes += piece.byteLength;
    if (bytes > limit) pieces = [];
    else pieces.push(piece);
  }
  return bytes > limit ? { bytes } : { attached: Buffer.concat(pieces), bytes };
}

interface Wording {
  rows: number;
  bytes: number;
  timeZone: string;
  origin: string;
  schedule: StoredSchedule;
  asOf: Date;
  link: { url: string; expiresAt: string } | undefined;
}

function textOf({ rows, bytes, timeZone, origin, schedule, asOf, link }: Wording): string {
  const { audience, columns, timing } = schedule;
  const moment = (at: Date) =>
    new Intl.DateTimeFormat("en-GB", { dateStyle: "full", timeStyle: "short", timeZone }).format(at);
  const were = rows === 1 ? "person was" : "people were";
  return [
    rows === 0
      ? `Nobody was in “${audience.name}” at ${moment(asOf)} (${timeZone}). The file has the names of its columns and no row.`
      : `${count(rows)} ${were} in “${audience.name}” at ${moment(asOf)} (${timeZone}).`,
    link === undefined
      ? `The file is attached. Its columns: ${columns.join(", ")}.`
      : `The file has ${count(Math.ceil(bytes / 1_000_000))} MB, which is too large for a mail. Whoever has this link can download it until ${moment(new Date(link.expiresAt))}:\n${link.url}`,
    `This mail comes ${timingWords(fileTiming.parse(timing))}. To change that: ${origin}/audiences/${audience.id}?view=files`,
    "",
  ].join("\n\n");
}

const count = (number: number) => new Intl.NumberFormat("en-US").format(number);
const people = (rows: number) => (rows === 1 ? "1 person" : `${count(rows)} people`);
