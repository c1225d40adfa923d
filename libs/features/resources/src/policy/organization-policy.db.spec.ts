import { silentOutbox, useDatabase } from '@berth/platform/testing';
import { resourcesGiven } from '../testing';
import { ChangeOrganizationPolicy } from './change-organization-policy';
import { readOrganizationPolicy } from './organization-policy';

const db = useDatabase();
const given = resourcesGiven(db);
const admin = given.anActor();
const read = () => readOrganizationPolicy(db.database.of(db.organizationId), db.organizationId, 'look');
const change = (version: number, patch: object) =>
  new ChangeOrganizationPolicy(db.database, silentOutbox()).execute(admin, { version, patch });

describe('the policy of the organization', () => {
  it('counts for what says nothing itself, and shows where each rule was set', async () => {
    const { version } = await read();
    const epoch = await given.epoch();

    const changed = await change(version, { horizon: 'P7D' });

    expect(changed).toMatchObject({ policy: { horizon: 'P7D' }, version: version + 1 });
    expect(changed.rules['horizon']).toMatchObject({ value: 'P7D', source: { level: 'organization' } });
    expect(changed.rules['slotStep']).toMatchObject({ value: 'PT15M', source: { level: 'default' } });
    expect(await given.epoch()).toBe(epoch + 1);
  });

  it('takes a rule back with null, and tells who changed an older version', async () => {
    const { version } = await change((await read()).version, { slotStep: 'PT30M' });

    await expect(change(version - 1, { slotStep: null })).rejects.toMatchObject({
      code: 'precondition-failed',
      extensions: { current: { version } },
    });
    expect((await change(version, { slotStep: null })).rules['slotStep']?.source).toEqual({ level: 'default' });
  });

  it('refuses what cannot be read', async () => {
    const wrong = change((await read()).version, { maxDuration: 'long' });

    await expect(wrong).rejects.toMatchObject({ code: 'validation-failed', extensions: { errors: [{ pointer: '/policy/maxDuration' }] } });
  });
});
