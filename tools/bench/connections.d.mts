export interface Target {
  readonly url: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
}

export interface Connection {
  post(body: string, key?: string): Promise<number>;
  close(): void;
}

export function openConnections(target: Target, count: number): Promise<Connection[]>;
