// Reading QR codes out of pictures, as a camera would.

import jsqr from 'jsqr';
import { PNG } from 'pngjs';

/** jsqr is a CommonJS module: what it exports by default lies one level deeper in some loaders. */
const decode = jsqr.default ?? jsqr;

/**
 * The text of the QR code in a PNG picture, or nothing when there is none.
 * @param {Buffer} png
 * @returns {string | undefined}
 */
export function read(png) {
  const { data, width, height } = PNG.sync.read(png);
  return decode(new Uint8ClampedArray(data), width, height)?.data;
}
