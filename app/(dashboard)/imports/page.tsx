import { ImportsPage } from "@/components/imports/imports-page";

export default function Route() {
  return <ImportsPage />;
}
