/** An event's name as warehouses of the field write it: `Order Completed` and `orderCompleted` as `order_completed`. */
export function eventSlug(name: string): string {
  return name
    .replace(/([a-z0-9])([A-Z])/g, "$1_$2")
    .replace(/[^A-Za-z0-9]+/g, "_")
    .replace(/^_+|_+$/g, "")
    .toLowerCase();
}
