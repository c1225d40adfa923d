import { existsSync } from 'node:fs';
import { runFaults } from '../../tools/faults/run-faults.mjs';

const reservations = Number(process.env['FAULTS_RESERVATIONS'] ?? 40);
const kills = Number(process.env['FAULTS_KILLS'] ?? 2);
const seed = Number(process.env['FAULTS_SEED'] ?? 20261122);

(existsSync('/usr/bin/redis-server') ? describe : describe.skip)('What happens (skipped where there is no /usr/bin/redis-server)', () => {
  it(
    `is told, and told as it is, whatever is killed meanwhile (${reservations} reservations, ${kills} kills, seed ${seed})`,
    async () => {
      const { figures, wrong } = await runFaults({ reservations, kills, seed, hurries: true });

      console.log(JSON.stringify(figures));
      expect(wrong).toEqual([]);
      expect(figures['events']).toBeGreaterThan(0);
    },
    kills > 10 ? 3_600_000 : 300_000,
  );
});
