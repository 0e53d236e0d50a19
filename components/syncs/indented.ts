/** JSON as its value, which is then shown with its lines; other text as it is. */
export function indented(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
