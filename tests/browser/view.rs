//! Loading, sorting, filtering, the address, and Back.

use serde_json::json;

use crate::gradebook::record::{ExerciseGrade, ScenarioStatus};
use crate::sample::Make;
use crate::tab::Tab;

const MAKE: Make = Make { students: 40, exercises: 3, scenarios: 8, failing: 20, seed: 3 };
const SHOWN: &str = "[...document.querySelectorAll('#grid tbody tr')].filter(row => !row.hidden)";

fn tab() -> Option<Tab> {
    Tab::of(&MAKE.class(), &MAKE.course())
}

#[test]
fn three_hundred_students_load_without_a_complaint_or_a_request() {
    let Some(mut tab) = Tab::of(&Make::FULL.class(), &Make::FULL.course()) else { return };
    assert_eq!(tab.eval("document.querySelectorAll('#grid tbody tr').length"), 300);
    // A student's page is made when it is opened; all of them at once are more than a hundred thousand nodes.
    let nodes = tab.eval(
        "(() => { const all = document.createTreeWalker(document); let n = 0; while (all.nextNode()) n += 1; return n; })()",
    );
    assert!(nodes.as_u64().is_some_and(|nodes| nodes < 40_000), "{nodes} nodes");
    // For whoever looks; on a busy machine the first two say little.
    let painted = tab.eval("performance.getEntriesByName('first-contentful-paint')[0]?.startTime");
    let [loaded, size] = ["loadEventEnd", "decodedBodySize"]
        .map(|what| tab.eval(&format!("performance.getEntriesByType('navigation')[0].{what}")));
    let processes = tab.browser.ask("", "SystemInfo.getProcessInfo", json!({}));
    let renderers =
        processes["processInfo"].as_array().into_iter().flatten().filter(|one| one["type"] == "renderer");
    let busy: f64 = renderers.filter_map(|one| one["cpuTime"].as_f64()).sum();
    eprintln!("painted after {painted} ms, loaded after {loaded} ms, {busy} s of processor, {size} bytes");
    assert_eq!(tab.complaints(), [""; 0]);
}

#[test]
fn a_click_on_a_heading_sorts_and_another_turns_it_around() {
    let Some(mut tab) = tab() else { return };
    let sums = format!("{SHOWN}.map(row => row.cells[1].dataset.v ?? 'none').join()");
    for (order, way) in [("descending", -1.0), ("ascending", 1.0)] {
        tab.click("#grid th:nth-child(2) button");
        assert_eq!(tab.text("document.querySelector('#grid th:nth-child(2)').ariaSort"), order);
        assert_eq!(tab.eval("document.querySelectorAll('#grid [aria-sort]').length"), 1);
        let sums = tab.text(&sums);
        let known: Vec<f64> = sums.split(',').map_while(|sum| sum.parse().ok()).collect();
        assert!(known.len() > 20 && known.is_sorted_by(|a, b| a * way <= b * way), "{sums}");
        assert!(sums.split(',').skip(known.len()).all(|sum| sum == "none"), "unknown sums come last: {sums}");
    }
    tab.click("#grid th:nth-child(1) button");
    let first = tab.text(&format!("{SHOWN}[0].cells[0].textContent"));
    assert!(first.starts_with("Ann Example"), "{first}");
    tab.click("#grid th:last-child button");
    let times = tab.text(&format!("{SHOWN}.map(row => row.cells[5].dataset.v).join()"));
    let known: Vec<i64> = times.split(',').map_while(|time| time.parse().ok()).collect();
    assert!(known.len() > 30 && known.is_sorted_by(|a, b| a >= b), "{times}");
    assert_eq!(tab.complaints(), [""; 0]);
}

#[test]
fn the_filter_finds_names_ids_and_marks() {
    let Some(mut tab) = tab() else { return };
    tab.click("#filter");
    tab.write("700007");
    assert_eq!(tab.eval(&format!("{SHOWN}.length")), 1);
    assert_eq!(tab.text("document.querySelector('#told').textContent"), "1 of 40 shown");
    tab.eval("document.querySelector('#filter').select()");
    tab.write("LATE ");
    let rows = tab.text(&format!("{SHOWN}.map(row => row.textContent).join('|')"));
    assert!(!rows.is_empty() && rows.split('|').all(|row| row.contains("late ")), "{rows}");
    tab.eval("document.querySelector('#filter').select()");
    tab.write("<nobody>");
    assert_eq!(tab.text("document.querySelector('#told').textContent"), "0 of 40 shown");
}

#[test]
fn an_address_opens_a_student_and_back_returns_to_where_one_was() {
    let Some(mut tab) = tab() else { return };
    tab.go("#student-student-007");
    assert_eq!(tab.text("document.querySelector('.student').id"), "student-student-007");
    assert_eq!(tab.eval("document.querySelector('#overview').checkVisibility()"), false);
    assert_eq!(
        tab.eval("[...document.querySelectorAll('.student')].filter(s => s.checkVisibility()).length"),
        1
    );
    assert!(tab.text("document.title").ends_with(" 7 · Homework 1"));
    tab.go("");
    tab.click("#grid tbody tr:nth-child(30) a");
    tab.until("document.querySelector('.student')");
    tab.eval("history.back()");
    tab.until("!document.querySelector('.student')");
    assert_eq!(tab.eval("document.querySelector('#overview').checkVisibility()"), true);
    assert_eq!(
        tab.eval("document.activeElement === document.querySelector('#grid tbody tr:nth-child(30) a')"),
        true
    );
    assert_eq!(tab.text("document.title"), "Homework 1");
    tab.eval("history.forward()");
    tab.until("document.querySelector('.student')");
    // An address that is nobody's shows the class.
    tab.go("#student-nobody");
    assert_eq!(tab.eval("document.querySelector('#overview').checkVisibility()"), true);
    assert_eq!(tab.complaints(), [""; 0]);
}

#[test]
fn a_click_on_a_cell_opens_that_exercise() {
    let Some(mut tab) = tab() else { return };
    tab.click("#grid tbody tr:nth-child(3) td:nth-child(4)");
    tab.until("document.querySelector('.student')");
    assert!(tab.text("document.activeElement.textContent").starts_with("02_udp_echo_server"));
}

#[test]
fn every_student_s_page_has_the_texts_of_the_terminal() {
    let class = MAKE.class();
    let Some(mut tab) = Tab::of(&class, &MAKE.course()) else { return };
    for record in &class {
        tab.eval(&format!("location.hash = 'student-{}'", record.student.key));
        tab.until(&format!("document.querySelector('.student')?.id === 'student-{}'", record.student.key));
        let told = |one: &ExerciseGrade| -> Vec<String> {
            one.message
                .iter()
                .chain(one.scenarios.iter().filter_map(|one| one.report.as_ref()))
                .cloned()
                .collect()
        };
        let told: Vec<String> = record.exercises.iter().flat_map(told).collect();
        let shown = tab.eval("[...document.querySelectorAll('.student pre')].map(pre => pre.textContent)");
        assert_eq!(shown, json!(told), "{}", record.student.key);
        let passed = record.exercises.iter().flat_map(|one| &one.scenarios);
        let passed = passed.filter(|one| one.status == ScenarioStatus::Passed && !one.flaky).count();
        let shown = "[...document.querySelectorAll('.student .fine')].map(p => p.textContent.split(' · ').length).reduce((a, b) => a + b, 0)";
        assert_eq!(tab.eval(shown), passed, "{}", record.student.key);
    }
}

#[test]
fn every_text_is_open_and_one_button_closes_them() {
    let Some(mut tab) = tab() else { return };
    tab.go("#student-student-002");
    let open = "[...document.querySelectorAll('.student details')].filter(one => one.open).length";
    let all = tab.eval("document.querySelectorAll('.student details').length");
    assert!(all.as_u64().is_some_and(|all| all > 1) && tab.eval(open) == all);
    tab.click(".student .all-or-none");
    assert_eq!(tab.eval(open), 0);
    tab.click(".student .all-or-none");
    assert_eq!(tab.eval(open), all);
}

#[test]
fn without_scripts_the_class_is_there_and_what_is_not_is_said() {
    let Some(mut tab) = tab() else { return };
    tab.ask("Emulation.setScriptExecutionDisabled", json!({ "value": true }));
    tab.go("#student-student-007");
    let visible = "[...document.querySelectorAll('#overview, #grid, #grid tbody tr, h2')].every(e => e.checkVisibility())";
    assert_eq!(tab.eval(visible), true);
    assert_eq!(tab.eval("document.querySelectorAll('#grid tbody tr').length"), MAKE.students);
    assert!(tab.text("document.querySelector('noscript').innerText").contains("Without JavaScript"));
    assert_eq!(tab.eval("document.querySelector('#data').checkVisibility()"), false);
    assert_eq!(tab.eval("document.querySelector('.tools').checkVisibility()"), false);
    assert_eq!(tab.eval("document.querySelectorAll('button').length"), 0);
}
