import { mailAddress } from "../../core/mail-address";

export interface MailSettings {
  host: string;
  port: number;
  /** TLS from the first byte, else by STARTTLS. */
  secure: boolean;
  /**
   * - `required`: nothing is said without it; what is not set says so where there is a password.
   * - `offered`: where the server offers it.
   * - `unverified`: required, by whatever certificate.
   * - `off`: in the clear.
   */
  tls: "required" | "offered" | "unverified" | "off";
  credentials: { user: string; password: string } | undefined;
  from: Sender;
}

export interface Sender {
  name: string;
  address: string;
}

type MailServer = Omit<MailSettings, "from">;

const schemes = new Map([
  ["smtp:", { secure: false, port: 587, tls: ["required", "offered", "unverified", "off"] }],
  ["smtps:", { secure: true, port: 465, tls: ["required", "unverified"] }],
] as const);

/** Reads `smtp[s]://[user:password@]host[:port][?tls=…]`. Answers what is wrong with it, as the end of a sentence that never shows it. */
export function readSmtpUrl(text: string): MailServer | string {
  if (!URL.canParse(text)) return "must be an address such as smtps://user:password@mail.example.com";
  const url = new URL(text);
  const scheme = [...schemes].find(([name]) => name === url.protocol)?.[1];
  if (scheme === undefined) return "must begin with smtp:// (STARTTLS) or smtps:// (TLS from the start)";
  if (url.hostname === "") return "must name a host, as in smtps://user:password@mail.example.com";
  if (url.pathname.length > 1 || url.hash !== "") return "must end after the host and the port";
  const unknown = [...url.searchParams.keys()].find((name) => name !== "tls");
  if (unknown !== undefined) return "may have one option only, ?tls=";
  const credentials = readCredentials(url);
  if (typeof credentials === "string") return credentials;
  const asked = url.searchParams.get("tls");
  const usual = scheme.secure || credentials !== undefined ? "required" : "offered";
  const tls = asked === null ? usual : scheme.tls.find((way) => way === asked);
  if (tls === undefined) return `may say ${scheme.tls.map((way) => `?tls=${way}`).join(", ")} and nothing else`;
  return {
    host: url.hostname.replace(/^\[|\]$/g, ""),
    port: url.port === "" ? scheme.port : Number(url.port),
    secure: scheme.secure,
    tls,
    credentials,
  };
}

function readCredentials(url: URL): MailSettings["credentials"] | string {
  if (url.username === "" && url.password === "") return undefined;
  if (url.username === "" || url.password === "") return "must have both a user and a password, or neither";
  try {
    return { user: decodeURIComponent(url.username), password: decodeURIComponent(url.password) };
  } catch {
    return "has a % in its user or password that must be written as %25";
  }
}

/** Reads `Name <address>` or an address alone; undefined where it is neither. */
export function readSender(text: string): Sender | undefined {
  const named = /^"?([^"<>\p{Cc}]*?)"?\s*<([^<>]+)>$/u.exec(text.trim());
  const address = mailAddress.safeParse(named?.[2] ?? text);
  return address.success ? { name: named?.[1] ?? "", address: address.data } : undefined;
}
