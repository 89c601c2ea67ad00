import { describe, expect, it } from 'vitest';
import { agreesWithOpa, big, callIn, context } from './agreement.ts';

agreesWithOpa('random numbers and UUIDs', [
  ['rand.intn', ['a', 0], 0],
  ['rand.intn', ['a', 1], 0],
  ['rand.intn', ['a', -1], 0],
  ['rand.intn', ['a', 1.5], undefined, 'eval_type_error'],
  ['rand.intn', [1, 1], undefined, 'eval_type_error'],
  ['uuid.parse', ['00000000-0000-0000-0000-000000000000'], { variant: 'Reserved', version: 0 }],
  ['uuid.parse', ['urn:uuid:f47ac10b-58cc-4372-a567-0e02b2c3d479'], { variant: 'RFC4122', version: 4 }],
  [
    'uuid.parse',
    ['URN:UUID:f47ac10b-58cc-1372-a567-0e02b2c3d479'],
    {
      clocksequence: 9575,
      macvariables: 'local:unicast',
      nodeid: '0e-02-b2-c3-d4-79',
      time: big('-5830180198003873716'),
      variant: 'RFC4122',
      version: 1,
    },
  ],
  [
    'uuid.parse',
    ['{f47ac10b-58cc-2372-8567-0e02b2c3d479}'],
    {
      clocksequence: 1383,
      domain: 'Domain103',
      id: 4101685515,
      macvariables: 'local:unicast',
      nodeid: '0e-02-b2-c3-d4-79',
      time: big('-5830180198003873716'),
      variant: 'RFC4122',
      version: 2,
    },
  ],
  [
    'uuid.parse',
    ['xf47ac10b-58cc-2372-8567-0e02b2c3d479x'],
    {
      clocksequence: 1383,
      domain: 'Domain103',
      id: 4101685515,
      macvariables: 'local:unicast',
      nodeid: '0e-02-b2-c3-d4-79',
      time: big('-5830180198003873716'),
      variant: 'RFC4122',
      version: 2,
    },
  ],
  ['uuid.parse', ['f47ac10b58cc4372a5670e02b2c3d479'], { variant: 'RFC4122', version: 4 }],
  ['uuid.parse', ['f47ac10b58cc4372a5670e02b2c3d47g'], undefined],
  ['uuid.parse', ['f47ac10b-58cc-4372-a567'], undefined],
  [
    'uuid.parse',
    ['000003e8-48b9-21ee-b200-325096b39f47'],
    {
      clocksequence: 12800,
      domain: 'Person',
      id: 1000,
      macvariables: 'local:unicast',
      nodeid: '32-50-96-b3-9f-47',
      time: big('1693566990121469600'),
      variant: 'RFC4122',
      version: 2,
    },
  ],
  [
    'uuid.parse',
    ['000003e8-48b9-21ee-c201-325096b39f47'],
    {
      clocksequence: 513,
      domain: 'Group',
      id: 1000,
      macvariables: 'local:unicast',
      nodeid: '32-50-96-b3-9f-47',
      time: big('1693566990121469600'),
      variant: 'Microsoft',
      version: 2,
    },
  ],
  [
    'uuid.parse',
    ['000003e8-48b9-21ee-e202-335096b39f47'],
    {
      clocksequence: 8706,
      domain: 'Org',
      id: 1000,
      macvariables: 'local:multicast',
      nodeid: '33-50-96-b3-9f-47',
      time: big('1693566990121469600'),
      variant: 'Future',
      version: 2,
    },
  ],
  [
    'uuid.parse',
    ['000003e8-48b9-21ee-7203-315096b39f47'],
    {
      clocksequence: 12803,
      domain: 'Domain3',
      id: 1000,
      macvariables: 'global:multicast',
      nodeid: '31-50-96-b3-9f-47',
      time: big('1693566990121469600'),
      variant: 'Reserved',
      version: 2,
    },
  ],
  [
    'uuid.parse',
    ['ffffffff-ffff-1fff-ffff-ffffffffffff'],
    {
      clocksequence: 16383,
      macvariables: 'local:multicast',
      nodeid: 'ff-ff-ff-ff-ff-ff',
      time: big('-7607606781572612196'),
      variant: 'Future',
      version: 1,
    },
  ],
  [
    'uuid.parse',
    ['00000000-0000-1000-8000-000000000000'],
    {
      clocksequence: 0,
      macvariables: 'global:unicast',
      nodeid: '00-00-00-00-00-00',
      time: big('6227451273709551616'),
      variant: 'RFC4122',
      version: 1,
    },
  ],
  ['uuid.parse', ['018f6f3e-0000-7000-8000-000000000000'], { variant: 'RFC4122', version: 7 }],
  ['uuid.parse', [1], undefined, 'eval_type_error'],
]);

describe('chance', () => {
  const counting = () => {
    let next = 0;
    const random = () => {
      next += 0x9e3779b9;
      return next >>> 0;
    };
    return context({ random });
  };

  it('gives the same for equal operands, and else differs', () => {
    const within = counting();
    const first = callIn(within, 'uuid.rfc4122', 'a');
    expect(callIn(within, 'uuid.rfc4122', 'a')).toBe(first);
    expect(callIn(within, 'uuid.rfc4122', 'b')).not.toBe(first);
    const number = callIn(within, 'rand.intn', 'a', 1e9);
    expect(callIn(within, 'rand.intn', 'a', -1e9)).toBe(number);
    expect(callIn(within, 'rand.intn', 'b', 1e9)).not.toBe(number);
  });

  it('makes UUIDs of version 4', () => {
    const uuid = callIn(counting(), 'uuid.rfc4122', '');
    expect(uuid).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/u);
  });

  it('stays below the bound', () => {
    const within = counting();
    const drawn = Array.from({ length: 200 }, (_, i) => callIn(within, 'rand.intn', String(i), 5));
    expect(new Set(drawn)).toEqual(new Set([0, 1, 2, 3, 4]));
  });
});
