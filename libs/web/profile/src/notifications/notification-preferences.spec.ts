import { notificationKinds } from '@berth/web/data';
import { toggled, withLead, type Matrix, type NotificationPreferences } from './notification-preferences';

const everywhere = Object.fromEntries(notificationKinds.map((it) => [it, { inApp: true, email: true, push: false }])) as Matrix;
const normal: NotificationPreferences = {
  preset: 'normal',
  matrix: everywhere,
  quietHours: null,
  digest: 'off',
  digestAt: '08:00',
  reminderLeadMinutes: [15],
  version: 0,
};

describe('the matrix of preferences', () => {
  it('becomes one’s own with the first cell that is changed, and changes no other', () => {
    const changed = toggled(normal, 'reminder', 'push');

    expect(changed.preset).toBe('own');
    expect(changed.matrix).toEqual({ ...everywhere, reminder: { inApp: true, email: true, push: true } });
  });

  it('keeps the mails about the security of the account', () => {
    expect(toggled(normal, 'security', 'email')).toBe(normal);
    expect(toggled(normal, 'security', 'push').matrix.security).toEqual({ inApp: true, email: true, push: true });
  });
});

describe('reminders', () => {
  it('stand in order and can be taken back', () => {
    expect(withLead([15, 60], 5)).toEqual([5, 15, 60]);
    expect(withLead([5, 15, 60], 15)).toEqual([5, 60]);
  });

  it('are three at most', () => {
    expect(withLead([5, 15, 60], 1440)).toEqual([5, 15, 60]);
  });
});
