import type { KeyHelp } from "../shell/keys";

export const funnelKeys: readonly KeyHelp[] = [
  { keys: ["/"], does: "add a step" },
  { keys: ["Tab", "←", "→"], does: "from word to word" },
  { keys: ["↑", "↓"], does: "from row to row" },
  { keys: ["Enter"], does: "open a word, accept a choice; open a figure" },
  { keys: ["Backspace"], does: "clear a word" },
  { keys: ["Alt", "↑", "↓"], does: "move the step" },
  { keys: ["Ctrl", "Z"], does: "undo" },
  { keys: ["Ctrl", "Shift", "Z"], does: "redo" },
  { keys: ["Ctrl", "S"], does: "save" },
];
