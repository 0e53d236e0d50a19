import { Readable } from "node:stream";
import { afterEach, describe, expect, it } from "vitest";
import { freePort } from "@/tests/support/free-port";
import { type MailServer, type MailServerRules, startMailServer } from "@/tests/support/mail-server";
import { readEnv } from "../env";
import { type Mail, type Mailer, neededMailer, openMailer } from "./mailer";

const servers: MailServer[] = [];

afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

function mailerTo(url: string): Mailer {
  const { mail } = readEnv({ SMTP_URL: url, MAIL_FROM: "Foothold <foothold@example.com>" });
  if (mail === undefined) throw new Error("The environment set up no mail");
  return openMailer(mail);
}

async function startServer(rules?: MailServerRules): Promise<MailServer> {
  const server = await startMailServer(rules);
  servers.push(server);
  return server;
}

const mail: Mail = { to: ["anna@example.com"], subject: "Braze sync is failing", text: "Since 14:31.\n" };
const credentials = { user: "foothold@example.com", password: "p@ss:w/rd %" };
const userAndPassword = "foothold%40example.com:p%40ss%3Aw%2Frd%20%25";

describe("a mail", () => {
  it("arrives as it was written, from whom the operator says", async () => {
    const server = await startServer();
    const refused = await mailerTo(`smtp://127.0.0.1:${server.port}?tls=off`).send({
      ...mail,
      to: ["anna@example.com", "ben@example.com"],
      subject: "Zürich: 4,812 people — “grew”",
      html: "<p>Since <b>14:31</b></p>",
      attachments: [
        { fileName: "Müller & co.csv", contentType: "text/csv", content: Readable.from(["id,plan\n", "1,trial\n"]) },
      ],
    });
    expect(refused).toEqual([]);
    const [received] = server.mails;
    expect(received).toMatchObject({
      recipients: ["anna@example.com", "ben@example.com"],
      sender: "foothold@example.com",
      encrypted: false,
      parsed: {
        from: { name: "Foothold", address: "foothold@example.com" },
        subject: "Zürich: 4,812 people — “grew”",
        text: expect.stringMatching(/^Since 14:31\.\n+$/),
        html: expect.stringContaining("<b>14:31</b>"),
        attachments: [{ filename: "Müller & co.csv", mimeType: "text/csv" }],
      },
    });
    const [attachment] = received?.parsed.attachments ?? [];
    expect(attachment?.content).toBe("id,plan\n1,trial\n");
  });

  it("has the same Message-ID whenever it is sent again, and is marked as sent by a machine", async () => {
    const server = await startServer();
    const mailer = mailerTo(`smtp://127.0.0.1:${server.port}?tls=off`);
    for (const key of ["alert-1", "alert-1", "alert-2"]) await mailer.send({ ...mail, key });
    const [first, again, other] = server.mails.map(({ parsed }) => parsed);
    expect(again?.messageId).toBe(first?.messageId);
    expect(other?.messageId).not.toBe(first?.messageId);
    expect(first?.headers).toContainEqual(expect.objectContaining({ key: "auto-submitted", value: "auto-generated" }));
  });

  it("cannot be given a header or a recipient by its words", async () => {
    const server = await startServer();
    const mailer = mailerTo(`smtp://127.0.0.1:${server.port}?tls=off`);
    await mailer.send({ ...mail, subject: "Hello\r\nBcc: eve@example.com\r\n\r\nMy own text" });
    expect(server.mails[0]?.recipients).toEqual(["anna@example.com"]);
    expect(server.mails[0]?.parsed.headers.map(({ key }) => key)).not.toContain("bcc");
    expect(server.mails[0]?.parsed.text).toBe("Since 14:31.\n");
    for (const to of [
      "anna@example.com\r\nRCPT TO:<eve@example.com>",
      "a@example.com, eve@example.com",
      "<a@b>",
      "a",
    ]) {
      await expect(mailer.send({ ...mail, to: [to] })).rejects.toMatchObject({ fault: "invalid" });
    }
    expect(server.mails).toHaveLength(1);
  });
});

describe("the way to the server", () => {
  it("is encrypted from the start, and by an unknown certificate only where that was said", async () => {
    const server = await startServer({ secure: true, credentials });
    const address = `smtps://${userAndPassword}@127.0.0.1:${server.port}`;
    await expect(mailerTo(address).send(mail)).rejects.toMatchObject({
      fault: "settings",
      message: expect.stringMatching(/certificate/),
    });
    await mailerTo(`${address}?tls=unverified`).send(mail);
    expect(server.mails).toMatchObject([{ encrypted: true }]);
  });

  it("is encrypted by STARTTLS before a password is said", async () => {
    const server = await startServer({ credentials });
    const address = `smtp://${userAndPassword}@127.0.0.1:${server.port}`;
    await expect(mailerTo(address).send(mail)).rejects.toMatchObject({ fault: "settings" });
    await mailerTo(`${address}?tls=unverified`).send(mail);
    expect(server.mails).toMatchObject([{ encrypted: true }]);
  });

  it("is not taken with a password where the server offers no TLS, unless that was said", async () => {
    const server = await startServer({ credentials, clear: true });
    const address = `smtp://${userAndPassword}@127.0.0.1:${server.port}`;
    await expect(mailerTo(address).send(mail)).rejects.toMatchObject({
      fault: "settings",
      message: expect.stringMatching(/SMTP_URL/),
    });
    await mailerTo(`${address}?tls=off`).send(mail);
    expect(server.mails).toMatchObject([{ encrypted: false }]);
  });

  it("is closed to a wrong password, and to none where one is wanted", async () => {
    const server = await startServer({ credentials });
    const wrong = mailerTo(`smtp://foothold:wrong@127.0.0.1:${server.port}?tls=unverified`).send(mail);
    await expect(wrong).rejects.toMatchObject({ fault: "credential" });
    await expect(wrong).rejects.not.toThrow(/wrong/);
    const none = mailerTo(`smtp://127.0.0.1:${server.port}?tls=unverified`).send(mail);
    await expect(none).rejects.toMatchObject({ fault: "credential" });
  });

  it("may be gone for now: nobody listens, or there is no such host", async () => {
    const nobody = mailerTo(`smtp://127.0.0.1:${await freePort()}`).send(mail);
    await expect(nobody).rejects.toMatchObject({
      fault: "unavailable",
      message: expect.stringMatching(/^127\.0\.0\.1 /),
    });
    const nowhere = mailerTo("smtp://mail.invalid").send(mail);
    await expect(nowhere).rejects.toMatchObject({ fault: "unavailable" });
  });

  it("is left when the signal is fired", async () => {
    const server = await startServer();
    const stop = new AbortController();
    const never = new Readable({ read: () => undefined });
    const attachments = [{ fileName: "a.csv", contentType: "text/csv", content: never }];
    const sending = mailerTo(`smtp://127.0.0.1:${server.port}?tls=off`).send({ ...mail, attachments }, stop.signal);
    stop.abort(new Error("Closing"));
    await expect(sending).rejects.toThrow("Closing");
    expect(never.destroyed).toBe(true);
    expect(server.mails).toEqual([]);
  });
});

describe("a refusal", () => {
  it("of one address leaves the mail to the others, and says whether it may be taken later", async () => {
    const server = await startServer();
    server.refuse("gone@example.com", 550);
    server.refuse("busy@example.com", 450);
    const to = ["gone@example.com", "anna@example.com", "busy@example.com"];
    const refused = await mailerTo(`smtp://127.0.0.1:${server.port}?tls=off`).send({ ...mail, to });
    expect(refused).toEqual([
      { address: "gone@example.com", again: false, reason: expect.stringContaining("No such mailbox") },
      { address: "busy@example.com", again: true, reason: expect.stringContaining("Mailbox busy") },
    ]);
    expect(server.mails).toMatchObject([{ recipients: ["anna@example.com"] }]);
  });

  it("of everybody fails, for now or for good", async () => {
    const server = await startServer();
    const mailer = mailerTo(`smtp://127.0.0.1:${server.port}?tls=off`);
    server.refuse("anna@example.com", 550);
    await expect(mailer.send(mail)).rejects.toMatchObject({
      fault: "invalid",
      message: "anna@example.com was refused: 550 No such mailbox.",
    });
    server.refuse("anna@example.com", 450);
    await expect(mailer.send(mail)).rejects.toMatchObject({ fault: "unavailable" });
    server.acceptAgain("anna@example.com");
    await expect(mailer.send(mail)).resolves.toEqual([]);
  });

  it("for now passes", async () => {
    const server = await startServer();
    const mailer = mailerTo(`smtp://127.0.0.1:${server.port}?tls=off`);
    server.failNext(1);
    await expect(mailer.send(mail)).rejects.toMatchObject({ fault: "unavailable", message: /451 Try again later/ });
    await expect(mailer.send(mail)).resolves.toEqual([]);
  });

  it.each([
    ["that the server told of", false],
    ["that it only found out", true],
  ])("of a mail past the size %s is for good", async (_name, hidesSize) => {
    const server = await startServer({ size: 10_000, hidesSize });
    const content = Readable.from([Buffer.alloc(50_000, "x")]);
    const attachments = [{ fileName: "a.csv", contentType: "text/csv", content }];
    const sending = mailerTo(`smtp://127.0.0.1:${server.port}?tls=off`).send({ ...mail, attachments });
    await expect(sending).rejects.toMatchObject({ fault: "invalid", message: expect.stringMatching(/552/) });
    expect(server.mails).toEqual([]);
  });

  it("by an attachment that cannot be read is that attachment's own", async () => {
    const server = await startServer();
    const broken = new Error("The store is gone");
    const content = new Readable({ read: (): void => void content.destroy(broken) });
    const attachments = [{ fileName: "a.csv", contentType: "text/csv", content }];
    const sending = mailerTo(`smtp://127.0.0.1:${server.port}?tls=off`).send({ ...mail, attachments });
    await expect(sending).rejects.toBe(broken);
    expect(server.mails).toEqual([]);
  });
});

it("says what to set where no mail is set up", () => {
  expect(() => neededMailer({ mailer: undefined })).toThrow(/SMTP_URL.*MAIL_FROM/);
});
