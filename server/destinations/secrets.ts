import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes, timingSafeEqual } from "node:crypto";
import { open, readFile } from "node:fs/promises";
import { join } from "node:path";
import { AppError } from "../../core/errors";

const form = "v1";
const nonceBytes = 12;
const tagBytes = 16;

/** Encrypts what must be kept and never shown: AES-256-GCM, bound to what it is for. And signs what is given out and comes back. */
export class Secrets {
  readonly #key: Buffer;
  readonly #signingKey: Buffer;

  constructor(text: string) {
    this.#key = Buffer.from(hkdfSync("sha256", text, "", "foothold secrets", 32));
    this.#signingKey = Buffer.from(hkdfSync("sha256", text, "", "foothold signatures", 32));
  }

  /** `use` says whose it is; opened with another one it is refused. */
  seal(text: string, use: string): string {
    const nonce = randomBytes(nonceBytes);
    const cipher = createCipheriv("aes-256-gcm", this.#key, nonce).setAAD(Buffer.from(use));
    const sealed = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
    return `${form}.${Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString("base64url")}`;
  }

  /** What only this installation can write under a text, for one use: HMAC-SHA256 in base64url. */
  sign(text: string, use: string): string {
    return createHmac("sha256", this.#signingKey)
      .update(JSON.stringify([use, text]))
      .digest("base64url");
  }

  /** Takes as long whatever is wrong with the signature. */
  isSigned(text: string, use: string, signature: string): boolean {
    const expected = Buffer.from(this.sign(text, use));
    const given = Buffer.from(signature);
    return given.length === expected.length && timingSafeEqual(given, expected);
  }

  /** Errors: `conflict` where it was sealed with another key, or changed since. */
  open(sealed: string, use: string): string {
    const [version, text = ""] = sealed.split(".");
    const bytes = Buffer.from(text, "base64url");
    try {
      if (version !== form) throw new Error(`Sealed as ${version}`);
      const decipher = createDecipheriv("aes-256-gcm", this.#key, bytes.subarray(0, nonceBytes))
        .setAAD(Buffer.from(use))
        .setAuthTag(bytes.subarray(nonceBytes, nonceBytes + tagBytes));
      return decipher.update(bytes.subarray(nonceBytes + tagBytes), undefined, "utf8") + decipher.final("utf8");
    } catch (error) {
      throw new AppError(
        "conflict",
        "The secrets of this destination cannot be read with the present key. Put FOOTHOLD_SECRET_KEY (or secret-key in the data folder) back, or give the secrets again.",
        undefined,
        { cause: error },
      );
    }
  }
}

/** With the key of the environment, or with one that is made at the first start and kept in the data folder for its owner alone. */
export async function openSecrets(dataDir: string, fromEnvironment: string | undefined): Promise<Secrets> {
  if (fromEnvironment !== undefined) return new Secrets(fromEnvironment);
  const path = join(dataDir, "secret-key");
  const kept = await readFile(path, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return "";
    throw error;
  });
  if (kept.trim() !== "") return new Secrets(kept.trim());
  const made = randomBytes(32).toString("hex");
  const file = await open(path, "w", 0o600);
  await file.writeFile(`${made}\n`);
  await file.sync();
  await file.close();
  return new Secrets(made);
}
