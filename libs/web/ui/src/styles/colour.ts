/** A colour as linear-light red, green and blue between 0 and 1. */
export type LinearRgb = readonly [number, number, number];

/** What the eye may lack. */
export type Vision = 'normal' | 'protanopia' | 'deuteranopia' | 'tritanopia';

/** `#rrggbb` → linear light. */
export function linear(hex: string): LinearRgb {
  const channel = (at: number): number => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return [channel(1), channel(3), channel(5)];
}

/** Contrast ratio of two colours (WCAG 2.2), 1 to 21. */
export function contrast(first: LinearRgb, second: LinearRgb): number {
  const [light, dark] = [luminance(first), luminance(second)].sort((a, b) => b - a);
  return (light! + 0.05) / (dark! + 0.05);
}

/** How a colour looks to a dichromat: Machado, Oliveira and Fernandes 2009, severity 1, in linear light. */
export function seenBy(vision: Vision, colour: LinearRgb): LinearRgb {
  const matrix = simulations[vision];
  return matrix.map((row) => clamp(dot(row, colour))) as unknown as LinearRgb;
}

/** Euclidean distance in OKLab (Ottosson 2020). */
export function distance(first: LinearRgb, second: LinearRgb): number {
  const [a, b] = [oklab(first), oklab(second)];
  return Math.hypot(...a.map((value, index) => value - b[index]!));
}

type Row = readonly [number, number, number];

const simulations: Readonly<Record<Vision, readonly [Row, Row, Row]>> = {
  normal: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};

const toCones: readonly [Row, Row, Row] = [
  [0.4122214708, 0.5363325363, 0.0514459929],
  [0.2119034982, 0.6806995451, 0.1073969566],
  [0.0883024619, 0.2817188376, 0.6299787005],
];

function oklab(colour: LinearRgb): Row {
  const cone = toCones.map((row) => Math.cbrt(dot(row, colour))) as unknown as Row;
  return [
    dot([0.2104542553, 0.793617785, -0.0040720468], cone),
    dot([1.9779984951, -2.428592205, 0.4505937099], cone),
    dot([0.0259040371, 0.7827717662, -0.808675766], cone),
  ];
}

function luminance(colour: LinearRgb): number {
  return dot([0.2126, 0.7152, 0.0722], colour);
}

function dot(row: Row, colour: Row): number {
  return row[0] * colour[0] + row[1] * colour[1] + row[2] * colour[2];
}

function clamp(value: number): number {
  return Math.min(1, Math.max(0, value));
}
