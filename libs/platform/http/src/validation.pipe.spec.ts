import 'reflect-metadata';
import type { ArgumentMetadata } from '@nestjs/common';
import { IsBoolean, IsOptional, IsString } from 'class-validator';
import { DtoPipe } from './validation.pipe';

class Query {
  @IsOptional()
  @IsBoolean()
  dryRun = false;

  @IsOptional()
  @IsString()
  word?: string;
}

class Demanding {
  @IsString()
  word!: string;
}

const as = (metatype: new () => object): ArgumentMetadata => ({ type: 'query', metatype });

describe('A query without parameters', () => {
  it('is read as its defaults, by each reader for itself', async () => {
    const pipe = new DtoPipe();
    const first = (await pipe.transform({}, as(Query))) as Query;
    first.dryRun = true;
    first.word = 'mine';
    const second = (await pipe.transform({}, as(Query))) as Query;

    expect(second).toBeInstanceOf(Query);
    expect(second).toEqual(new Query());
    expect(await pipe.transform({ word: 'asked' }, as(Query))).toMatchObject({ word: 'asked', dryRun: false });
  });

  it('is refused each time where one has to be given', async () => {
    const pipe = new DtoPipe();
    for (let i = 0; i < 3; i++) await expect(pipe.transform({}, as(Demanding))).rejects.toMatchObject({ code: 'validation-failed' });
  });
});
