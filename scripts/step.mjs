const live = process.stdout.isTTY === true;

/** Seconds for people: `0.4 s`, `12 s`, `2 min 5 s`. */
export function formatSeconds(milliseconds) {
  const seconds = milliseconds / 1000;
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  if (seconds < 60) return `${Math.round(seconds)} s`;
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)} min ${whole % 60} s`;
}

/**
 * Does one step of a command and shows it with its time: one line that counts on a terminal, a line before and after elsewhere.
 * @template T
 * @param {string} label
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function step(label, work) {
  const began = performance.now();
  const elapsed = () => formatSeconds(performance.now() - began);
  const line = (mark, time) => `${live ? "\r\x1b[2K" : ""}${mark} ${label}  ${time}`;

  if (!live) console.log(`  ${label} …`);
  const ticking = live ? setInterval(() => process.stdout.write(line("…", elapsed())), 100) : undefined;
  try {
    const result = await work();
    clearInterval(ticking);
    console.log(line("✓", elapsed()));
    return result;
  } catch (error) {
    clearInterval(ticking);
    console.log(line("✗", elapsed()));
    throw error;
  }
}
