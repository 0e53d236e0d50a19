import type { KeyHelp } from "../shell/keys";

export const builderKeys: readonly KeyHelp[] = [
  { keys: ["/"], does: "add a condition" },
  { keys: ["Tab", "←", "→"], does: "from word to word" },
  { keys: ["↑", "↓"], does: "from row to row" },
  { keys: ["Enter"], does: "open a word, accept a choice" },
  { keys: ["Backspace"], does: "clear a word; on the first one, delete the row" },
  { keys: ["Alt", "↑", "↓"], does: "move the row" },
  { keys: ["Alt", "→", "←"], does: "move it into a group, out of it" },
  { keys: ["Ctrl", "D"], does: "copy the row" },
  { keys: ["Ctrl", "Z"], does: "undo" },
  { keys: ["Ctrl", "Shift", "Z"], does: "redo" },
  { keys: ["Ctrl", "S"], does: "save" },
];
