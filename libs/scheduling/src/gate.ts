import type { PolicySource } from './booking-policy';

export const GATE_MODES = ['everyone', 'groups', 'nobody'] as const;
/** Whom a gate is open to; «groups» without one is nobody, and no list stands for everyone. */
export type GateMode = (typeof GATE_MODES)[number];

/** A gate of a site or a resource. */
export interface Gate {
  readonly mode: GateMode;
  /** Open to their members while the mode is `groups`. */
  readonly groupIds: readonly string[];
  readonly source: PolicySource;
}

/** Whether somebody in these groups gets through. */
export const opensTo = ({ mode, groupIds }: Pick<Gate, 'mode' | 'groupIds'>, groups: readonly string[]): boolean =>
  mode === 'everyone' || (mode === 'groups' && groupIds.some((it) => groups.includes(it)));
