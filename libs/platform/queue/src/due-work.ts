/**
 * Work whose record is a row; a queue only says that it is due, so losing the queue delays and loses nothing. Any number of
 * processes may do it: an id may be handed to several at once, or again after it was done.
 */
export interface DueWork {
  /** Of its queue. */
  readonly name: string;
  /** How many one process does at a time. */
  readonly atOnce: number;
  /** Ids that are due and that nobody has leased, fairest first. */
  due(limit: number): Promise<readonly string[]>;
  /**
   * Takes the row by a lease, does it, and writes what became of it. Nothing when it is not due any more or another has it.
   * @param stopping the process ends: what takes long is left to the next
   */
  execute(id: string, stopping: AbortSignal): Promise<void>;
}
