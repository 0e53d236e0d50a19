/** Hollow before the first message, a disc once messages come in, a diamond when some were refused. Words beside it say the same. */
export function SourceDot({ messages, rejected }: { messages: number; rejected: number }) {
  if (messages === 0 && rejected === 0) {
    return (
      <span aria-hidden className="mr-2 inline-block size-[7px] rounded-full border-[1.5px] border-line-control" />
    );
  }
  if (rejected > 0) {
    return <span aria-hidden className="mr-2 inline-block size-[7px] rotate-45 rounded-[1px] bg-violation-mark" />;
  }
  return <span aria-hidden className="mr-2 inline-block size-[7px] rounded-full bg-in-mark" />;
}
