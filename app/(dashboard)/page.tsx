import { HomePage } from "@/components/home/home-page";

export default function Route() {
  return <HomePage />;
}
