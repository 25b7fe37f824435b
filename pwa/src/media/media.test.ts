import { describe, expect, it } from 'vitest';
import { sha256Hex } from './hash';
import { toInk } from './ink';
import { scaled } from './photo';
import { locate } from './place';

describe('a photo', () => {
  it('gets a long edge of 1600, keeps its proportions, and never grows', () => {
    expect(scaled(4000, 3000, 1600)).toEqual({ width: 1600, height: 1200 });
    expect(scaled(3000, 4000, 1600)).toEqual({ width: 1200, height: 1600 });
    expect(scaled(800, 600, 1600)).toEqual({ width: 800, height: 600 });
  });

  it('is named by the hash of its bytes', async () => {
    const empty = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';
    expect(await sha256Hex(new Blob([]))).toBe(empty);
    expect(await sha256Hex('')).toBe(empty);
  });
});

describe('a signature', () => {
  const strokes = [
    {
      points: [
        { x: 1.4, y: 2.6, time: 1000 },
        { x: 5, y: 6, time: 1016 },
      ],
    },
    { points: [{ x: 7, y: 8, time: 1100.2 }] },
  ];

  it('is kept as whole numbers, its time counted from the first point', () => {
    expect(toInk(strokes)).toEqual([
      [1, 3, 0, 5, 6, 16],
      [7, 8, 100],
    ]);
    expect(toInk([])).toEqual([]);
  });
});

describe('a place', () => {
  const device = (answer: (found: PositionCallback, failed: PositionErrorCallback) => void) =>
    ({ getCurrentPosition: answer }) as Geolocation;

  it('is whole numbers', async () => {
    const coords = { latitude: 31.2304167, longitude: 121.473701, accuracy: 12.6 };
    const found = await locate(device((found) => found({ coords } as GeolocationPosition)));
    expect(found).toEqual({ place: { lat_e7: 312304167, lon_e7: 1214737010, accuracy_m: 13 }, place_missing: null });
  });

  it.each([
    [1, 'denied'],
    [2, 'off'],
    [3, 'timeout'],
  ])('that is missing for reason %i says why: %s', async (code, reason) => {
    const located = await locate(device((_, failed) => failed({ code } as GeolocationPositionError)));
    expect(located).toEqual({ place: null, place_missing: reason });
  });
});
