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
  /** Whether the actor may follow it; asked at the beginning, and again when what they may do has changed. */
  readonly maySubscribe: (actor: Actor, id: string | null) => Promise<boolean>;
  /** The key under which it is followed; left out it is the id. What is a person's own has the person in it. */
  readonly keyOf?: (actor: Actor, id: string | null) => string;
  /** The keys an event belongs to: asked once for all who follow. */
  readonly keysOf: (entry: LogEntry) => readonly string[] | Promise<readonly string[]>;
  /** Told of every event instead of what the person may see of it: where following is right enough. */
  readonly tells?: object;
  /**
   * Of what stands in no log: a word for how it is now, another one whenever what there is to read has changed. Who follows it is
   * told to read it anew, and nothing else. Looked at each second while anybody follows it, so it has to be cheap.
   */
  readonly markOf?: (organizationId: string, id: string | null) => Promise<string>;
}

/** Kinds of topics; what is not defined cannot be followed. Features define theirs when the process starts. */
@Injectable()
export class Topics {
  private readonly rules = new Map<string, TopicRule>();
  /** What one person may see of an event; undefined hides it. Objects that are the same are sent as the same text. */
  private show: (actor: Actor, entry: LogEntry) => Promise<object | undefined> = () => Promise.resolve(undefined);

  define(kind: string, rule: TopicRule): void {
    this.rules.set(kind, rule);
  }

  showWith(show: (actor: Actor, entry: LogEntry) => Promise<object | undefined>): void {
    this.show = show;
  }

  rule(topic: Topic): TopicRule | undefined {
    return this.rules.get(topic.kind);
  }

  dataFor(actor: Actor, entry: LogEntry): Promise<object | undefined> {
    return this.show(actor, entry);
  }

  kinds(): string[] {
    return [...this.rules.keys()];
  }

  /** Under which name somebody of an organization follows a topic. */
  keyOf(rule: TopicRule, actor: Actor, topic: Topic): string {
    return `${actor.organizationId} ${topic.kind} ${rule.keyOf ? rule.keyOf(actor, topic.id) : (topic.id ?? '')}`;
  }

  /** The same names, of all an event belongs to. @param kinds those that anybody follows */
  async keysOf(entry: LogEntry, kinds: Iterable<string>): Promise<string[]> {
    const keys: string[] = [];
    for (const kind of kinds)
      for (const key of (await this.rules.get(kind)?.keysOf(entry)) ?? []) keys.push(`${entry.organizationId} ${kind} ${key}`);
    return keys;
  }
}

/** `resource:0197…` or `me`; undefined when it has neither form. */
export function parseTopic(text: string): Topic | undefined {
  const [, kind, id] = /^([a-z]{1,20})(?::([0-9a-f-]{36}))?$/.exec(text) ?? [];
  return kind ? { kind, id: id ?? null } : undefined;
}
