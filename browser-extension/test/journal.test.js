import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Journal } from '../src/bridge/journal.js';
import { MemoryArea } from './fakes.js';

const HERE = async () => 'https://here.example';
const ELSEWHERE = async () => 'https://elsewhere.example';

describe('Journal', () => {
  test('keeps ids and outcomes, for whoever opens it later', async () => {
    const area = new MemoryArea();
    const journal = new Journal(area, HERE);
    for (const command of ['a', 'b', 'c']) assert.equal(await journal.begin(command), true);
    await journal.end('a', 'done');
    await journal.end('c', 'refused');
    assert.deepEqual(await new Journal(area, HERE).entries(), [
      { command: 'a', outcome: 'done' }, { command: 'b', outcome: 'claimed' }, { command: 'c', outcome: 'refused' },
    ]);
  });

  test('lets each id begin once, also when it is asked twice at the same time', async () => {
    const journal = new Journal(new MemoryArea(), HERE);
    assert.deepEqual(await Promise.all([journal.begin('a'), journal.begin('b'), journal.begin('a')]), [true, true, false]);
    await journal.end('a', 'done');
    assert.equal(await journal.begin('a'), false);
  });

  test('keeps the last hundred', async () => {
    const journal = new Journal(new MemoryArea(), HERE);
    await Promise.all(Array.from({ length: 103 }, (_, i) => journal.begin(`c${i}`)));
    const entries = await journal.entries();
    assert.deepEqual([entries.length, entries[0].command, entries.at(-1).command], [100, 'c3', 'c102']);
    await journal.end('c0', 'done');
    assert.equal((await journal.entries()).length, 100);
  });

  test('tells each service of its own writes, and still knows them after a stay with another', async () => {
    const area = new MemoryArea();
    const here = new Journal(area, HERE);
    const elsewhere = new Journal(area, ELSEWHERE);
    await here.begin('a');
    await Promise.all(Array.from({ length: 100 }, (_, i) => elsewhere.begin(`c${i}`)));
    await elsewhere.end('a', 'done');
    assert.deepEqual(await here.entries(), [{ command: 'a', outcome: 'done' }]);
    assert.equal((await elsewhere.entries()).length, 100);
    assert.equal(await elsewhere.begin('a'), false);
  });

  test('reads an outcome it does not know as one that leaves the end open', async () => {
    const service = await HERE();
    const area = new MemoryArea({ journal: [{ command: 'a', outcome: 'perhaps', service }, { command: 'b', service }] });
    assert.deepEqual((await new Journal(area, HERE).entries()).map(({ outcome }) => outcome), ['claimed', 'claimed']);
  });

  test('goes on after a write to the disk that failed, and reads what is no journal as none', async () => {
    const area = new MemoryArea({ journal: 'broken' });
    const journal = new Journal(area, HERE);
    assert.deepEqual(await journal.entries(), []);
    const { set } = area;
    area.set = async () => { throw new Error('The disk is full.'); };
    await assert.rejects(journal.begin('a'), /full/);
    area.set = set;
    assert.equal(await journal.begin('a'), true);
  });
});
