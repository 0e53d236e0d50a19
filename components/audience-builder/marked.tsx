/** A text with the searched part underlined. */
export function Marked({ text, search }: { text: string; search: string }) {
  const at = search === "" ? -1 : text.toLowerCase().indexOf(search.toLowerCase());
  if (at < 0) return text;
  return (
    <>
      {text.slice(0, at)}
      <mark className="bg-transparent font-head text-inherit underline decoration-accent underline-offset-3">
        {text.slice(at, at + search.length)}
      </mark>
      {text.slice(at + search.length)}
    </>
  );
}
