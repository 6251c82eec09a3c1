// A compound that the demo city does not have, as its property manager lists it, and how its owners vote: most of
// them small flats and for the first item, the few large ones against it.

import { HEADINGS, idNumber } from './registry';
import { workbook } from './xlsx.mjs';

export const NAME = '祥云新苑';

/** The areas that an operator enters before lists can come: the compound, two buildings, their units. */
export const AREAS = [
  'area,name,code',
  `3410.03.100.004.g01.c02,${NAME},`,
  ...['1', '2'].flatMap((n) => [
    `3410.03.100.004.g01.c02.b0${n},${n}幢,`,
    `3410.03.100.004.g01.c02.b0${n}.u1,1单元,`,
  ]),
].join('\n');

const DEVELOPER = { name: '祥云置业有限公司', code: '91350100M000100Y43' };

/** A dwelling: building, door, area in 0.01 m², use (a home if not said), and whether its developer has handed it over. */
type Home = { building: 1 | 2; door: string; area: number; use?: string; undelivered?: true };

/** How a head's ballot comes. */
export type Way = 'phone' | 'proxy' | 'paper' | 'none';

/** Owners who have one vote together. The first of them casts it. */
export type Head = { owners: string[]; homes: Home[]; way: Way; says: '赞成' | '反对' | '' };

const home = (building: 1 | 2, door: string, area: number, more: Partial<Home> = {}): Home => ({ building, door, area, ...more });
const head = (owners: string[], homes: Home[], way: Way, says: Head['says']): Head => ({ owners, homes, way, says });

/** The roll, as it should be. The list has one area wrong: see [`MISTAKEN`]. */
export const HEADS = [
  head(['祝一帆'], [home(1, '101', 6850)], 'phone', '赞成'),
  head(['祝二宁'], [home(1, '102', 7230)], 'phone', '赞成'),
  head(['祝三省'], [home(1, '201', 7010), home(1, '202', 4500)], 'phone', '赞成'),
  head(['祝四维', '柏四美'], [home(1, '301', 8860)], 'phone', '赞成'),
  head(['祝五常'], [home(1, '302', 8220)], 'proxy', '赞成'),
  head(['祝六和'], [home(1, '401', 6600)], 'paper', '赞成'),
  head(['祝七弦'], [home(1, '402', 6900)], 'none', ''),
  head(['祝八方'], [home(2, '101', 32000, { use: '商铺' })], 'phone', '反对'),
  head(['祝九畴'], [home(2, '102', 18000)], 'phone', '反对'),
  head(['祝十全'], [home(2, '201', 17500)], 'proxy', '反对'),
  head(['祝百川'], [home(2, '202', 19000)], 'paper', '反对'),
  // What is not sold, and what is sold and not handed over, is one head of the developer's (法释〔2009〕7号 art. 9).
  head([DEVELOPER.name], [home(2, '301', 26000), home(2, '302', 21000, { undelivered: true })], 'paper', '反对'),
  head(['祝千里'], [home(2, '401', 15000)], 'none', ''),
  head(['祝万象'], [home(2, '402', 16000)], 'none', ''),
];

/** Who has bought what the developer has not handed over. */
const BUYER = '祝未交';
/** Whose area the list has wrong, and how, in 0.01 m². */
export const MISTAKEN = { head: HEADS[4], area: 7520 };

const PEOPLE = [...HEADS.flatMap((head) => head.owners).filter((name) => name !== DEVELOPER.name), BUYER];
const number = (name: string) => (name === DEVELOPER.name ? DEVELOPER.code : idNumber(20 + PEOPLE.indexOf(name)));

/** The phone of one of them. */
export const phoneOf = (name: string) => `139555030${String(PEOPLE.indexOf(name)).padStart(2, '0')}`;
/** A dwelling's address, as the registry writes it. */
export const address = ({ building, door }: Home) => `${NAME}${building}幢1单元${door}`;
/** What a head's dwellings measure together, in 0.01 m². */
export const areaOf = (head: Head) => head.homes.reduce((sum, home) => sum + home.area, 0);

const where = ({ building, door }: Home) => [NAME, `${building}幢`, '1单元', door];
const metres = (area: number) => (area / 100).toFixed(2);

/** Parking places, which nobody owns yet: they stand on no roll. */
const PARKING = ['P1', 'P2', 'P3', 'P4', 'P5'].map((door): Home => home(2, door, 1250, { use: '车位' }));

const dwelling = (home: Home) => {
  const area = home === MISTAKEN.head.homes[0] ? MISTAKEN.area : home.area;
  const built = HEADS.some((head) => head.owners[0] === DEVELOPER.name && head.homes.includes(home));
  const developer = built ? [DEVELOPER.name, DEVELOPER.code, home.undelivered ? '否' : '是'] : [];
  return [...where(home), metres(area), home.use ?? '住宅', ...developer];
};
const resident = (name: string) => {
  const home = HEADS.find((head) => head.owners.includes(name))?.homes[0] ?? HEADS[11].homes[1];
  return [name, number(name), '', phoneOf(name), ...where(home)];
};
const shares = (head: Head) =>
  head.homes.flatMap((home) => {
    const owners = home.undelivered ? [BUYER] : head.owners;
    return owners.map((name) => [...where(home), name, number(name), owners.length === 1 ? '1' : `1/${owners.length}`]);
  });

const HOMES = HEADS.flatMap((head) => head.homes);
const CHILD = ['祝小满', '', '2015-03-01', '', ...where(HOMES[0])];

/** The list as it should be, headings first. */
export const SHEETS = {
  房屋: [HEADINGS.房屋, ...[...HOMES, ...PARKING].map(dwelling)],
  居民: [HEADINGS.居民, ...PEOPLE.map(resident), CHILD],
  产权: [HEADINGS.产权, ...HEADS.flatMap(shares)],
};
type Sheet = keyof typeof SHEETS;

/** A cell that is wrong: row as spreadsheets number them, the heading above it, what stands there, why it is refused. */
type Fault = { sheet: Sheet; row: number; column: string; text: string; reason: string };

const parking = (n: number) => 1 + HOMES.length + n;
const of = (name: string) => 2 + PEOPLE.indexOf(name);

/** Ten faults, each in a row of its own. */
export const FAULTS: Fault[] = [
  { sheet: '房屋', row: parking(2), column: '房号', text: 'P1', reason: `与第 ${parking(1)} 行重复` },
  { sheet: '房屋', row: parking(3), column: '面积', text: '12.505', reason: '格式不对' },
  { sheet: '房屋', row: parking(4), column: '幢', text: '9幢', reason: '登记中没有' },
  { sheet: '房屋', row: parking(5), column: '用途', text: '城堡', reason: '登记中没有' },
  { sheet: '居民', row: of('祝二宁'), column: '手机', text: '1395550', reason: '格式不对' },
  { sheet: '居民', row: of('祝三省'), column: '证件号码', text: number('祝一帆'), reason: `与第 ${of('祝一帆')} 行重复` },
  { sheet: '居民', row: of('祝六和'), column: '证件号码', text: '110105194912310021', reason: '校验码或日期不对' },
  { sheet: '居民', row: of('祝百川'), column: '姓名', text: '', reason: '缺少内容' },
  { sheet: '居民', row: 2 + PEOPLE.length, column: '出生日期', text: '2023-02-29', reason: '校验码或日期不对' },
  { sheet: '产权', row: 2, column: '份额', text: '2/3', reason: '同一房屋的份额合计不为 1' },
];

/** The list as a workbook, with these faults in it. */
export function list(faults: Fault[]): Buffer {
  const sheets = structuredClone(SHEETS) as Record<Sheet, string[][]>;
  for (const { sheet, row, column, text } of faults) sheets[sheet][row - 1][sheets[sheet][0].indexOf(column)] = text;
  return workbook(sheets);
}

/** Heads and area (0.01 m²) of some of the roll. */
export function sum(heads: Head[]) {
  return { heads: heads.length, area: heads.reduce((sum, head) => sum + areaOf(head), 0) };
}
