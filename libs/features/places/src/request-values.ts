import { IsPlainText } from '@berth/platform/http';
import { Transform } from 'class-transformer';
import { IsString, IsUUID, Length, ValidateIf } from 'class-validator';

/** Validates a property of a merge patch only when it is there; unlike `IsOptional`, null is then not let through. */
export const IfGiven = (): PropertyDecorator => ValidateIf((_: object, value: unknown) => value !== undefined);

/** Text without white space around it. */
export const Trimmed = (): PropertyDecorator => onText((it) => it.trim());

/** The name of something people see in a list. */
export const IsName = (): PropertyDecorator => all(Trimmed(), IsString(), Length(1, 200), IsPlainText());

/** The id of something the request refers to, spelled as the database spells it. */
export const IsReference = (): PropertyDecorator =>
  all(
    onText((it) => it.toLowerCase()),
    IsUUID(),
  );

/** Changes a value before it is checked, where it is text. */
export const onText = (change: (text: string) => string): PropertyDecorator =>
  Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? change(value) : value));

const all =
  (...decorators: readonly PropertyDecorator[]): PropertyDecorator =>
  (target, key) => {
    for (const it of decorators) it(target, key);
  };
