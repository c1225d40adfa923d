import { Audience } from './audience';
import { Follower } from './follower';
import { RecentLog } from './recent-log';
import { StateWatch } from './state-watch';
import { somebody } from './testing';
import { Topics } from './topics';

const hook = '0197a3f0-0000-7000-8000-000000000001';
const actor = somebody('admin');
const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 5));

describe('What is followed and stands in no log', () => {
  let mark: string | Error;
  let mayFollow: boolean;
  let looked: string[];
  let failures: unknown[];
  let watch: StateWatch;
  let follows: (topic: string, resume?: number) => Promise<{ line: { waiting: number }; told: () => unknown[]; follower: Follower }>;

  beforeEach(() => {
    [mark, mayFollow, looked, failures] = ['a', true, [], []];
    const topics = new Topics();
    topics.define('webhook', {
      maySubscribe: async () => mayFollow,
      keysOf: () => [],
      markOf: async (organizationId, id) => {
        looked.push(`${organizationId} ${id}`);
        if (mark instanceof Error) throw mark;
        return mark;
      },
    });
    const log = { lastSequence: async () => 7, since: async () => [] };
    const audience = new Audience(topics);
    watch = new StateWatch(audience, (error) => failures.push(error));
    follows = async (topic, resume) => {
      const sent: { type: string; topic?: string; problem?: { code: string } }[] = [];
      const line = { waiting: 0, send: (text: string) => void sent.push(JSON.parse(text)), close: () => undefined };
      const follower = new Follower(line, { topics, audience, recent: new RecentLog(log), log });
      await follower.welcome(actor, resume);
      await follower.subscribe(actor, '1', topic);
      const told = () => sent.filter((it) => it.type !== 'welcome' && it.type !== 'subscribed').map((it) => it.problem?.code ?? it.type);
      return { line, told, follower };
    };
  });
  const look = async () => {
    await watch.look();
    await settled();
  };

  it('is read anew soon after it is followed, and then whenever it has changed', async () => {
    const first = await follows(`webhook:${hook}`);
    await look();
    await look();
    expect(first.told()).toEqual(['resync']);

    mark = 'b';
    const second = await follows(`webhook:${hook}`, 3);
    await look();
    expect([first.told(), second.told()]).toEqual([['resync', 'resync'], ['resync']]);
  });

  it('is looked at once for all who follow it, and not at all when nobody does', async () => {
    const [one, other] = [await follows(`webhook:${hook}`), await follows(`webhook:${hook}`)];
    await look();
    expect(looked).toEqual([`o ${hook}`]);

    for (const it of [one, other]) it.follower.end();
    await look();
    expect(looked).toHaveLength(1);
  });

  it('is told to nobody who may not follow it any more', async () => {
    const follower = await follows(`webhook:${hook}`);
    await look();
    [mark, mayFollow] = ['b', false];
    await look();
    mark = 'c';
    await look();

    expect(follower.told()).toEqual(['resync', 'not-found']);
  });

  it('is told a slow client once, when it has caught up', async () => {
    const { line, told, follower } = await follows(`webhook:${hook}`);
    line.waiting = 1024 * 1024;
    await look();
    mark = 'b';
    await look();
    expect(told()).toEqual([]);

    line.waiting = 0;
    follower.catchUp();
    expect(told()).toEqual(['resync']);
  });

  it('that cannot be looked at is looked at again', async () => {
    const { told } = await follows(`webhook:${hook}`);
    mark = new Error('away');
    await look();
    mark = 'a';
    await look();

    expect([failures.length, told()]).toEqual([1, ['resync']]);
  });
});
