export interface LosingProxy {
  readonly url: string;
  lost(): number;
  stop(): Promise<void>;
}

export function startLosingProxy(target: string, losesReply: () => boolean): Promise<LosingProxy>;
