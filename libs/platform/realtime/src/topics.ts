import type { Actor } from '@berth/platform/auth';
import type { LogEntry } from '@berth/platform/outbox';
import { Injectable } from '@nestjs/common';

/** Something that can be followed: `me`, or a kind with an id. */
export interface Topic {
  readonly kind: string;
  readonly id: string | null;
}

/** What decides about one kind of topic. */
export interface TopicRule {
  /** Whether the actor may follow it. */
  readonly maySubscribe: (actor: Actor, id: string | null) => Promise<boolean>;
  /** Whether an event belongs to it. */
  readonly matches: (entry: LogEntry, id: string | null, actor: Actor) => boolean | Promise<boolean>;
}

/** Kinds of topics; what is not defined cannot be followed. Features define theirs when the process starts. */
@Injectable()
export class Topics {
  private readonly rules = new Map<string, TopicRule>();
  /** What one person may see of an event; undefined hides it. */
  private show: (actor: Actor, entry: LogEntry) => Promise<unknown> = () => Promise.resolve(undefined);

  define(kind: string, rule: TopicRule): void {
    this.rules.set(kind, rule);
  }

  showWith(show: (actor: Actor, entry: LogEntry) => Promise<unknown>): void {
    this.show = show;
  }

  rule(topic: Topic): TopicRule | undefined {
    return this.rules.get(topic.kind);
  }

  dataFor(actor: Actor, entry: LogEntry): Promise<unknown> {
    return this.show(actor, entry);
  }

  kinds(): string[] {
    return [...this.rules.keys()];
  }
}

/** `resource:0197…` or `me`; undefined when it has neither form. */
export function parseTopic(text: string): Topic | undefined {
  const [, kind, id] = /^([a-z]{1,20})(?::([0-9a-f-]{36}))?$/.exec(text) ?? [];
  return kind ? { kind, id: id ?? null } : undefined;
}
