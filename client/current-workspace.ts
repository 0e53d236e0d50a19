const parameter = "workspace";
const key = "foothold.workspace";

const inBrowser = () => typeof window !== "undefined";

/**
 * Id of the workspace that this tab shows: the one of its address, else the one that it showed before, else the one that was
 * looked at last in this browser. Undefined for the oldest, which is meant where none is named.
 */
export function currentWorkspace(): string | undefined {
  if (!inBrowser()) return undefined;
  const named = new URLSearchParams(window.location.search).get(parameter);
  if (named) remember(named);
  return named || sessionStorage.getItem(key) || localStorage.getItem(key) || undefined;
}

/** The address of a page in a workspace, which can be handed on. */
export function addressIn(workspace: string, address: string): string {
  const [path = "/", search = ""] = address.split("?");
  const query = new URLSearchParams(search);
  query.set(parameter, workspace);
  return `${path}?${query}`;
}

/** The workspace that was shown is gone: begins again with the oldest. */
export function leaveWorkspace(): void {
  sessionStorage.removeItem(key);
  localStorage.removeItem(key);
  window.location.assign("/");
}

/** The browser's storage for what belongs to the workspace that is shown. */
export const workspaceStorage: Pick<Storage, "getItem" | "setItem" | "removeItem"> = {
  getItem: (name) => localStorage.getItem(nameOf(name)),
  setItem: (name, value) => localStorage.setItem(nameOf(name), value),
  removeItem: (name) => localStorage.removeItem(nameOf(name)),
};

function nameOf(name: string): string {
  const workspace = currentWorkspace();
  return workspace === undefined ? name : `${name}@${workspace}`;
}

function remember(workspace: string): void {
  if (sessionStorage.getItem(key) === workspace) return;
  sessionStorage.setItem(key, workspace);
  localStorage.setItem(key, workspace);
}
