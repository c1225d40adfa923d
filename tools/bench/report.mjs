/** Goals of the specification; every ratio is Berth to reference, a series in ms at the 95th percentile. */
export const GOALS = { rate: 0.8, rateFloor: 0.6, p99: 2, race: 1.5, series: 150 };

export const median = (values) => {
  const sorted = [...values].sort((one, other) => one - other);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
};

const whole = (value) => Math.round(value).toString();
const two = (value) => value.toFixed(2);
const row = (cells) => `| ${cells.join(' | ')} |`;
const table = (head, rows) => [row(head), row(head.map(() => '---:')), ...rows.map(row)].join('\n');

/**
 * Sums up the rounds of one number of connections.
 * @param {{berth: any, reference: any}[]} rounds
 */
export function summarise(rounds) {
  const ratios = (value) => rounds.map((round) => value(round.berth) / value(round.reference));
  return { rate: median(ratios((side) => side.rate)), p50: median(ratios((side) => side.p50)), p99: median(ratios((side) => side.p99)) };
}

/**
 * What is missed of the specification; empty when all is well.
 * @param {any} results
 * @returns {string[]}
 */
export function shortfalls({ steady, race, series, deadlocks }) {
  return [
    ...steady.flatMap(({ connections, summary }) => [
      ...(summary.rate < GOALS.rateFloor
        ? [`${connections} connections: rate ${two(summary.rate)} of the reference, floor ${GOALS.rateFloor}`]
        : []),
      ...(summary.p99 > GOALS.p99 ? [`${connections} connections: p99 ${two(summary.p99)} × the reference, at most ${GOALS.p99}`] : []),
    ]),
    ...steady.flatMap(({ rounds }) => rounds.flatMap(unexpected)),
    ...(race ? missedByRace(race) : []),
    ...['check', 'book'].flatMap((it) => {
      const found = median(series.map((round) => round[it].p95));
      return found > GOALS.series ? [`series of 52: ${it} ${found.toFixed(1)} ms, at most ${GOALS.series}`] : [];
    }),
    ...(deadlocks.some((count) => count > 0) ? [`deadlocks: ${deadlocks.join(', ')}`] : []),
  ];
}

const missedByRace = ({ rounds, ratio }) => [
  ...rounds.flatMap(({ berth, clients }) => (oneWinner(berth.statuses, clients) ? [] : [`race: ${JSON.stringify(berth.statuses)}`])),
  ...(ratio > GOALS.race ? [`race: ${two(ratio)} × the time of the reference, at most ${GOALS.race}`] : []),
];

const unexpected = ({ berth, reference }) =>
  [berth, reference]
    .filter((side) => Object.keys(side.statuses).some((status) => status !== '201'))
    .map((side) => `answers ${JSON.stringify(side.statuses)}`);

const oneWinner = (statuses, clients) => statuses[201] === 1 && statuses[409] === clients - 1;

/**
 * The report as Markdown, every round in it.
 * @param {any} results
 */
export function markdown(results) {
  const { steady, race, series, deadlocks, machine, pgbench } = results;
  const parts = [`# Booking against the reference server\n\n${machine}. Rounds interleaved: Berth, reference, Berth, …`];
  for (const { connections, rounds, summary } of steady) {
    const head = ['round', 'Berth/s', 'ref/s', 'rate ratio', 'Berth p50 ms', 'ref p50', 'Berth p99 ms', 'ref p99', 'p99 ratio'];
    const rows = rounds.map(({ berth, reference }, index) => [
      `${index + 1}`, whole(berth.rate), whole(reference.rate), two(berth.rate / reference.rate), two(berth.p50), two(reference.p50),
      two(berth.p99), two(reference.p99), two(berth.p99 / reference.p99),
    ]); // prettier-ignore
    const medians = [
      '**median**',
      ...['rate'].flatMap((it) => [
        whole(median(rounds.map((round) => round.berth[it]))),
        whole(median(rounds.map((round) => round.reference[it]))),
      ]),
      `**${two(summary.rate)}**`,
      '',
      '',
      '',
      '',
      `**${two(summary.p99)}**`,
    ];
    parts.push(`## ${connections} connection${connections === 1 ? '' : 's'}, distinct free slots\n\n${table(head, [...rows, medians])}`);
  }
  if (race) parts.push(raceTable(race));
  parts.push(seriesTable(series));
  if (pgbench)
    parts.push(
      `## pgbench running the statement\n\n${table(
        ['clients', 'per second', 'Berth/pgbench', 'ref/pgbench'],
        pgbench.map((it) => [it.clients, whole(it.rate), two(it.berth), two(it.reference)]),
      )}`,
    );
  parts.push(`Deadlocks: ${deadlocks.join(' and ')}.`);
  const missed = shortfalls(results);
  parts.push(missed.length === 0 ? 'All floors are met.' : `Missed:\n${missed.map((it) => `- ${it}`).join('\n')}`);
  return `${parts.join('\n\n')}\n`;
}

function raceTable(race) {
  const rows = race.rounds.map(({ berth, reference }, index) => [
    `${index + 1}`, berth.seconds.toFixed(2), reference.seconds.toFixed(2), two(berth.seconds / reference.seconds), JSON.stringify(berth.statuses), JSON.stringify(reference.statuses),
  ]); // prettier-ignore
  const head = ['round', 'Berth s', 'ref s', 'ratio', 'Berth answers', 'ref answers'];
  return `## ${race.clients} clients, one slot\n\n${table(head, rows)}\n\nMedian ratio **${two(race.ratio)}**.`;
}

function seriesTable(series) {
  const cells = ({ single, check, book }) => [
    single.p50, single.p95, check.p50, check.p95, book.p50, book.p95, check.p50 / single.p50, book.p50 / single.p50,
  ]; // prettier-ignore
  const rows = series.map((round, index) => [`${index + 1}`, ...cells(round).map((it) => it.toFixed(1))]);
  const medians = rows[0].slice(1).map((_, at) => `**${median(series.map((round) => cells(round)[at])).toFixed(1)}**`);
  const head = ['round', 'single p50 ms', 'p95', 'check p50', 'p95', 'book p50', 'p95', 'check/single', 'book/single'];
  return `## A series of 52 with 3 conflicts, beside a single booking\n\n${table(head, [...rows, ['**median**', ...medians]])}`;
}
