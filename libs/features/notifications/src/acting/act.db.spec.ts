import { useDatabase } from '@berth/platform/testing';
import { at, from, reservationsGiven } from '@berth/reservations/testing';
import { notificationsOn } from '../testing';

const db = useDatabase();
const given = reservationsGiven(db);
const told = notificationsOn(db);
const { on } = told;

/** Secrets of the links of a letter, by what stands before them. */
const linksOf = (text: string): Record<string, string> =>
  Object.fromEntries(
    [...text.matchAll(/^(.+):\r?\nhttps:\/\/berth\.example\/act#(\S+)$/gm)].map(([, label = '', token = '']) => [label, token]),
  );

describe('Links of letters', () => {
  async function asked() {
    const [ada, eve] = [await given.aPerson(), await given.aPerson()];
    const lab = await given.aResource({
      name: 'Laser',
      policy: { approval: { mode: 'required', deadline: 'P2D', approvers: [{ kind: 'user', id: eve.accountId }] } },
    });
    const { id } = await on.book.execute(ada, { resourceIds: [lab.id], quantity: 1, ...from('12:00').to('13:00') });
    await told.told();
    const links = linksOf(told.sink.received.find((it) => it.to[0] === `${eve.accountId}@acme.example`)?.text ?? '');
    return { ada, eve, id, approve: links['Approve'] ?? '', reject: links['Decline'] ?? '' };
  }
  const statusOf = async (id: string): Promise<string | undefined> =>
    (await db.asOwner<{ status: string }>('select status from reservation where id = $1', [id]))[0]?.status;

  it('say what they would do, and do it once when they are told to', async () => {
    const { act } = told.part();
    const { id, approve } = await asked();

    expect(await act.inspect(approve)).toMatchObject({
      verb: 'approve',
      kind: 'approval-asked',
      facts: { resourceName: 'Laser' },
      isDone: false,
    });
    expect(await statusOf(id)).toBe('pending');
    const outcomes = await Promise.allSettled(Array.from({ length: 5 }, () => act.execute(approve)));

    expect(outcomes.filter((it) => it.status === 'fulfilled')).toHaveLength(1);
    expect(await statusOf(id)).toBe('confirmed');
    await expect(act.inspect(approve)).rejects.toMatchObject({ code: 'link-invalid' });
  });

  it('answer as the screen does where somebody was first, and are not used up by that', async () => {
    const { act, respond } = told.part();
    const { eve, id, approve, reject } = await asked();
    await respond.execute(eve, { id, decision: 'approve', message: null, suggestion: null });

    await expect(act.execute(reject)).rejects.toMatchObject({ code: 'invalid-state' });
    await told.told();
    expect(await act.inspect(approve)).toMatchObject({ isDone: true });
    expect(await statusOf(id)).toBe('confirmed');
  });

  it('are worth nothing after their time, changed by a byte, in another place, or for who was suspended', async () => {
    const { act, actions } = told.part();
    const { eve, id, approve } = await asked();
    const changed = `${approve.slice(0, 40)}${approve[40] === 'A' ? 'B' : 'A'}${approve.slice(41)}`;
    for (const token of ['', 'x', changed, approve.slice(1)])
      await expect(act.execute(token)).rejects.toMatchObject({ code: 'link-invalid' });
    expect(actions.readUnsubscription(approve)).toBeUndefined();

    await db.asOwner(`update account set status = 'suspended' where id = $1`, [eve.accountId]);
    await expect(act.execute(approve)).rejects.toMatchObject({ code: 'link-invalid' });
    await db.asOwner(`update account set status = 'active' where id = $1`, [eve.accountId]);
    on.clock.set(at('08:00', 15));
    await expect(act.execute(approve)).rejects.toMatchObject({ code: 'link-invalid' });
    expect(await statusOf(id)).toBe('pending');
  });

  it('end letters of one kind at one click, and nothing else', async () => {
    const { actions, act, preferences } = told.part();
    const ada = await given.aPerson();
    const link = actions.unsubscribe({ organizationId: db.organizationId, accountId: ada.accountId, kind: 'reminder' });
    const token = new URL(link).searchParams.get('token') ?? '';

    expect(await act.inspect(token)).toMatchObject({ verb: 'unsubscribe', kind: 'reminder' });
    expect((await preferences.own(ada)).matrix.reminder.email).toBe(true);
    await act.execute(token);
    await act.execute(token);

    const { preset, matrix } = await preferences.own(ada);
    expect([preset, matrix.reminder, matrix['no-show'].email]).toEqual(['own', { inApp: true, email: false, push: true }, true]);
  });
});
