/** A drawn signature as data: per stroke one flat list of whole numbers x, y, t, x, y, t ... */

export interface InkPoint {
  x: number;
  y: number;
  time: number;
}

/** Times count from the first point; coordinates are whole CSS pixels of the drawing area. */
export function toInk(strokes: { points: InkPoint[] }[]): number[][] {
  const start = strokes[0]?.points[0]?.time ?? 0;
  return strokes.map(({ points }) =>
    points.flatMap(({ x, y, time }) => [Math.round(x), Math.round(y), Math.round(time - start)]),
  );
}

/** Back to strokes, for drawing them again after the canvas was resized. */
export function fromInk(ink: number[][]): { points: InkPoint[] }[] {
  return ink.map((stroke) => ({ points: pointsOf(stroke) }));
}

function pointsOf(stroke: number[]): InkPoint[] {
  const points: InkPoint[] = [];
  for (let i = 0; i + 2 < stroke.length; i += 3) {
    points.push({ x: stroke[i] as number, y: stroke[i + 1] as number, time: stroke[i + 2] as number });
  }
  return points;
}
