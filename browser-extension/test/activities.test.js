import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { ROOT, runOperation } from './operation-world.js';

/** A course with one activity of each type given. */
function stateOf(...cms) {
  return () => JSON.stringify({
    course: {},
    section: [{ id: '1', number: 0, title: 'Week 1', cmlist: cms.map(({ id }) => String(id)) }],
    cm: cms.map(({ id, module, ...more }) => ({
      id: String(id), name: `${module} &amp; ${id}`, module, uservisible: true, sectionid: '1',
      url: `${ROOT}/mod/${module}/view.php?id=${id}`, ...more,
    })),
  });
}

const page = (type, id, main, intro = '') => ({
  [type.includes('/') ? type : `/mod/${type}/view.php`]: () => ({
    classes: `course-2 cmid-${id}`, main: `<h1>Title</h1>${intro}<div role="main">${main}</div>`,
  }),
});

/** Reads the activity 5 of a type whose page has this main part. */
async function read(type, main, { args = {}, intro, path = type, ...more } = {}) {
  const { result, moodle } = await runOperation('read_activity', { course_id: 2, activity_id: 5, ...args }, {
    functions: { core_courseformat_get_state: stateOf({ id: 5, module: type }), ...more.functions },
    pages: { ...page(path, 5, main, intro), ...more.pages },
  });
  return { result, asked: moodle.requests.slice(2).map(({ url }) => url.pathname.replace('/moodle', '') + url.search) };
}

describe('read_activity', () => {
  test('tells title and description apart where they stand in the same part of the page', async () => {
    const { result } = await read('page', '<h1>Title</h1><div id="intro">About</div><h1>Own</h1><p>Text</p>');
    assert.deepEqual([result.description, result.parts[0].text], ['About', '# Own\n\nText']);
  });

  test('gives a page as Markdown, without what Moodle puts around it', async () => {
    const { result, asked } = await read('page', `<p>Hi <b>all</b></p><script>alert(1)</script>
      <div class="modified">Last modified: today</div><div class="activity-navigation">Next</div>`, {
      intro: '<div id="intro"><p>About</p></div>'
        + '<div data-region="activity-dates"><div><strong>Opened:</strong> Monday</div></div>',
    });
    assert.deepEqual(result, {
      site: 'moodle.example.edu/moodle', course_id: 2, opened: true,
      activity: {
        id: 5, name: 'page & 5', type: 'page', section: 'Week 1', available: true, completion: 'not_tracked',
        url: `${ROOT}/mod/page/view.php?id=5`,
      },
      description: 'About', dates_in_moodles_words: ['Opened: Monday'],
      parts: [{ part: 1, text: 'Hi **all**' }], coverage: { returned: 1, total: 1, more: false },
    });
    assert.deepEqual(asked, ['/mod/page/view.php?id=5']);
  });

  test('gives a book chapter by chapter, and all of it in the end', async () => {
    const long = 'word '.repeat(3_000);
    const chapters = [1, 2, 3].map((n) => `<div class="book_chapter"><h2>${n}. Chapter</h2><p>${n} ${long}</p></div>`).join('');
    const seen = [];
    let next = {};
    while (next) {
      const { result } = await read('book', chapters, { path: '/mod/book/tool/print/index.php', args: next, pages: {
        '/mod/book/tool/print/index.php': () => ({
          bodyId: 'page-mod-book-print', classes: 'course-2 cmid-5', main: `<div role="main">${chapters}</div>`,
        }),
      } });
      assert.ok(JSON.stringify(result).length < 20_000);
      if (seen.length === 0) assert.deepEqual(result.contents, ['1. Chapter', '2. Chapter', '3. Chapter']);
      seen.push(...result.parts);
      next = result.next;
    }
    const text = (part) => seen.filter((piece) => piece.part === part).map((piece) => piece.text).join('');
    for (const part of [1, 2, 3]) assert.equal(text(part), `${part} ${long}`.trim());
  });

  test('finds the chapters with some words', async () => {
    const chapter = (title, text) => `<div class="book_chapter"><h2>${title}</h2><p>${text}</p></div>`;
    const main = chapter('One', 'apples') + chapter('Two', 'Pears and ÄPPLES') + chapter('Three', 'Pears');
    const { result } = await read('book', main, { args: { find: 'apples' }, pages: {
      '/mod/book/tool/print/index.php': () => ({
        bodyId: 'page-mod-book-print', classes: 'course-2 cmid-5', main: `<div role="main">${main}</div>`,
      }),
    } });
    assert.deepEqual(result.matches.map(({ part, title }) => [part, title]), [[1, 'One'], [2, 'Two']]);
    assert.deepEqual(result.coverage, { returned: 2, total: 2, more: false });
  });

  test('goes through the pages of a glossary as far as it needs to', async () => {
    const entry = (n) => `<table class="glossarypost"><tr><td class="entry"><div class="concept"><h4>Term ${n}</h4></div>
      <div>Meaning ${n} ${'x'.repeat(1_000)}</div></td></tr><tr><td class="entrylowersection">icons</td></tr></table>`;
    const glossary = (query) => {
      const shown = Number(query.get('page'));
      const links = [0, 1, 2].filter((n) => n !== shown).map((n) => `<a href="view.php?id=5&page=${n}">${n + 1}</a>`).join('');
      const entries = Array.from({ length: 10 }, (_, n) => entry(shown * 10 + n + 1)).join('');
      return { classes: 'course-2 cmid-5', main: `<div role="main"><div class="paging">${links}</div>${entries}</div>` };
    };
    const look = (args) => read('glossary', '', { args, pages: { '/mod/glossary/view.php': glossary } });
    const terms = [];
    let next = {};
    while (next) {
      const { result } = await look(next);
      terms.push(...result.parts.map(({ title, text }) => `${title}=${text.slice(0, 10).trim()}`));
      next = result.next;
    }
    assert.deepEqual(terms, Array.from({ length: 30 }, (_, n) => `Term ${n + 1}=${`Meaning ${n + 1}`.slice(0, 10)}`));
    const { result, asked } = await look({ find: 'term 27' });
    assert.deepEqual(result.matches.map(({ part }) => part), [27]);
    assert.equal(asked.length, 3);
  });

  test('reads a wiki, names the pages it links to, and refuses a page of another', async () => {
    const main = `<div class="wiki_headingtitle"><h3>Start</h3></div>
      <p>See <a href="${ROOT}/mod/wiki/view.php?pageid=7">Next</a></p>`;
    const { result } = await read('wiki', main);
    assert.deepEqual([result.parts[0].title, result.links_to], ['Start', [{ wiki_page: 7, title: 'Next' }]]);
    const other = { '/mod/wiki/view.php': () => ({ classes: 'course-2 cmid-6', main: `<div role="main">${main}</div>` }) };
    await assert.rejects(read('wiki', main, { args: { wiki_page: 9 }, pages: other }), { reason: 'not_found' });
    await assert.rejects(read('page', '', { args: { wiki_page: 9 } }), { reason: 'invalid_arguments', detail: 'wiki_page' });
  });

  test('tells where a link leads, and never where a script would', async () => {
    const link = async (html) => (await read('url', html)).result.link;
    assert.equal(await link('<div class="urlworkaround"><a href="https://a.example/?x=1&amp;y=2">Go</a></div>'),
      'https://a.example/?x=1&y=2');
    assert.equal(await link('<iframe id="resourceobject" src="https://b.example/"></iframe>'), 'https://b.example/');
    assert.equal(await link('<div class="urlworkaround"><a href="javascript:alert(1)">Go</a></div>'), null);
  });

  test('tells the options of a choice and the own answer', async () => {
    const option = (text, more) => `<li class="option"><input type="radio" name="answer" ${more}><label>${text}</label></li>`;
    const form = (...options) => `<form><ul class="choices">${options.join('')}</ul><input type="submit" value="Save"></form>`;
    const { result } = await read('choice', form(option('Mon', ''), option('Tue', 'checked="1"'), option('Wed (Full)',
      'disabled')));
    assert.deepEqual(result.options, [
      { text: 'Mon', chosen: false, full: false }, { text: 'Tue', chosen: true, full: false },
      { text: 'Wed (Full)', chosen: false, full: true },
    ]);
    assert.deepEqual([result.own_answer, result.can_be_answered_now], [['Tue'], true]);
    const closed = await read('choice', '<div id="yourselection">Your selection: Mon</div><p>Closed</p>');
    assert.deepEqual(
      [closed.result.own_answer, closed.result.can_be_answered_now, closed.result.shown_besides], ['Your selection: Mon', false,
        'Closed'],
    );
  });

  test('says what a survey is about, and whether it is open', async () => {
    const { result } = await read('feedback', `<p>How was it?</p><div class="tertiary-navigation">
      <a href="${ROOT}/mod/feedback/complete.php?id=5">Answer</a></div>`);
    assert.deepEqual([result.parts[0].text, result.can_be_answered_now], ['How was it?', true]);
  });

  test('names the files of a folder', async () => {
    const { result } = await read('folder', `<a href="${ROOT}/pluginfile.php/9/mod_folder/content/0/a%20b.pdf">x</a>`);
    assert.deepEqual(result.files, [{ name: 'a b.pdf', file: 'folder-5/content/a b.pdf' }]);
  });

  const ITEM = `<li data-for="cmitem" data-id="5"><div class="activity-altcontent"><p>Read <b>me</b></p></div>
    <div data-region="activity-dates"><div><strong>Due:</strong> Friday</div></div>
    <div data-region="availabilityinfo">Not available unless: you are 18</div>
    <div data-region="completionrequirements"><div role="listitem">View</div></div></li>`;

  for (const [type, expected] of [
    ['lesson', { note: 'This kind of activity is only described. The person opens it in the browser.' }],
    ['scorm', { note: 'This kind of activity is only described. The person opens it in the browser.' }],
    ['h5pactivity', { note: 'This kind of activity is only described. The person opens it in the browser.' }],
    ['assign', { read_with: 'get_assignment' }],
    ['quiz', { read_with: 'get_quiz' }],
    ['resource', { read_with: 'read_file', file: 'resource-5' }],
  ]) {
    test(`describes a ${type} without opening it`, async () => {
      const { result, asked } = await read(type, '', { functions: { core_get_fragment: () => ({ html: ITEM }) } });
      assert.deepEqual(asked.map((path) => path.split('?')[0]), ['/lib/ajax/service.php']);
      const { site: _, course_id: __, activity: ___, ...rest } = result;
      assert.deepEqual(rest, {
        opened: false, description: 'Read **me**', dates_in_moodles_words: ['Due: Friday'],
        restrictions_in_moodles_words: ['Not available unless: you are 18'], to_complete_in_moodles_words: ['View'], ...expected,
      });
    });
  }

  test('gives the text of a label from the course page', async () => {
    const { result } = await read('label', '', { functions: { core_get_fragment: () => ({ html: ITEM }) } });
    assert.deepEqual([result.text, result.opened], ['Read **me**', false]);
  });

  test('tells why an activity is locked, and does not open it', async () => {
    const calls = [];
    const { result, asked } = await read('page', 'secret', {
      functions: {
        core_courseformat_get_state: stateOf({ id: 5, module: 'page', uservisible: false }),
        core_get_fragment: (args) => {
          calls.push(args);
          return { html: ITEM };
        },
      },
    });
    assert.deepEqual(result.restrictions_in_moodles_words, ['Not available unless: you are 18']);
    assert.deepEqual([calls[0].callback, calls[0].args[0].value], ['section', '1']);
    assert.equal(asked.some((path) => path.includes('/mod/')), false);
  });

  test('an activity of another course is not found', async () => {
    await assert.rejects(runOperation('read_activity', { course_id: 2, activity_id: 9 }, {
      functions: { core_courseformat_get_state: stateOf({ id: 5, module: 'page' }) },
    }), { reason: 'not_found' });
  });
});
