"use client";

import { useQuery } from "@tanstack/react-query";
import { FileText } from "lucide-react";
import { useState } from "react";
import { messageOf } from "@/client/api-error";
import { formatBytes } from "@/client/format";
import { type FileHead, readHead } from "@/client/import-file";
import { useUpload } from "@/client/queries/imports";
import { sourcesQuery } from "@/client/queries/sources";
import { Badge } from "../ui/badge";
import { Button } from "../ui/button";
import { Field, Problem } from "../ui/field";
import { Select } from "../ui/input";
import { Progress } from "../ui/progress";
import { ColumnMapping } from "./column-mapping";
import { guessPlan, mappingOf, type RolePlan } from "./column-roles";
import { useLeaveWarning } from "./use-leave-warning";

const formatNames: Readonly<Record<FileHead["format"], string>> = { ndjson: "NDJSON", csv: "CSV", parquet: "Parquet" };

/** A chosen file before and while it is sent: what it is, where it belongs, and for a table what its columns are. */
export function NewImport({ file, onDone }: { file: File; onDone: () => void }) {
  const head = useQuery({
    queryKey: ["file-head", file.name, file.size, file.lastModified],
    queryFn: () => readHead(file),
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
  });
  return (
    <section aria-label={`Import ${file.name}`} className="rounded-4 border border-line bg-surface">
      <header className="flex flex-wrap items-center gap-2 px-4 py-3">
        <FileText aria-hidden className="text-ink-3" />
        <h2 className="min-w-0 truncate font-head">{file.name}</h2>
        <span className="text-ink-3">{formatBytes(file.size)}</span>
        {head.data && (
          <Badge>
            {formatNames[head.data.format]}
            {head.data.gzip && ", gzip"}
          </Badge>
        )}
      </header>
      <div className="border-t border-line px-4 py-3">
        {head.isError && (
          <div className="grid justify-items-start gap-3">
            <Problem>{messageOf(head.error)}</Problem>
            <Button onClick={onDone}>Choose another file</Button>
          </div>
        )}
        {head.data && <ImportForm file={file} head={head.data} onDone={onDone} />}
      </div>
    </section>
  );
}

function ImportForm({ file, head, onDone }: { file: File; head: FileHead; onDone: () => void }) {
  const sources = useQuery(sourcesQuery).data ?? [];
  const [sourceId, setSourceId] = useState("");
  const [plan, setPlan] = useState<RolePlan | null>(() => head.table && guessPlan(head.table.columns));
  const [sent, setSent] = useState(0);
  const send = useUpload();
  const mapped = plan && mappingOf(plan);
  useLeaveWarning(send.isPending);
  const missing = mapped && "missing" in mapped ? mapped.missing : null;
  if (send.isPending) {
    return (
      <Progress label={`Sending ${file.name}`} value={sent / file.size}>
        {sent < file.size
          ? `${formatBytes(sent)} of ${formatBytes(file.size)} sent`
          : "All of it is sent. It is looked at before it is read."}
      </Progress>
    );
  }
  return (
    <form
      className="grid gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        send.mutate(
          {
            file,
            query: {
              sourceId: sourceId || undefined,
              format: head.format,
              fileName: file.name,
              mapping: mapped && "mapping" in mapped ? JSON.stringify(mapped.mapping) : undefined,
            },
            onProgress: setSent,
          },
          { onSuccess: onDone },
        );
      }}
    >
      {head.table && plan && <ColumnMapping table={head.table} plan={plan} onChange={setPlan} />}
      <Field
        label="Source"
        hint="A message is known by its id within its source: import a file again into the same one."
        className="max-w-sm"
      >
        <Select value={sourceId} onChange={(event) => setSourceId(event.target.value)}>
          <option value="">Imported files</option>
          {sources.map((source) => (
            <option key={source.id} value={source.id}>
              {source.name}
            </option>
          ))}
        </Select>
      </Field>
      {send.isError && <Problem>{messageOf(send.error)}</Problem>}
      <div className="flex flex-wrap items-center gap-2">
        <Button type="submit" look="primary" disabled={missing !== null}>
          Import {file.name.length > 40 ? "the file" : file.name}
        </Button>
        <Button look="quiet" onClick={onDone}>
          Cancel
        </Button>
        {missing && <p className="text-ink-2">{missing}</p>}
      </div>
    </form>
  );
}
