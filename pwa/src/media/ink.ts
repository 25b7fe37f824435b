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
