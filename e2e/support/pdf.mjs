// Reading the text of PDF files as hs writes them: streams deflated, every glyph's character in a map of its font.

import { inflateSync } from 'node:zlib';

/**
 * The text, page by page in the order in which it was drawn, without white space: where a line breaks is for the
 * layout to decide.
 * @param {Buffer} pdf
 * @returns {string}
 */
export function text(pdf) {
  const file = pdf.toString('latin1');
  if (!file.startsWith('%PDF-') || !file.trimEnd().endsWith('%%EOF')) throw new Error('no PDF file');
  const objects = new Map();
  for (const [, number, body] of file.matchAll(/(?:^|\n)(\d+) 0 obj\r?\n(.*?)\nendobj/gs)) objects.set(number, body);
  const fonts = new Map();
  for (const [, name, number] of file.matchAll(/\/(f\d+) (\d+) 0 R/g)) {
    const map = objects.get(number)?.match(/\/ToUnicode (\d+) 0 R/);
    if (map) fonts.set(name, characters(stream(objects.get(map[1]))));
  }
  const pages = [...objects.values()].filter((body) => /\/Type\/Page\//.test(body));
  const drawn = pages.map((body) => stream(objects.get(body.match(/\/Contents (\d+) 0 R/)[1])));
  return drawn.map((content) => said(content, fonts)).join('').replace(/\s/g, '');
}

/** What a stream holds, as one character a byte. */
function stream(body) {
  const [, head, bytes] = body.match(/^(.*?)stream\r?\n(.*?)\r?\nendstream/s);
  const raw = Buffer.from(bytes, 'latin1');
  return (head.includes('/FlateDecode') ? inflateSync(raw) : raw).toString('latin1');
}

/** Glyph numbers to characters, from a font's ToUnicode map. */
function characters(map) {
  const entries = map.matchAll(/^<([0-9A-F]{4})> <([0-9A-F]+)>$/gm);
  const utf16 = (hex) => String.fromCharCode(...hex.match(/.{4}/g).map((unit) => parseInt(unit, 16)));
  return new Map([...entries].map(([, glyph, hex]) => [parseInt(glyph, 16), utf16(hex)]));
}

/** The characters of every shown string, by the font in force; each glyph's number takes two bytes. */
function said(content, fonts) {
  let [font, text] = [new Map(), ''];
  for (const [, name, hex, literal] of content.matchAll(/\/(f\d+) [\d.]+ Tf|<([0-9A-F]+)>\s*Tj|\(((?:[^()\\]|\\.)*)\)\s*Tj/gs)) {
    if (name) {
      font = fonts.get(name) ?? new Map();
      continue;
    }
    const bytes = Buffer.from(hex ?? unescaped(literal), hex ? 'hex' : 'latin1');
    for (let at = 0; at < bytes.length; at += 2) text += font.get(bytes.readUInt16BE(at)) ?? '';
  }
  return text;
}

/** A literal string's bytes. */
function unescaped(string) {
  const named = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' };
  return string.replace(/\\([0-7]{1,3}|.)/gs, (_, code) => (/^[0-7]/.test(code) ? String.fromCharCode(parseInt(code, 8)) : (named[code] ?? code)));
}
