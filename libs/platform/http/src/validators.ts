import { isTimeZone, parseInstant } from '@berth/kernel';
import { ValidateBy, type ValidationOptions } from 'class-validator';

/** An IANA time zone. */
export const IsTimeZone = (options?: ValidationOptions): PropertyDecorator =>
  ValidateBy(
    {
      name: 'isTimeZone',
      validator: {
        validate: (value: unknown) => typeof value === 'string' && value.length <= 64 && isTimeZone(value),
        defaultMessage: () => 'is not an IANA time zone like Europe/Paris',
      },
    },
    options,
  );

const EARLIEST = Date.UTC(1970, 0, 1);
const LATEST = Date.UTC(9000, 0, 1);

/** Whether an instant is one that zones and intervals can be reckoned with: from 1970 to 9000. */
export const isReckonable = (instant: Date): boolean => instant.getTime() >= EARLIEST && instant.getTime() < LATEST;

function isInstant(text: string): boolean {
  const instant = parseInstant(text);
  return instant !== undefined && isReckonable(instant);
}

/** An RFC 3339 instant with an offset, from 1970 to 9000. */
export const IsInstant = (options?: ValidationOptions): PropertyDecorator =>
  ValidateBy(
    {
      name: 'isInstant',
      validator: {
        validate: (value: unknown) => typeof value === 'string' && value.length <= 40 && isInstant(value),
        defaultMessage: () => 'is not an instant like 2026-12-01T13:00:00Z',
      },
    },
    options,
  );

/** A text people read: no control characters but tab and line breaks. */
export const IsPlainText = (options?: ValidationOptions): PropertyDecorator =>
  ValidateBy(
    {
      name: 'isPlainText',
      validator: {
        validate: (value: unknown) => typeof value === 'string' && !/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/.test(value),
        defaultMessage: () => 'has control characters',
      },
    },
    options,
  );
