export function throwAwayDirectory(prefix: string): string;
