import { createHash } from "node:crypto";
import { Readable } from "node:stream";
import { createTransport } from "nodemailer";
import { AppError } from "../../core/errors";
import { mailAddress } from "../../core/mail-address";
import { DeliveryError } from "../destinations/delivery-error";
import { mailFault, type RefusedAddress, refusalOf } from "./mail-fault";
import type { MailSettings } from "./mail-settings";

export interface Mail {
  /** The same whenever this very mail is sent again, so that a mailbox may know it. */
  readonly key?: string;
  /** Addresses alone; each sees the others. */
  readonly to: readonly string[];
  readonly subject: string;
  readonly text: string;
  readonly html?: string;
  readonly attachments?: readonly MailAttachment[];
}

interface MailAttachment {
  readonly fileName: string;
  readonly contentType: string;
  /** Read once: a mail that is sent again needs a new one. */
  readonly content: Readable;
}

export interface Mailer {
  /**
   * Hands a mail to the server. Answers who of `to` was refused while others were taken. Errors: DeliveryError where nobody was
   * taken: `unavailable` for what may pass by itself, `credential` and `settings` for what the operator must mend, `invalid`
   * for a mail that would be refused again; the error of an attachment's own stream; where the signal is fired, its reason.
   */
  send(mail: Mail, signal?: AbortSignal): Promise<readonly RefusedAddress[]>;
}

const connectMs = 10_000;
const idleMs = 60_000;

/** The operator names the server, so it may be anywhere, in a private network as well. */
export function openMailer({ from, credentials, tls, ...server }: MailSettings): Mailer {
  const transport = createTransport({
    ...server,
    ...(credentials && { auth: { user: credentials.user, pass: credentials.password } }),
    requireTLS: tls === "required" || tls === "unverified",
    ignoreTLS: tls === "off",
    tls: { rejectUnauthorized: tls !== "unverified" },
    connectionTimeout: connectMs,
    greetingTimeout: connectMs,
    dnsTimeout: connectMs,
    socketTimeout: idleMs,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const domain = from.address.slice(from.address.lastIndexOf("@") + 1);
  return {
    async send({ key, to, subject, text, html, attachments = [] }, signal) {
      signal?.throwIfAborted();
      const wrong = to.find((address) => !mailAddress.safeParse(address).success);
      if (wrong !== undefined) throw new DeliveryError("invalid", `${JSON.stringify(wrong)} is not an email address.`);
      if (to.length === 0) throw new DeliveryError("invalid", "A mail needs somebody to go to.");
      try {
        const sent = await transport.sendMail({
          from,
          to: [...to],
          subject,
          text,
          ...(html !== undefined && { html }),
          ...(key !== undefined && { messageId: `<${createHash("sha256").update(key).digest("hex")}@${domain}>` }),
          attachments: attachments.map(({ fileName, contentType, content }) => ({
            filename: fileName,
            contentType,
            content: Readable.from(read(content), { objectMode: false }),
          })),
          // Nobody's absence note is to answer it.
          headers: { "Auto-Submitted": "auto-generated" },
          ...(signal && { signal }),
        });
        return (sent.rejectedErrors ?? []).map(refusalOf);
      } catch (error) {
        signal?.throwIfAborted();
        throw mailFault(error, server.host);
      } finally {
        for (const { content } of attachments) content.destroy();
      }
    },
  };
}

/** The mail library writes a code of its own into the error that a stream ends with; this one is its to write into. */
async function* read(content: Readable): AsyncGenerator<Buffer> {
  try {
    yield* content;
  } catch (cause) {
    throw new Error("An attachment could not be read", { cause });
  }
}

/** Errors: `conflict` where the operator has set up no mail, with what to set. */
export function neededMailer({ mailer }: { readonly mailer: Mailer | undefined }): Mailer {
  if (mailer !== undefined) return mailer;
  throw new AppError(
    "conflict",
    "Email is not set up here. Whoever runs Foothold sets SMTP_URL (such as smtps://user:password@mail.example.com) and MAIL_FROM (such as Foothold <foothold@example.com>), and starts it again.",
  );
}
