import { Inject, Injectable } from '@nestjs/common';
import { Hooks } from './hooks/hooks.js';
import { WEBHOOK_SOURCES, type WebhookSource } from './webhook-source.js';

const MOST_HOOKS = 1000;

/** Who reads deliveries: the sources that there are code for, and those that admins have declared. */
@Injectable()
export class Sources {
  constructor(
    @Inject(WEBHOOK_SOURCES) private readonly built_in: readonly WebhookSource[],
    private readonly hooks: Hooks,
  ) {}

  /** By the name that a delivery is stored with; null: there is none any more. */
  async named(source: string): Promise<WebhookSource | null> {
    return this.built_in.find(({ name }) => name === source) ?? this.hooks.sourceNamed(source);
  }

  /** All there are, by name; of the declared ones the first thousand. */
  async all(): Promise<WebhookSource[]> {
    const declared = await Promise.all(
      (await this.hooks.list('', MOST_HOOKS)).map(({ name }) => this.hooks.sourceOf(name)),
    );
    const all = [...this.built_in, ...declared.filter((one) => one !== null)];
    return all.toSorted((one, other) => (one.name < other.name ? -1 : 1));
  }
}
