import { Component, computed, inject, input, output, signal } from '@angular/core';
import { Icon } from '@berth/web/ui';
import { TranslatePipe } from '@ngx-translate/core';
import { AdminWords } from '../admin-words';
import { CodeBlock } from './code-block';
import { takenOf, takes, withEvent, withGroup } from './webhook-draft';
import { WebhookWords } from './webhook-words';
import type { OfferedEvent } from './webhooks-api';

/** Chooses what is told: everything, whole kinds of things, or single events, each with what is sent then. */
@Component({
  selector: 'berth-event-tree',
  imports: [CodeBlock, Icon, TranslatePipe],
  template: `
    <label class="check all">
      <input #all type="checkbox" [checked]="hasAll()" (change)="chosen.emit(all.checked ? ['*'] : [])" />
      <span>{{ 'admin.webhooks.allEvents' | translate }} <code>*</code></span>
    </label>
    <ul class="card">
      @for (group of groups(); track group.key) {
        <li>
          <div class="line">
            <button
              type="button"
              class="btn quiet square small"
              [attr.aria-expanded]="open().has(group.key)"
              [attr.aria-label]="'admin.webhooks.openGroup' | translate: { name: group.name }"
              (click)="toggle(group.key)"
            >
              <svg [berthIcon]="open().has(group.key) ? 'chevron-down' : 'chevron-right'"></svg>
            </button>
            <label class="check">
              <input
                #whole
                type="checkbox"
                [checked]="group.taken === 'all'"
                [indeterminate]="group.taken === 'some'"
                (change)="chosen.emit(withGroup(events(), group.key, whole.checked, offered()))"
              />
              <span
                >{{ group.name }} <code>{{ group.key }}.*</code></span
              >
            </label>
            <span class="count muted">{{ group.count }}</span>
          </div>
          @if (open().has(group.key)) {
            <ul class="events">
              @for (it of group.events; track it.type) {
                <li>
                  <div class="line">
                    <label class="check">
                      <input
                        #one
                        type="checkbox"
                        [checked]="takes(events(), it.type)"
                        (change)="chosen.emit(withEvent(events(), it.type, one.checked, offered()))"
                      />
                      <span
                        >{{ said.event(it.type, it) }} <code>{{ it.type }}</code></span
                      >
                    </label>
                    <button
                      type="button"
                      class="btn quiet small sample"
                      [attr.aria-expanded]="shown() === it.type"
                      [attr.aria-label]="'admin.webhooks.sampleOf' | translate: { type: it.type }"
                      (click)="shown.set(shown() === it.type ? null : it.type)"
                    >
                      {{ 'admin.webhooks.sample' | translate }}
                    </button>
                  </div>
                  @if (shown() === it.type) {
                    <berth-code-block [label]="'admin.webhooks.sampleOf' | translate: { type: it.type }" [code]="json(it.sample)" />
                  }
                </li>
              }
            </ul>
          }
        </li>
      }
    </ul>
  `,
  styleUrl: './event-tree.css',
})
export class EventTree {
  private readonly words = inject(AdminWords);
  protected readonly said = inject(WebhookWords);

  readonly events = input.required<readonly string[]>();
  readonly offered = input.required<readonly OfferedEvent[]>();
  readonly chosen = output<readonly string[]>();

  protected readonly takes = takes;
  protected readonly withEvent = withEvent;
  protected readonly withGroup = withGroup;
  protected readonly open = signal<ReadonlySet<string>>(new Set());
  /** The event whose sample is shown. */
  protected readonly shown = signal<string | null>(null);
  protected readonly groups = computed(() =>
    [...Map.groupBy(this.offered(), (it) => it.group)].map(([key, events]) => ({
      ...{ key, events, name: this.said.group(key), taken: takenOf(this.events(), key, this.offered()) },
      count: this.words.text('admin.webhooks.taken', {
        count: events.filter((it) => takes(this.events(), it.type)).length,
        all: events.length,
      }),
    })),
  );
  protected readonly hasAll = computed(() => this.groups().length > 0 && this.groups().every((it) => it.taken === 'all'));

  protected toggle(group: string): void {
    this.open.update((all) => (all.has(group) ? new Set([...all].filter((it) => it !== group)) : new Set([...all, group])));
  }

  protected json(sample: unknown): string {
    return JSON.stringify(sample, null, 2);
  }
}
