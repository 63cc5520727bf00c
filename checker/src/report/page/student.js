// Makes a student's page out of the data in this file. What stands there becomes text, and never markup:
// every element and every attribute is named here.
const students = (() => {
  'use strict';
  let known = null;
  // Read when the first student is opened, and not before.
  const data = () => {
    known = known || JSON.parse(document.getElementById('data').textContent);
    return known;
  };

  const make = (tag, attributes, ...children) => {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    made.append(...children);
    return made;
  };

  // With a space before it, or nothing where there is nothing to say.
  const said = (tag, text) => text ? [' ', make(tag, {}, text)] : [];

  const name = text => make('bdi', {}, text);

  // A text of many lines; it can be reached by key, as it may be wider than the screen.
  const lines = numbers =>
    make('pre', { tabindex: 0 }, numbers.map(number => data().lines[number]).join('\n'));

  const box = (mark, head, numbers) =>
    make('details', { class: mark.class, open: '' }, make('summary', {}, ...head), lines(numbers));

  const scenario = one => {
    const points = one.points ? `, ${one.points[0]} of ${one.points[1]}` : '';
    const head = [`${one.number} `, make('b', {}, data().lines[one.name]), ` ${one.mark.word}${points}`,
      ...(one.flags || []).flatMap(flag => said('em', flag))];
    if (one.found !== undefined) head.push(` · ${data().lines[one.found]}`);
    return one.report ? box(one.mark, head, one.report) : make('p', { class: one.mark.class }, ...head);
  };

  const exercise = (one, column, id) => {
    const [title, about] = data().exercises[column];
    const head = make('h3', { id, tabindex: -1 }, title, ...said('small', about), ' ',
      make('span', { class: one.mark.class }, one.mark.word));
    if (one.points) head.append(...said('b', String(one.points[0])), ` of ${one.points[1]}`);
    const made = [head];
    if (one.why) made.push(box(one.mark, ['Why'], one.why));
    made.push(...(one.scenarios || []).map(scenario));
    if (one.passed) {
      const passed = one.passed.map(number => data().lines[number]).join(' · ');
      made.push(make('p', { class: 'fine' }, `✓ passed: ${passed}`));
    }
    return made;
  };

  // A button that closes and opens every text, where there are several.
  const allOrNone = boxes => {
    const button = make('button', { type: 'button', class: 'all-or-none' }, 'Close all');
    button.addEventListener('click', () => {
      const open = button.textContent === 'Open all';
      for (const box of boxes) box.open = open;
      button.textContent = open ? 'Close all' : 'Open all';
    });
    return button;
  };

  // The student's section, not yet on the page; null of nobody.
  const page = anchor => {
    if (!Object.hasOwn(data().students, anchor)) return null;
    const student = data().students[anchor];
    const { points, of, less, flaw } = student.total;
    const section = make('section', { class: 'student', id: anchor, 'aria-labelledby': `${anchor}.0` },
      make('nav', { 'aria-label': 'Students' }, make('a', { class: 'back', href: '#class' }, 'Back to the class')),
      make('h2', { id: `${anchor}.0`, tabindex: -1 }, name(student.name)),
      make('p', { class: 'total' }, ...said('b', points), ` ${of}`, ...said('small', less), ...said('em', flaw)),
      make('dl', {}, ...student.facts.map(([label, value]) =>
        make('div', {}, make('dt', {}, label), make('dd', {}, name(value))))));
    if (student.trouble) {
      const [kind, message] = student.trouble;
      section.append(make('p', { class: 'trouble' }, make('em', {}, 'not taken'), ...said('code', kind), ` ${message}`));
    }
    const exercises = student.exercises.flatMap((one, column) =>
      one ? exercise(one, column, `${anchor}.${column + 1}`) : []);
    const boxes = exercises.filter(one => one.localName === 'details');
    if (boxes.length > 1) section.append(allOrNone(boxes));
    section.append(...exercises);
    return section;
  };

  return { page };
})();

