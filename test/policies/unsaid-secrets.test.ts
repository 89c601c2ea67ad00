import { describe, expect, it } from 'vitest';
import { casesOf, verdictOn } from './library.ts';

/** What the cases of these policies use as secrets. */
const secrets = ['hunter2', 'yourpassword', 'AKIAQWERTYUIOPASDFGH', 'aHVudGVyMg', 'cm9ib3Q6aHVudGVyMg'];

const folders = [
  'build/build-secrets',
  'build/remote-add',
  'credentials/plain-credentials',
  'credentials/registry-credentials',
  'credentials/stored-secrets',
];

describe.each(folders)('%s', folder => {
  const denied = casesOf(folder).filter(({ decision }) => decision === 'deny');

  it.each(denied)('says nothing of the secret: $name', async each => {
    const verdict = JSON.stringify(await verdictOn(folder, each));
    expect(secrets.filter(secret => verdict.includes(secret))).toEqual([]);
  });
});

it('the cases have secrets', () => {
  const cases = folders.flatMap(folder => casesOf(folder)).map(each => JSON.stringify(each));
  expect(secrets.filter(secret => !cases.some(text => text.includes(secret)))).toEqual([]);
});
