import { CONFIG, type Config } from '@berth/platform/runtime';
import { Inject, Injectable } from '@nestjs/common';

/** Links into the console. Their host is the configured one: what a request calls this server is never believed. */
@Injectable()
export class PublicLinks {
  private readonly base: string;

  constructor(@Inject(CONFIG) config: Pick<Config, 'publicUrl' | 'host' | 'port'>) {
    const host = config.host.includes(':') ? `[${config.host}]` : config.host;
    this.base = config.publicUrl ?? `http://${host}:${config.port}`;
  }

  /**
   * @param path of a page of the console
   * @param secret goes after `#`, where it reaches neither servers nor the pages linked from there
   */
  to(path: `/${string}`, secret?: string): string {
    return `${this.base}${path}${secret === undefined ? '' : `#${encodeURIComponent(secret)}`}`;
  }

  /** Host name, for message ids and the default sender. */
  get host(): string {
    return new URL(this.base).hostname;
  }
}
