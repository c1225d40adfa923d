import type { Audience } from './audience';

/**
 * Looks at what is followed and stands in no log: once for all who follow it in this process, whichever process changes it. Who
 * has just begun to follow is told to read it anew, too: what they read before may have been older.
 */
export class StateWatch {
  private looking: Promise<void> | undefined;

  constructor(
    private readonly audience: Audience,
    private readonly failed: (error: unknown) => void,
  ) {}

  /** One look after another, however slow they are. */
  look(): Promise<void> {
    this.looking ??= this.lookAtAll().finally(() => (this.looking = undefined));
    return this.looking;
  }

  private async lookAtAll(): Promise<void> {
    for (const followers of this.audience.ofStates()) {
      const [{ rule, topic, organizationId }] = followers;
      try {
        const mark = await rule.markOf?.(organizationId, topic.id);
        for (const it of followers.filter((one) => one.mark !== mark)) {
          it.mark = mark;
          it.follower.readAnew(it);
        }
      } catch (error) {
        this.failed(error);
      }
    }
  }
}
