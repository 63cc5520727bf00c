
// Before anything is shown: that scripts run, and that a link to a student does not show the class first.
document.documentElement.classList.add('js');
document.documentElement.classList.toggle('one', location.hash.startsWith('#student-'));
