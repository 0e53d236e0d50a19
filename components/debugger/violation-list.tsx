import type { ArrivedMessage } from "@/core/api/debugger";

/** What is wrong with a message by the tracking plan, a sentence each. */
export function ViolationList({ violations }: { violations: ArrivedMessage["violations"] }) {
  if (violations.length === 0) return null;
  const sentences = new Set(violations.map(({ message }) => message));
  return (
    <ul aria-label="Violations of the tracking plan" className="grid gap-0.5 text-violation">
      {[...sentences].map((sentence) => (
        <li key={sentence} className="break-words">
          {sentence}
        </li>
      ))}
    </ul>
  );
}
