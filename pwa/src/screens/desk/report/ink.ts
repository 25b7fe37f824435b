/** Signature strokes as SVG paths: the same points that were signed, no picture of them. */

export interface Drawing {
  viewBox: string;
  paths: string[];
}

const MARGIN = 6;

/** A stroke is a flat run x, y, t, x, y, t, ... */
function points(stroke: number[]): [number, number][] {
  const found: [number, number][] = [];
  for (let at = 0; at + 1 < stroke.length; at += 3) found.push([stroke[at]!, stroke[at + 1]!]);
  return found;
}

/** A single point is a dot: a line of no length with round ends. */
function path(line: [number, number][]): string {
  const [first, ...rest] = line;
  const to = rest.length > 0 ? rest : [first!];
  return `M${first!.join(' ')}${to.map((point) => `L${point.join(' ')}`).join('')}`;
}

export function drawing(ink: number[][]): Drawing | null {
  const lines = ink.map(points).filter((line) => line.length > 0);
  if (lines.length === 0) return null;
  const xs = lines.flat().map(([x]) => x);
  const ys = lines.flat().map(([, y]) => y);
  const [left, top] = [Math.min(...xs) - MARGIN, Math.min(...ys) - MARGIN];
  const [width, height] = [Math.max(...xs) - left + MARGIN, Math.max(...ys) - top + MARGIN];
  return { viewBox: `${left} ${top} ${width} ${height}`, paths: lines.map(path) };
}
