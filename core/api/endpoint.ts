import type * as z from "zod";

type Method = "GET" | "POST" | "PATCH" | "DELETE";

/**
 * One call of the HTTP API, declared once. The server validates with it, the browser's call takes its types from it,
 * and the OpenAPI document is made from it.
 */
export interface Endpoint<
  Params extends z.ZodType = z.ZodType,
  Query extends z.ZodType = z.ZodType,
  Body extends z.ZodType = z.ZodType,
  Answer extends z.ZodType = z.ZodType,
> {
  method: Method;
  /** With `:name` for each path parameter. */
  path: `/api/${string}`;
  summary: string;
  params?: Params;
  query?: Query;
  /** Absent for no body, and for bodies that are streamed. */
  body?: Body;
  answer: Answer;
  /** Status of a success; 200 unless told. */
  status?: 200 | 201 | 202;
  /**
   * Set where the body or the answer is not JSON but a stream. Of `application/x-ndjson` the `answer` is one line; what fails
   * after the first is a last line in the form of every error.
   */
  streams?: { body?: readonly string[]; answer?: string };
}

export function endpoint<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, A extends z.ZodType>(
  declaration: Endpoint<P, Q, B, A>,
): Endpoint<P, Q, B, A> {
  return declaration;
}

export type AnswerOf<E extends Endpoint> = z.output<E["answer"]>;
export type BodyOf<E extends Endpoint> = E extends Endpoint<z.ZodType, z.ZodType, infer B> ? z.input<B> : never;
export type QueryOf<E extends Endpoint> = E extends Endpoint<z.ZodType, infer Q> ? z.input<Q> : never;
