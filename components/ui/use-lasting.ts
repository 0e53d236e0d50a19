import { useEffect, useState } from "react";

/** Whether something has been so for so many milliseconds without a break, and about the same `subject` all the while. */
export function useLasting(is: boolean, milliseconds: number, subject?: unknown): boolean {
  const about = JSON.stringify(subject);
  const [lasted, setLasted] = useState<{ about: string | undefined } | null>(null);
  useEffect(() => {
    if (!is) {
      setLasted(null);
      return;
    }
    const timer = setTimeout(() => setLasted({ about }), milliseconds);
    return () => clearTimeout(timer);
  }, [is, milliseconds, about]);
  return is && lasted !== null && lasted.about === about;
}
