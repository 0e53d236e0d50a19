import { buffer } from "node:stream/consumers";
import PostalMime, { type Email } from "postal-mime";
import { SMTPServer } from "smtp-server";
import { freePort } from "./free-port";

interface ReceivedMail {
  /** Whom the envelope names. */
  readonly recipients: readonly string[];
  readonly sender: string;
  readonly encrypted: boolean;
  readonly parsed: Email;
}

export interface MailServer {
  readonly port: number;
  /** In the order in which they came. */
  readonly mails: ReceivedMail[];
  /** This address is refused with the answer given from now on: `550` for good, `450` for now. */
  refuse(address: string, status: 450 | 550): void;
  acceptAgain(address: string): void;
  /** So many mails are answered with a temporary failure before one is taken. */
  failNext(times: number): void;
  close(): Promise<void>;
}

export interface MailServerRules {
  /** TLS from the first byte. */
  secure?: boolean;
  /** Offers no STARTTLS. */
  clear?: boolean;
  /** Without, nobody has to say who they are. */
  credentials?: { user: string; password: string };
  /** Bytes of a mail; it says so, and holds to it. */
  size?: number;
  /** Says nothing of its limit before it was passed. */
  hidesSize?: boolean;
}

/** A mail server at a free port of this machine, with a certificate that nobody vouches for. */
export async function startMailServer({
  secure,
  clear,
  credentials,
  size,
  hidesSize,
}: MailServerRules = {}): Promise<MailServer> {
  const mails: ReceivedMail[] = [];
  const refused = new Map<string, number>();
  let failures = 0;
  const answer = (status: number, text: string) => Object.assign(new Error(text), { responseCode: status });
  const server = new SMTPServer({
    logger: false,
    disableReverseLookup: true,
    secure: secure ?? false,
    authOptional: credentials === undefined,
    disabledCommands: [...(clear ? ["STARTTLS"] : []), ...(credentials === undefined ? ["AUTH"] : [])],
    allowInsecureAuth: clear ?? false,
    hideSize: hidesSize ?? false,
    ...(size !== undefined && { size }),
    rejectOversized: true,
    closeTimeout: 100,
    onAuth({ username, password }, _session, done) {
      const known = username === credentials?.user && password === credentials?.password;
      done(known ? null : answer(535, "Authentication failed"), known ? { user: username } : undefined);
    },
    onRcptTo({ address }, _session, done) {
      const status = refused.get(address);
      done(status === undefined ? null : answer(status, status === 450 ? "Mailbox busy" : "No such mailbox"));
    },
    onData(stream, session, done) {
      void buffer(stream).then(async (raw) => {
        if (stream.sizeExceeded) return done(answer(552, "Message too large"));
        if (failures > 0) {
          failures -= 1;
          return done(answer(451, "Try again later"));
        }
        const { mailFrom, rcptTo } = session.envelope;
        mails.push({
          recipients: rcptTo.map(({ address }) => address),
          sender: mailFrom === false ? "" : mailFrom.address,
          encrypted: session.secure,
          parsed: await PostalMime.parse(raw, { attachmentEncoding: "utf8" }),
        });
        done();
      }, done);
    },
  });
  // A client that does not trust the certificate hangs up, which is an error to the server.
  server.on("error", () => undefined);
  const port = await freePort();
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  return {
    port,
    mails,
    refuse: (address, status) => refused.set(address, status),
    acceptAgain: (address) => refused.delete(address),
    failNext: (times) => {
      failures = times;
    },
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
