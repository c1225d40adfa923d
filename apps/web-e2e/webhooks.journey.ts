import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from '@playwright/test';
import { Webhook } from 'standardwebhooks';
import { apiOf, booking, signIn } from './support/api';
import { violationsOf } from './support/axe';
import { type Berth, setUp, startBerth } from './support/berth';
import { nextWorkday } from './support/timeline';

interface Received {
  readonly headers: Record<string, string>;
  readonly body: string;
}

test.describe('A webhook whose receiver fails', () => {
  let berth: Berth;
  let receiver: Server;
  let works = false;
  const received: Received[] = [];
  const day = nextWorkday();

  test.beforeAll(async () => {
    receiver = createServer((request, response) => {
      const parts: Buffer[] = [];
      request.on('data', (part: Buffer) => parts.push(part));
      request.on('end', () => {
        received.push({ headers: request.headers as Record<string, string>, body: Buffer.concat(parts).toString('utf8') });
        response.writeHead(works ? 204 : 500).end(works ? undefined : 'the disk is full');
      });
    });
    await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
    berth = await startBerth({ BERTH_ALLOWED_NETWORKS: '127.0.0.0/8' });
  });
  test.afterAll(async () => {
    await berth?.stop();
    receiver.closeAllConnections();
    receiver.close();
  });

  test('is found, understood and sent to again with the keyboard alone', async ({ page }) => {
    page.setDefaultTimeout(20_000);
    const api = apiOf(berth, await setUp(berth));
    const { id: roomId } = await api.post<{ id: string }>('/resources', { name: 'Turing', timeZone: 'Europe/Berlin' });
    const url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/berth`;
    const { secret } = await api.post<{ secret: string }>('/webhooks', { name: 'Doors', url, events: ['reservation.*'], payload: 'full' });
    await api.post('/reservations', booking(roomId, day, '10:00', '11:00', 'Planning'));
    await expect.poll(() => received.length, { timeout: 20_000 }).toBeGreaterThan(0);

    await signIn(page, berth);
    await page.goto(`${berth.url}/admin/webhooks`);
    await expect(page.getByRole('row', { name: /Doors/ })).toContainText('Failing');
    await page.getByRole('link', { name: 'Doors' }).press('Enter');
    await expect(page.getByRole('radio', { name: 'Not arrived' })).toBeChecked();
    await expect(page.getByRole('row', { name: /Booked/ })).toContainText('It answered 500');
    await page.keyboard.press('j');
    await expect(page.getByRole('group', { name: 'Answer' })).toContainText('the disk is full');
    await expect(page.getByRole('group', { name: 'Request' })).toContainText('webhook-signature: v1,');
    expect(await violationsOf(page)).toEqual([]);

    works = true;
    await page.keyboard.press('r');
    await expect(page.getByRole('heading', { name: 'Booked' })).toBeFocused();
    await expect(page.getByRole('region', { name: 'Booked' })).toContainText('Arrived: 204');

    const first = received[0]!;
    const replay = received.find((it) => it.headers['berth-replay'] === 'true')!;
    expect(replay.headers['webhook-id']).toBe(first.headers['webhook-id']);
    expect(replay.body).toBe(first.body);
    expect(new Webhook(secret).verify(replay.body, replay.headers)).toMatchObject({ type: 'reservation.created' });
  });
});
