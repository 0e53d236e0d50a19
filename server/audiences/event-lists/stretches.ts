import type { Span } from "./spans";

/** Most people whose events are looked at together: few enough that these stay near the processor. */
const stretch = 4_096;

export function* stretchesOf(spans: readonly Span[]): Generator<Span> {
  for (const { from, to } of spans) {
    for (let at = from; at < to; at += stretch) yield { from: at, to: Math.min(to, at + stretch) };
  }
}
