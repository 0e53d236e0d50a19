import * as z from "zod";
import { fileFormats } from "../../core/files/format";

const format = z.enum(fileFormats);

export const storedFormat = (stored: string) => format.parse(stored);
