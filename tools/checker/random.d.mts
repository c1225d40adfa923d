export interface Random {
  next(): number;
  below(limit: number): number;
  happens(chance: number): boolean;
  pick<T>(items: readonly T[]): T;
  weighted<T extends string>(weights: Record<T, number>): T;
  fork(label: number): Random;
}

export function seeded(seed: number): Random;
