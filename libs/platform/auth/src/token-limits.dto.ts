import { IsPlainText } from '@berth/platform/http';
import { applyDecorators } from '@nestjs/common';
import { IsInt, IsString, Length, Max, Min } from 'class-validator';

/** Bounds of what a token, or a program, is called; for its description. */
export const TOKEN_NAME = { minLength: 1, maxLength: 100 } as const;
/** Bounds of requests a minute with a token, or with the tokens of a program; for its description. */
export const TOKEN_PER_MINUTE = { minimum: 10, maximum: 1_000_000 } as const;

/** The name of a token, or of a program. */
export const IsTokenName = (): PropertyDecorator =>
  applyDecorators(IsString(), Length(TOKEN_NAME.minLength, TOKEN_NAME.maxLength), IsPlainText());

/** Requests a minute with a token, or with the tokens of a program. */
export const IsTokenPerMinute = (): PropertyDecorator =>
  applyDecorators(IsInt(), Min(TOKEN_PER_MINUTE.minimum), Max(TOKEN_PER_MINUTE.maximum));
