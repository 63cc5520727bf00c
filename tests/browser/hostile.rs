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
    for student in 1..=MAKE.students {
        tab.click(&format!("#grid tbody tr:nth-child({student}) a"));
        tab.until("document.querySelector('.student.shown')");
        assert_eq!(tab.eval("typeof window.owned"), "undefined");
        tab.press("Escape");
        tab.until("!document.querySelector('.student.shown')");
    }
    assert_eq!(
        tab.eval(
            "document.querySelectorAll('img, iframe, [onload], [onerror], [style], a[href^=http]').length"
        ),
        0
    );
    assert_eq!(tab.eval("document.scripts.length + document.styleSheets.length"), 2);
    assert_eq!(tab.eval("document.querySelectorAll('section.student').length"), MAKE.students);
    let texts = tab.text("document.body.textContent");
    for attack in &ATTACKS[..5] {
        assert!(texts.contains(attack), "{attack} is shown as it is");
    }
    assert!(texts.contains(r"\u{202e}x\u{0}\u{1b}[2J<a"));
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
