import type { Letter } from './letter';

/** A letter as it is sent. */
export interface RenderedLetter {
  /** One line. */
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

const SUBJECT_MAX = 200;

/** Text and HTML of a letter. Names and titles come from people: every part is encoded here and nowhere else. */
export function renderLetter(letter: Letter): RenderedLetter {
  return { subject: oneLine(letter.subject).slice(0, SUBJECT_MAX), text: textOf(letter), html: htmlOf(letter) };
}

/** Without control characters, so that nothing can begin a line, and a header, of its own. */
export const oneLine = (text: string): string =>
  text
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
    .replace(/ {2,}/g, ' ')
    .trim();

function textOf({ paragraphs, action, more = [], notes, sender }: Letter): string {
  const parts = [
    ...paragraphs,
    ...[...(action ? [action] : []), ...more].map((it) => `${it.label}:\n${it.link}`),
    ...notes,
    `-- \n${sender}`,
  ];
  return `${parts.map(withoutControls).join('\n\n')}\n`;
}

/** Tables and inline styles: mail programs know little more. Colours are the tokens' light ones. */
function htmlOf({ language, subject, paragraphs, action, more = [], notes, sender }: Letter): string {
  const p = (text: string, style: string): string => `<p style="margin:0 0 16px;${style}">${encode(text).replaceAll('\n', '<br>')}</p>`;
  return [
    `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">`,
    `<meta name="color-scheme" content="light dark"><title>${encode(subject)}</title></head>`,
    `<body style="margin:0;padding:24px 16px;background:#f6f6f4;color:#1c1c1a;font:16px/24px system-ui,-apple-system,'Segoe UI',sans-serif">`,
    `<table role="presentation" width="100%" cellpadding="0" cellspacing="0"><tr><td align="center">`,
    `<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="max-width:560px;background:#ffffff;border:1px solid #deded9;border-radius:8px"><tr><td style="padding:32px">`,
    `<h1 style="margin:0 0 16px;font-size:20px;line-height:28px">${encode(subject)}</h1>`,
    ...paragraphs.map((it) => p(it, '')),
    ...(action ? [buttonOf(action)] : []),
    ...more.map(linkOf),
    ...notes.map((it) => p(it, 'font-size:14px;line-height:20px;color:#5c5c57')),
    `<p style="margin:0;padding-top:16px;border-top:1px solid #deded9;font-size:14px;color:#5c5c57">${encode(sender)}</p>`,
    `</td></tr></table></td></tr></table></body></html>`,
  ].join('\n');
}

/** The link stands under the button too, for programs that show none. */
const buttonOf = ({ label, link }: NonNullable<Letter['action']>): string =>
  `<p style="margin:24px 0"><a href="${encode(link)}" style="display:inline-block;padding:10px 20px;background:#1c1c1a;color:#ffffff;border-radius:6px;text-decoration:none">${encode(label)}</a></p>` +
  `<p style="margin:0 0 16px;font-size:14px;line-height:20px;color:#5c5c57;word-break:break-all">${encode(link)}</p>`;

const linkOf = ({ label, link }: NonNullable<Letter['action']>): string =>
  `<p style="margin:0 0 16px"><a href="${encode(link)}" style="color:#1c1c1a">${encode(label)}</a></p>`;

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const encode = (text: string): string => withoutControls(text).replace(/[&<>"']/g, (it) => entities[it] ?? it);

/** Control characters but line breaks, and the marks that turn the direction of what follows. */
const withoutControls = (text: string): string => text.replace(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g, '');
