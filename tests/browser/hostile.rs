//! Students who would rather write the page themselves.

use crate::gradebook::record::{Record, ScenarioStatus};
use crate::sample::Make;
use crate::tab::Tab;

const MAKE: Make = Make { students: 6, exercises: 2, scenarios: 3, failing: 50, seed: 6 };
const ATTACKS: [&str; 6] = [
    "<img src=x onerror=\"window.owned=1\">",
    "</title></style></script><script>window.owned=2</script>",
    "\"><svg onload=window.owned=3>",
    "</pre></details><iframe src=\"javascript:parent.owned=4\"></iframe>",
    "<!--<style>*{display:none}</style>",
    "\u{202e}x\0\u{1b}[2J<a href=https://example.org/>x</a>",
];

/// Elements, and scripts and styles besides our own.
const FOREIGN: &str = "document.querySelectorAll('img, iframe, [onload], [onerror], [style], a[href^=http], \
                       script script, .student script').length \
                       + document.scripts.length - 3 + document.styleSheets.length - 1";

fn attack(class: &mut [Record]) {
    for (record, attack) in class.iter_mut().zip(ATTACKS) {
        let text = || attack.to_owned();
        let student = &mut record.student;
        (student.name, student.id, student.email) = (Some(text()), Some(text()), Some(text()));
        student.key = text();
        student.more = [(text(), text())].into();
        record.source = text();
        for exercise in &mut record.exercises {
            (exercise.title, exercise.message) = (text(), Some(text()));
            for scenario in &mut exercise.scenarios {
                (scenario.status, scenario.name) = (ScenarioStatus::Failed, text());
                (scenario.finding, scenario.summary, scenario.report) =
                    (Some(text()), Some(text()), Some(text()));
            }
        }
    }
}

#[test]
fn no_text_of_theirs_is_run_or_made_an_element() {
    let mut class = MAKE.class();
    attack(&mut class);
    let mut course = MAKE.course();
    course.title = ATTACKS[1].to_owned();
    let Some(mut tab) = Tab::of(&class, &course) else { return };
    let mut texts = tab.text("document.body.textContent");
    for student in 1..=MAKE.students {
        tab.click(&format!("#grid tbody tr:nth-child({student}) a"));
        tab.until("document.querySelector('.student')");
        assert_eq!(tab.eval("typeof window.owned"), "undefined");
        assert_eq!(tab.eval(FOREIGN), 0);
        texts += &tab.text("document.querySelector('.student').textContent");
        tab.press("Escape");
        tab.until("!document.querySelector('.student')");
    }
    assert_eq!(tab.eval(FOREIGN), 0);
    for attack in ATTACKS {
        let shown =
            attack.replace('\u{202e}', r"\u{202e}").replace('\0', r"\u{0}").replace('\u{1b}', r"\u{1b}");
        // In the grid's head and rows, and in each place of the student's own page.
        assert!(
            texts.matches(&shown).count() > 10,
            "{attack} is shown as it is: {}",
            texts.matches(&shown).count()
        );
    }
    assert_eq!(tab.complaints(), [""; 0]);
}

#[test]
fn a_hole_in_the_escaping_would_still_run_nothing() {
    let Some(mut tab) = Tab::of(&MAKE.class(), &MAKE.course()) else { return };
    tab.eval(
        "document.addEventListener('securitypolicyviolation', e => { window.refused = (window.refused ?? 0) + 1; })",
    );
    let sink = tab.eval(
        "(() => { try { document.body.innerHTML = '<p>'; return 'written' } catch (e) { return e.name } })()",
    );
    assert_eq!(sink, "TypeError");
    tab.eval("(() => { const s = document.createElement('p'); s.setAttribute('style', 'color:red'); document.body.append(s); \
              const i = new Image(); i.src = 'https://example.org/x.png'; document.body.append(i); })()");
    tab.until("window.refused >= 3");
}
