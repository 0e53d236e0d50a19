import { AccountsPage } from "@/components/accounts/accounts-page";

export default function Route() {
  return <AccountsPage />;
}
