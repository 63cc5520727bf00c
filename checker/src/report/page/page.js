
// Shows the class or one student, sorts and filters the grid. What is on the page is only ever moved about
// as nodes and text, never as markup.
(() => {
  'use strict';
  const root = document.documentElement;
  const overview = document.title;
  let shown = null;
  let link = null;
  let left = 0;
  let sorted = null;

  const rows = () => [...document.querySelectorAll('#grid tbody tr')];
  const linkOf = row => row.cells[0].querySelector('a');

  const show = () => {
    const at = location.hash.slice(1);
    // A dot begins what stands in a student's page.
    const student = at.startsWith('student-') ? students.page(at.split('.')[0]) : null;
    if (student) showStudent(student, at);
    else showClass(at && document.getElementById(at));
  };

  const showStudent = (student, at) => {
    if (shown) shown.remove();
    else left = scrollY;
    shown = student;
    link = rows().map(linkOf).find(link => link.hash === '#' + student.id) || null;
    steer(student);
    document.getElementById('main').append(student);
    root.classList.add('one');
    const heading = student.querySelector('h2');
    document.title = heading.textContent + ' · ' + overview;
    const part = document.getElementById(at);
    const to = part && part !== student ? part : heading;
    if (to === heading) scrollTo(0, 0);
    else to.scrollIntoView();
    to.focus({ preventScroll: true });
  };

  const showClass = at => {
    if (!shown) {
      root.classList.remove('one');
      return;
    }
    shown.remove();
    shown = null;
    root.classList.remove('one');
    document.title = overview;
    if (at && at.id !== 'class') {
      at.scrollIntoView();
      at.focus({ preventScroll: true });
      return;
    }
    scrollTo(0, left);
    if (link) link.focus({ preventScroll: true });
  };

  // Links to the students before and after, in the order and choice of the grid.
  const steer = student => {
    const nav = student.querySelector('nav');
    const links = rows().filter(row => !row.hidden).map(linkOf);
    const at = links.findIndex(link => link.hash === '#' + student.id);
    if (at < 0) return;
    for (const [word, there] of [['Previous: ', links[at - 1]], ['Next: ', links[at + 1]]]) {
      if (!there) continue;
      const beside = document.createElement('a');
      beside.className = 'beside';
      beside.href = there.hash;
      beside.append(word, there.querySelector('bdi').cloneNode(true));
      nav.append(beside);
    }
  };

  const tell = () => {
    const all = rows();
    const count = all.filter(row => !row.hidden).length;
    const order = sorted ? ', ' + sorted : '';
    document.getElementById('told').textContent = `${count} of ${all.length} shown${order}`;
  };

  const filter = box => {
    const wanted = box.value.trim().toLowerCase();
    for (const row of rows()) row.hidden = wanted !== '' && !row.textContent.toLowerCase().includes(wanted);
    tell();
  };

  const collator = new Intl.Collator(undefined, { numeric: true });

  // What has no value comes last, whichever way.
  const compare = (column, way) => (one, other) => {
    if (column === 0) return way * collator.compare(linkOf(one).textContent, linkOf(other).textContent);
    const [a, b] = [one, other].map(row => row.cells[column].dataset.v);
    if (a === undefined || b === undefined) return (a === undefined) - (b === undefined);
    return way * (a - b);
  };

  const sort = (header, button) => {
    // A name is first wanted from A, points and times from the most.
    const first = header.cellIndex === 0 ? 'ascending' : 'descending';
    const other = header.cellIndex === 0 ? 'descending' : 'ascending';
    const order = header.getAttribute('aria-sort') === first ? other : first;
    for (const each of header.parentElement.cells) each.removeAttribute('aria-sort');
    header.setAttribute('aria-sort', order);
    const way = order === 'ascending' ? 1 : -1;
    document.querySelector('#grid tbody').append(...rows().sort(compare(header.cellIndex, way)));
    sorted = `by ${button.textContent}, ${order}`;
    tell();
  };

  for (const header of document.querySelectorAll('#grid thead th')) {
    const button = document.createElement('button');
    button.type = 'button';
    button.append(...header.childNodes);
    button.addEventListener('click', () => sort(header, button));
    header.append(button);
  }
  const box = document.getElementById('filter');
  box.addEventListener('input', () => filter(box));
  tell();
  // For the mouse: a cell leads to its exercise. The keyboard has the name's link and the headings.
  document.querySelector('#grid tbody').addEventListener('click', event => {
    const cell = event.target.closest('td');
    if (!cell) return;
    const anchor = linkOf(cell.parentElement).hash.slice(1);
    // Where there is no such exercise, the student's heading is shown.
    location.hash = `${anchor}.${cell.cellIndex - 1}`;
  });
  document.addEventListener('keydown', event => {
    if (event.key === 'Escape' && shown) location.hash = 'class';
  });
  // The students' data is behind this script.
  document.addEventListener('DOMContentLoaded', () => {
    // A browser may have kept the box's text over a reload.
    filter(box);
    addEventListener('hashchange', show);
    show();
  });
})();
