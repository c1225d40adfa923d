import { unreadable } from './unreadable';

export type CsvEncoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';

export interface CsvText {
  /** Without byte order mark. */
  readonly text: string;
  readonly encoding: CsvEncoding;
  readonly hasMark: boolean;
}

/**
 * The text of a file, whatever wrote it: a byte order mark decides, then UTF-8 where the bytes allow it; what is left comes
 * from a spreadsheet in Windows-1252, which any bytes are.
 * @throws Problem `validation-failed` for NUL characters, which no text has
 */
export function decodeCsv(bytes: Uint8Array): CsvText {
  const decoded = decode(bytes);
  if (decoded.text.includes('\u0000'))
    throw unreadable('nul-character', 'The file has NUL characters; it is no text file, or UTF-16 without a byte order mark.');
  return decoded;
}

function decode(bytes: Uint8Array): CsvText {
  const [a, b, c] = bytes;
  if (a === 0xef && b === 0xbb && c === 0xbf) return { ...utf8(bytes.subarray(3)), hasMark: true };
  if (a === 0xff && b === 0xfe) return { text: new TextDecoder('utf-16le').decode(bytes), encoding: 'utf-16le', hasMark: true };
  if (a === 0xfe && b === 0xff) return { text: new TextDecoder('utf-16be').decode(bytes), encoding: 'utf-16be', hasMark: true };
  return utf8(bytes);
}

function utf8(bytes: Uint8Array): CsvText {
  try {
    return { text: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes), encoding: 'utf-8', hasMark: false };
  } catch {
    return { text: new TextDecoder('windows-1252').decode(bytes), encoding: 'windows-1252', hasMark: false };
  }
}
