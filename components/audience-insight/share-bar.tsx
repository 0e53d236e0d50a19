/** A share as a length beside its figure, which says the same in words. */
export function ShareBar({ share }: { share: number }) {
  return (
    <span aria-hidden="true" className="block h-2 rounded-1 bg-sunken">
      <span
        className="block h-full rounded-1 border-r-[1.5px] border-(--chart-1) bg-(--chart-1-soft)"
        style={{ width: `${Math.min(1, share) * 100}%` }}
      />
    </span>
  );
}
