import { TriangleAlert } from "lucide-react";
import { cloneElement, type ReactElement, type ReactNode, useId } from "react";
import { cn } from "./class-names";

interface Control {
  id?: string;
  "aria-describedby"?: string;
  "aria-invalid"?: boolean;
}

interface FieldProps {
  label: string;
  hint?: ReactNode;
  /** What is wrong and how to mend it; shown at the control and announced. */
  error?: ReactNode;
  className?: string;
  /** The one control that the label, hint and error belong to. */
  children: ReactElement<Control>;
}

export function Field({ label, hint, error, className, children }: FieldProps) {
  const id = useId();
  const note = `${id}-note`;
  const hasNote = Boolean(error ?? hint);
  return (
    <div className={cn("grid gap-1", className)}>
      <label htmlFor={id} className="text-12 text-ink-2">
        {label}
      </label>
      {cloneElement(children, {
        id,
        "aria-describedby": hasNote ? note : undefined,
        "aria-invalid": error ? true : undefined,
      })}
      {error ? (
        <Problem id={note}>{error}</Problem>
      ) : (
        hint && (
          <p id={note} className="text-12 text-ink-3">
            {hint}
          </p>
        )
      )}
    </div>
  );
}

/** An error in plain words at the place where it arose. */
export function Problem({ id, children }: { id?: string; children: ReactNode }) {
  return (
    <p id={id} role="alert" className="flex items-start gap-1.5 text-out">
      <TriangleAlert aria-hidden className="mt-[3px] !size-3.5" />
      <span className="min-w-0">{children}</span>
    </p>
  );
}
