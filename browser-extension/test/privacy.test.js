import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Hiding } from '../src/privacy/hiding.js';
import { Pseudonyms, emailOf, nameOf, numberOf } from '../src/privacy/pseudonyms.js';
import { Commands } from '../src/bridge/commands.js';
import { Journal } from '../src/bridge/journal.js';
import { FakeClock, MemoryArea } from './fakes.js';

const SITE = { site: 'moodle.example.edu', url: 'https://moodle.example.edu', userId: 6 };

/** Pseudonyms of people with these names, and how a text looks with them hidden. */
function knowing(...names) {
  const people = new Pseudonyms([], Math.random);
  const known = names.map((name, index) => people.learn({ id: 10 + index, name }));
  return { people, known, hide: (text, nearby) => people.hide(text, nearby) };
}

describe('A pseudonym', () => {
  test('leads back to the person in names, addresses and numbers', () => {
    const people = new Pseudonyms([], Math.random);
    const zoe = people.learn({ id: 7, name: 'Zoë Ångström', email: 'zoe@example.edu' });
    assert.match(nameOf(zoe), /^Person [A-Z2-7]{6}$/);
    assert.equal(people.reveal(`Hi ${nameOf(zoe)}, at ${emailOf(zoe).toUpperCase()}!`), 'Hi Zoë Ångström, at zoe@example.edu!');
    assert.equal(people.revealNumber(numberOf(zoe)), 7);
    assert.deepEqual([people.reveal('Person QQQQQQ'), people.revealNumber(42)], ['Person QQQQQQ', 42]);
  });

  test('stays the same, and is nobody else\'s', () => {
    const people = new Pseudonyms([], Math.random);
    const all = Array.from({ length: 500 }, (_, id) => nameOf(people.learn({ id: id + 1, name: `N${id}` })));
    assert.equal(new Set(all).size, 500);
    const again = new Pseudonyms(people.all, Math.random);
    assert.equal(nameOf(again.learn({ id: 3, name: 'Renamed' })), all[2]);
    assert.equal(nameOf(again.learn({ name: 'N4' })), all[4]);
  });

  test('is drawn anew when its lot was drawn already', () => {
    const lots = [0.5, 0.5, 0.25];
    const people = new Pseudonyms([], () => lots.shift());
    assert.notEqual(nameOf(people.learn({ id: 1 })), nameOf(people.learn({ id: 2 })));
  });
});

describe('A name in a text', () => {
  for (const [name, text, expected] of [
    ['Ben Beispiel', 'Ask Ben Beispiel, or BEN  BEISPIEL\'s friend.', 'Ask X, or X\'s friend.'],
    ['Ben Beispiel', 'Beispiel, Ben and Beispiel Ben', 'X and X'],
    ['Ben Beispiel', 'Reuben Beispiel and Ben Beispielhaft and Ben Beispiel2',
      'Reuben Beispiel and Ben Beispielhaft and Ben Beispiel2'],
    ['Zoë Ünïcødé-名前', 'von Zoë Ünïcødé-名前さん', 'von Xさん'],
    ['Zoë Ångström', 'Zoe\u0308 A\u030angstro\u0308m', 'X'],
    ['D\'Arcy O’Söns "Q" & Co', 'by D’Arcy O\'Söns "Q" & Co.', 'by X.'],
    ['ליאור כהן', 'שלום לליאור כהן!', 'שלום לX!'],
    ['محمد العربي', 'كتبه محمد العربي.', 'كتبه X.'],
    ['山田太郎', 'これは山田太郎が書いた', 'これはXが書いた'],
    ['Al', 'Al and all also', 'Al and all also'],
    ['A.* (B)+', 'see A.* (B)+ and Axx', 'see A.* (B)+ and Axx'],
  ]) {
    test(`${name} in: ${text}`, () => {
      const { hide, known: [person] } = knowing(name);
      assert.equal(hide(text).replaceAll(nameOf(person), 'X'), expected);
    });
  }

  test('that was cut short is hidden too', () => {
    const { hide, known: [person] } = knowing('Ben Beispiel');
    assert.equal(hide('It was Ben Beisp'), `It was ${nameOf(person)}`);
    assert.equal(hide('It was Ben Beisp…'), `It was ${nameOf(person)}…`);
    assert.equal(hide('…n Beispiel said so'), `…${nameOf(person)} said so`);
    assert.equal(hide('The big Ben'), 'The big Ben');
  });

  test('is found by its parts only near the person, and not where two have the same', () => {
    const { hide, known: [ben, eva, tom] } = knowing('Ben Beispiel', 'Eva Muster', 'Tom Muster');
    assert.equal(hide('Hi Ben'), 'Hi Ben');
    assert.equal(hide('Hi Ben, will you? Benefit', [ben]), `Hi ${nameOf(ben)}, will you? Benefit`);
    assert.equal(hide('Dear Muster', [eva, tom]), 'Dear a person');
  });

  test('that is the own person\'s stays', () => {
    const people = new Pseudonyms([], Math.random);
    people.exempt({ id: 6, name: 'Sam Student', email: 'sam@example.edu' });
    const other = people.learn({ id: 7, name: 'Sam Miller' });
    assert.equal(people.learn({ id: 6, name: 'Sam Student' }), null);
    assert.equal(people.hide('Sam Student <sam@example.edu> and Sam', [other]), 'Sam Student <sam@example.edu> and Sam');
    assert.equal(people.hide('https://m/user/view.php?id=6&course=2'), 'https://m/user/view.php?id=6&course=2');
  });

  test('goes with addresses and links to people, known or not', () => {
    const { people, hide } = knowing('Ben Beispiel');
    const hidden = hide('[x](https://m/user/view.php?course=2&id=77) or a.b+c@uni.example.edu; course/view.php?id=5');
    assert.doesNotMatch(hidden, /77|uni\.example/);
    assert.match(hidden, /course\/view\.php\?id=5$/);
    const [, number] = /id=(\d{12,})/.exec(hidden);
    assert.equal(people.revealNumber(Number(number)), 77);
    assert.equal(people.reveal(hidden).includes('a.b+c@uni.example.edu'), true);
    assert.equal(hide(hidden), hidden, 'a pseudonym is not hidden again');
  });
});

describe('Hiding', () => {
  const RESULT = {
    site: SITE.site,
    people: [
      { id: 6, name: 'Sam Student', you: true, email: 'sam@example.edu' },
      { id: 7, name: 'Zoë Ångström', you: false, email: 'zoe@example.edu', groups: 'Team Zoë Ångström' },
    ],
    posts: [{ id: 1, author: { id: 7, name: 'Zoë Ångström', you: false }, text: 'Thanks, Ben Beispiel! Sam Student. Zoë' }],
    started_by: 'Ben Beispiel', total: 7, none: null, yes: true,
  };
  const newHiding = (chosen, managed = {}) => {
    const local = new MemoryArea(chosen ? { hidePeople: chosen } : {});
    return { local, hiding: new Hiding(local, new MemoryArea(managed), Math.random) };
  };

  test('is on for lists of people, and elsewhere when the person wants it', async () => {
    const { hiding } = newHiding();
    assert.deepEqual(await hiding.where(), { lists: true, rest: false, managed: false });
    assert.equal(await hiding.outgoing(SITE, RESULT, false), RESULT);
    const list = JSON.stringify(await hiding.outgoing(SITE, RESULT, true));
    assert.doesNotMatch(list, /Zoë|zoe|Ben/);
    await hiding.choose({ lists: false, rest: true });
    assert.equal(await hiding.outgoing(SITE, RESULT, true), RESULT);
    assert.doesNotMatch(JSON.stringify(await hiding.outgoing(SITE, RESULT, false)), /Zoë|zoe|Ben/);
  });

  test('is what an administrator wants at least', async () => {
    assert.deepEqual(await newHiding({ lists: false, rest: false }, { hidePeople: 'everywhere' }).hiding.where(), {
      lists: true, rest: true, managed: true,
    });
    assert.deepEqual(await newHiding({ lists: false, rest: true }, { hidePeople: 'lists' }).hiding.where(), {
      lists: true, rest: true, managed: true,
    });
  });

  test('keeps the form of a result, and everything that is not about others', async () => {
    const { hiding } = newHiding({ lists: true, rest: true });
    const hidden = await hiding.outgoing(SITE, RESULT, false);
    assert.deepEqual(hidden.people[0], RESULT.people[0]);
    const [, zoe] = hidden.people;
    assert.match(zoe.name, /^Person \w{6}$/);
    assert.equal(zoe.email, `${zoe.name.slice(7).toLowerCase()}@person.invalid`);
    assert.equal(zoe.groups, `Team ${zoe.name}`);
    assert.deepEqual(hidden.posts[0].author, { id: zoe.id, name: zoe.name, you: false });
    assert.equal(hidden.posts[0].text, `Thanks, ${hidden.started_by}! Sam Student. ${zoe.name}`);
    assert.deepEqual([hidden.total, hidden.none, hidden.yes, hidden.posts[0].id], [7, null, true, 1]);
  });

  test('finds its way back in arguments, after a restart too, on that site alone', async () => {
    const { hiding, local } = newHiding({ lists: true, rest: true });
    const { people: [, zoe] } = await hiding.outgoing(SITE, RESULT, false);
    const fresh = new Hiding(local, new MemoryArea(), Math.random);
    const args = { user_id: zoe.id, message: `Hi ${zoe.name} <${zoe.email}>`, more: { list: [zoe.name, 3] } };
    assert.deepEqual(await fresh.incoming(SITE, args), {
      user_id: 7, message: 'Hi Zoë Ångström <zoe@example.edu>', more: { list: ['Zoë Ångström', 3] },
    });
    assert.deepEqual(await fresh.incoming({ ...SITE, site: 'other.example' }, args), args);
    await fresh.forget(SITE.site);
    assert.deepEqual(await fresh.incoming(SITE, args), args);
  });

  test('knows in the text of a file whom it met in a list', async () => {
    const { hiding } = newHiding({ lists: true, rest: true });
    await hiding.outgoing(SITE, { people: RESULT.people }, true);
    const file = await hiding.outgoing(SITE, { pages: [{ page: 1, text: 'Group 3: Zoë Ångström (zoe@example.edu)' }] }, false);
    assert.match(file.pages[0].text, /^Group 3: Person \w{6} \(\w{6}@person\.invalid\)$/);
  });

  test('of many results at once forgets nobody', async () => {
    const { hiding, local } = newHiding({ lists: true, rest: true });
    await Promise.all(Array.from({ length: 20 }, (_, id) => hiding.outgoing(SITE, {
      people: [{ id: 100 + id, name: `Name Number${id}`, you: false }],
    }, true)));
    assert.equal((await local.get(`people:${SITE.site}`)).people.length, 20);
  });
});

describe('A command', () => {
  test('acts on the people that its pseudonyms stand for, and tells of them by pseudonyms', async () => {
    const local = new MemoryArea();
    const seen = [];
    const operation = (name, more) => [name, {
      name, sideEffect: 'read', on: 'one', ...more,
      run: async (args) => {
        seen.push(args);
        return { people: [{ id: 7, name: 'Zoë Ångström', you: false }], echo: args.find ?? null };
      },
    }];
    const commands = new Commands({
      operations: new Map([operation('list', { listsPeople: true }), operation('other')]),
      sites: async () => [SITE],
      tools: {},
      clock: new FakeClock(),
      journal: new Journal(local, async () => 'x'),
      people: new Hiding(local, new MemoryArea(), Math.random),
    });
    const call = async (tool, args) => {
      let reply;
      await commands.run({ id: String(seen.length), tool, arguments: args, remainingMs: 1_000, sideEffect: 'read' }, {
        reply: (frame) => { reply = frame; },
      });
      return reply.result;
    };
    const [zoe] = (await call('list', {})).people;
    assert.match(zoe.name, /^Person /);
    const again = await call('list', { find: zoe.name, user_id: zoe.id });
    assert.deepEqual(seen[1], { find: 'Zoë Ångström', user_id: 7 });
    assert.deepEqual([again.people, again.echo], [[zoe], zoe.name]);
    assert.equal((await call('other', {})).people[0].name, 'Zoë Ångström', 'only lists are hidden unless asked for');
  });

  test('that fails with a text of others tells nothing of it', async () => {
    const commands = new Commands({
      operations: new Map([['bad', { name: 'bad', sideEffect: 'read', on: 'one',
        run: async () => { throw new Error('Zoë Ångström'); } }]]),
      sites: async () => [SITE], tools: {}, clock: new FakeClock(), journal: new Journal(new MemoryArea(), async () => 'x'),
      people: new Hiding(new MemoryArea(), new MemoryArea(), Math.random),
    });
    let reply;
    await commands.run({ id: '1', tool: 'bad', arguments: {}, remainingMs: 1_000, sideEffect: 'read' }, {
      reply: (frame) => { reply = frame; },
    });
    assert.doesNotMatch(JSON.stringify(reply), /Zoë/);
  });
});
