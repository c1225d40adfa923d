/** The load generator: a process of its own that is given jobs over IPC, the same one for both servers. */
import { openConnections } from './connections.mjs';

/** Books the n-th free slot: slots run over resources first, then over time, so neighbours in time are not neighbours in the index. */
const bodyAt = ({ resources, from, stepMs, lengthMs }, index) => {
  const start = from + Math.floor(index / resources.length) * stepMs;
  return JSON.stringify({
    resourceId: resources[index % resources.length],
    title: `Bench ${index}`,
    start: new Date(start).toISOString(),
    end: new Date(start + lengthMs).toISOString(),
  });
};

const quantile = (sorted, share) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;

/** Books distinct free slots for some seconds on some connections. */
async function steady({ target, slots, next, connections, seconds, keys }) {
  const opened = await openConnections(target, connections);
  const latencies = [];
  const statuses = {};
  let index = next;
  const began = process.hrtime.bigint();
  const until = began + BigInt(Math.round(seconds * 1e9));
  await Promise.all(
    opened.map(async (connection) => {
      for (let now = process.hrtime.bigint(); now < until;) {
        const mine = index++;
        const status = await connection.post(bodyAt(slots, mine), keys ? `bench-${target.url.slice(-5)}-${mine}` : undefined);
        const answered = process.hrtime.bigint();
        latencies.push(Number(answered - now) / 1e6);
        statuses[status] = (statuses[status] ?? 0) + 1;
        now = answered;
      }
    }),
  );
  const took = Number(process.hrtime.bigint() - began) / 1e9;
  opened.forEach((connection) => connection.close());
  latencies.sort((one, other) => one - other);
  return { rate: latencies.length / took, p50: quantile(latencies, 0.5), p99: quantile(latencies, 0.99), statuses, next: index };
}

/** Everybody wants the same slot at the same instant. */
async function race({ target, slots, next, clients }) {
  const connections = await openConnections(target, clients);
  const body = bodyAt(slots, next);
  const began = process.hrtime.bigint();
  const answers = await Promise.all(connections.map((connection) => connection.post(body)));
  const seconds = Number(process.hrtime.bigint() - began) / 1e9;
  connections.forEach((connection) => connection.close());
  const statuses = Object.fromEntries([...Map.groupBy(answers, (status) => status)].map(([status, items]) => [status, items.length]));
  return { seconds, statuses, next: next + 1 };
}

const jobs = { steady, race };

process.on('message', async ({ kind, ...job }) => {
  try {
    process.send({ result: await jobs[kind](job) });
  } catch (error) {
    process.send({ error: error.stack });
  }
});
