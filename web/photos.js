// Files to pixels. The browser decodes, so every format it knows will do and EXIF orientation is
// respected; the size is looked at before anything is decoded.
import {PlainError} from './assets.js';

const kMaxSide = 16384;
const kMaxPixels = 64e6;

export async function isModelFile(blob, name = '') {
  if (name.toLowerCase().endsWith('.tflite')) return true;
  const head = new Uint8Array(await blob.slice(4, 8).arrayBuffer());
  return String.fromCharCode(...head) === 'TFL3';
}

const unreadable = (name) => new PlainError(`${name} is not an image that this browser can open.`,
                                            'Try a JPEG, PNG or WebP photo.');

// Width and height from the file's header.
function measure(blob, name) {
  const url = URL.createObjectURL(blob);
  const image = new Image();
  return new Promise((resolve, reject) => {
    image.onload = () => resolve([image.naturalWidth, image.naturalHeight]);
    image.onerror = () => reject(unreadable(name));
    image.src = url;
  }).finally(() => URL.revokeObjectURL(url));
}

// {width, height, rgba} of whatever a canvas can draw, transparency laid over white.
export function pixelsOf(source, width, height) {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d', {willReadFrequently: true, alpha: false});
  context.fillStyle = '#fff';
  context.fillRect(0, 0, width, height);
  context.drawImage(source, 0, 0);
  return {width, height, rgba: context.getImageData(0, 0, width, height).data};
}

// {width, height, rgba} of an image file, transparency laid over white.
export async function decodePhoto(blob, name) {
  if (blob.size === 0) throw new PlainError(`${name} is empty.`, 'Choose another photo.');
  const [width, height] = await measure(blob, name);
  if (!width || !height) throw unreadable(name);
  if (width > kMaxSide || height > kMaxSide || width * height > kMaxPixels) {
    throw new PlainError(`${name} is ${width} × ${height} pixels, more than the 64 megapixels that fit.`,
                         'Make it smaller and try again.');
  }
  const bitmap = await createImageBitmap(blob, {
    imageOrientation: 'from-image', premultiplyAlpha: 'none', colorSpaceConversion: 'none',
  }).catch(() => { throw unreadable(name); });
  const pixels = pixelsOf(bitmap, bitmap.width, bitmap.height);
  bitmap.close();
  return pixels;
}
