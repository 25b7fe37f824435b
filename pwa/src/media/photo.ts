/** A camera picture becomes a small JPEG without the camera's hidden data; its hash is its name. */
import { sha256Hex } from './hash';

export interface Photo {
  blob: Blob;
  sha256: string;
  size: number;
  media_type: string;
  width: number;
  height: number;
}

/** The file is no picture that this browser can read; it was not kept. */
export class UnreadablePhoto extends Error {}

const LONG_EDGE = 1600;
const LARGEST = 400_000;
const QUALITIES = [0.85, 0.75, 0.65, 0.55, 0.45];
const SHRINK = 0.75;

export async function compressPhoto(file: Blob): Promise<Photo> {
  const picture = await decode(file);
  try {
    const { blob, width, height } = await fit(picture);
    return { blob, sha256: await sha256Hex(blob), size: blob.size, media_type: 'image/jpeg', width, height };
  } finally {
    picture.close();
  }
}

async function decode(file: Blob): Promise<ImageBitmap> {
  try {
    return await createImageBitmap(file, { imageOrientation: 'from-image' });
  } catch {
    throw new UnreadablePhoto();
  }
}

interface Drawn {
  blob: Blob;
  width: number;
  height: number;
}

/** First less quality, then fewer pixels, until it fits. */
async function fit(picture: ImageBitmap): Promise<Drawn> {
  let edge = LONG_EDGE;
  for (;;) {
    const canvas = draw(picture, edge);
    for (const quality of QUALITIES) {
      const blob = await encode(canvas, quality);
      if (blob.size <= LARGEST) return { blob, width: canvas.width, height: canvas.height };
    }
    edge = Math.round(edge * SHRINK);
  }
}

function draw(picture: ImageBitmap, edge: number): HTMLCanvasElement {
  const { width, height } = scaled(picture.width, picture.height, edge);
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  canvas.getContext('2d')?.drawImage(picture, 0, 0, width, height);
  return canvas;
}

/** Never larger than it was. */
export function scaled(width: number, height: number, edge: number): { width: number; height: number } {
  const factor = Math.min(1, edge / Math.max(width, height));
  return { width: Math.max(1, Math.round(width * factor)), height: Math.max(1, Math.round(height * factor)) };
}

function encode(canvas: HTMLCanvasElement, quality: number): Promise<Blob> {
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new UnreadablePhoto())), 'image/jpeg', quality);
  });
}
