/**
 * Writes `libs/web/ui/src/icons/icon-paths.ts`: the outlines of the Lucide icons the console uses, one path each.
 * The package's own components bring a whole template per icon (4 kB each), which the initial bundle cannot afford.
 * To add an icon, add its Lucide name here and run `node tools/icons/generate.mjs`.
 */
import '@angular/compiler';
import { writeFileSync } from 'node:fs';
import { format, resolveConfig } from 'prettier';

const names = `
  archive arrow-down arrow-left arrow-right arrow-up arrow-up-down ban bell box building calendar calendar-check-2 calendar-clock calendar-days
  calendar-plus calendar-x car-front chart-no-axes-gantt check chevron-down chevron-left chevron-right chevron-up chevrons-left chevrons-right
  circle circle-alert circle-check circle-question-mark circle-x clock clock-alert copy corner-down-left door-open download ellipsis
  ellipsis-vertical external-link eye eye-off file-spreadsheet flask-conical funnel globe grip-vertical hourglass house info keyboard lamp-desk
  key-round languages layers layout-grid link list list-filter loader-circle lock log-out mail map-pin maximize-2 menu minus monitor moon move
  move-horizontal package panel-left pencil pin plus power refresh-cw repeat rotate-ccw rotate-ccw-clock save search send server settings shield-check
  sliders-horizontal sparkles square square-check star sun table-2 tag timer trash triangle-alert undo-2 upload user-plus user-round users-round
  wrench x zoom-in zoom-out
`
  .trim()
  .split(/\s+/);

const lucide = await import('@lucide/angular');
const byName = new Map(Object.values(lucide).flatMap((it) => (it?.icon?.name ? [[it.icon.name, it.icon]] : [])));
const missing = names.filter((it) => !byName.has(it));
if (missing.length > 0) throw new Error(`Lucide has no ${missing.join(', ')}`);

const n = (value) => String(Math.round(Number(value) * 1000) / 1000);
const asPath = {
  path: (a) => absolute(a.d),
  line: (a) => `M${n(a.x1)} ${n(a.y1)}L${n(a.x2)} ${n(a.y2)}`,
  polyline: (a) => `M${a.points}`,
  polygon: (a) => `M${a.points}Z`,
  circle: (a) => ellipse(a.cx, a.cy, a.r, a.r),
  ellipse: (a) => ellipse(a.cx, a.cy, a.rx, a.ry),
  rect: (a) => rect(Number(a.x ?? 0), Number(a.y ?? 0), Number(a.width), Number(a.height), Number(a.rx ?? a.ry ?? 0)),
};

// Paths are put one after another, so each must begin at an absolute point; numbers after the first pair stay relative.
function absolute(d) {
  return d.replace(/^m\s*(-?[\d.]+)[\s,]*(-?[\d.]+)\s*(?=(\S)?)/, (_, x, y, next) => `M${x} ${y}${/[-\d.]/.test(next ?? '') ? 'l' : ''}`);
}

function ellipse(cx, cy, rx, ry) {
  return `M${n(cx - rx)} ${n(cy)}a${n(rx)} ${n(ry)} 0 1 0 ${n(2 * rx)} 0a${n(rx)} ${n(ry)} 0 1 0 ${n(-2 * rx)} 0`;
}

function rect(x, y, width, height, r) {
  const corner = (dx, dy) => (r === 0 ? '' : `a${n(r)} ${n(r)} 0 0 1 ${n(dx * r)} ${n(dy * r)}`);
  return `M${n(x + r)} ${n(y)}h${n(width - 2 * r)}${corner(1, 1)}v${n(height - 2 * r)}${corner(-1, 1)}h${n(2 * r - width)}${corner(-1, -1)}v${n(2 * r - height)}${corner(1, -1)}z`;
}

const lines = names.map((name) => {
  const d = byName
    .get(name)
    .node.map(([tag, attributes]) => asPath[tag](attributes))
    .join('');
  return `  '${name}': '${d}',`;
});
const target = new URL('../../libs/web/ui/src/icons/icon-paths.ts', import.meta.url);
const source = `/** Outlines of Lucide icons (ISC licence, lucide.dev) on a 24 × 24 grid. Written by tools/icons/generate.mjs. */
export const iconPaths = {
${lines.join('\n')}
} as const;

/** The name of an icon the console has. */
export type IconName = keyof typeof iconPaths;
`;
writeFileSync(target, await format(source, { ...(await resolveConfig(target)), parser: 'typescript' }));
