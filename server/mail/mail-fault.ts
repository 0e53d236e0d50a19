import type { NodemailerError } from "nodemailer";
import { DeliveryError, type DeliveryFault } from "../destinations/delivery-error";

export interface RefusedAddress {
  readonly address: string;
  /** What the server said, as a sentence. */
  readonly reason: string;
  /** The same mail may be taken later. */
  readonly again: boolean;
}

/** What came of a mail that nobody was sent. What did not come of the mail server stays what it is. */
export function mailFault(error: unknown, host: string): unknown {
  if (!isFromServer(error)) return error;
  if (error.code === "ESTREAM") return error.cause ?? error;
  if (error.rejectedErrors !== undefined && error.rejectedErrors.length > 0) {
    const refusals = error.rejectedErrors.map(refusalOf);
    const fault = refusals.some(({ again }) => again) ? "unavailable" : "invalid";
    return new DeliveryError(fault, refusals.map(({ reason }) => reason).join(" "), { cause: error });
  }
  return new DeliveryError(faultOf(error), sentence(error, host), { cause: error });
}

export function refusalOf(error: NodemailerError): RefusedAddress {
  const address = error.recipient ?? "";
  return { address, reason: `${address} was refused: ${saidBy(error)}`, again: error.permanent === false };
}

function isFromServer(error: unknown): error is NodemailerError {
  return error instanceof Error && "code" in error && typeof error.code === "string";
}

const certificateFault = /CERT|ALTNAME|SELF_SIGNED|UNABLE_TO|ERR_SSL|ERR_TLS/;

function faultOf(error: NodemailerError): DeliveryFault {
  if (error.permanent === false) return "unavailable";
  // "Authentication required", which may come in answer to any command.
  if (error.responseCode === 530) return "credential";
  switch (error.code) {
    case "EAUTH":
    case "ENOAUTH":
      return "credential";
    case "ETLS":
      return "settings";
    case "ECONNECTION":
    case "ETIMEDOUT":
    case "ESOCKET":
    case "EDNS":
    case "EPROTOCOL":
      return certificateFault.test(error.originalCode ?? "") ? "settings" : "unavailable";
    default:
      // The sender is the operator's choice.
      return error.command === "MAIL FROM" && error.responseCode !== 552 ? "settings" : "invalid";
  }
}

function sentence(error: NodemailerError, host: string): string {
  const detail = error.message.replace(/\.$/, "");
  switch (error.code) {
    case "ECONNECTION":
    case "ETIMEDOUT":
    case "ESOCKET":
    case "EDNS":
      return `${host} could not be reached: ${detail}.`;
    case "ETLS":
      return `${host} could not be spoken to by TLS: ${detail}. SMTP_URL says by ?tls= whether it must be.`;
    default:
      if (error.response) return `${host} answered: ${saidBy(error)}`;
      return `The mail to ${host} failed: ${detail}.`;
  }
}

/** An answer may go over several lines, each of them with the code. */
function saidBy({ response, message }: NodemailerError): string {
  const said = (response ?? message).replaceAll(/\s*\r?\n\d{3}[- ]/g, " ").trim();
  return /[.!?]$/.test(said) ? said : `${said}.`;
}
