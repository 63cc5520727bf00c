//! What is on the page, and what is not.

use serde_json::{Value, json};

use super::super::document::{EARLY, SCRIPT, STYLE};
use super::sample::Make;
use super::{markup::skeleton, small};
use crate::gradebook::record::{Record, ScenarioStatus};
use crate::report::grades::CourseInfo;
use crate::report::page::page;

fn small_page() -> String {
    page(&small::class(), &small::course(), "Homework 1")
}

/// The page without its script and style, and the data in it.
fn body(page: &str) -> (&str, Value) {
    let body = &page[page.find("<body>").expect("a body")..];
    let (shown, behind) = body.split_once("<script>").expect("the script");
    let (_, data) = behind.split_once("<script type=\"application/json\" id=\"data\">").expect("data");
    let data = data.strip_suffix("</script>\n</body>\n</html>\n").expect("the end");
    (shown, serde_json::from_str(data).expect("json"))
}

/// The line of the grid that names `student`.
fn row<'p>(page: &'p str, student: &str) -> &'p str {
    page.lines().find(|line| line.starts_with("<tr>") && line.contains(student)).expect("a row")
}

#[test]
fn a_small_class() {
    let page = small_page();
    let (shown, data) = body(&page);
    insta::assert_snapshot!(format!("{shown}\n{data:#}"));
}

#[test]
fn what_was_not_graded_is_never_a_zero() {
    let page = small_page();
    let cy = row(&page, "Cy Example");
    assert!(cy.contains("<td class=\"ungraded\"><span>not graded</span></td>"), "{cy}");
    assert!(cy.contains("<b>0</b><small>/5</small> <em>so far</em>"), "{cy}");
    let mut class = small::class();
    class[2].exercises.remove(0);
    let cy = super::super::document::page(&class, &small::course(), "t");
    let cy = row(&cy, "Cy Example");
    assert!(cy.contains("<td class=\"sum\"><em>not graded</em></td><td></td>"), "{cy}");
}

#[test]
fn a_submission_with_trouble_has_a_row_with_the_reason_and_no_sum() {
    let page = small_page();
    let di = row(&page, "Di Example");
    assert!(di.contains("<td class=\"sum\"><em>not taken</em></td>"), "{di}");
    assert!(!di.contains("<b>0</b>") && di.matches("<span>not taken</span>").count() == 2, "{di}");
    assert_eq!(page.matches("<code>empty</code> the folder is empty").count(), 1);
    let student = &body(&page).1["students"]["student-student-004"];
    assert_eq!(student["trouble"], json!(["empty", "the folder is empty"]));
    assert_eq!(student["total"], json!({ "points": "", "of": "", "less": "", "flaw": "nothing was graded" }));
}

#[test]
fn nothing_at_all_is_a_page_too() {
    let empty = page(&[], &CourseInfo::default(), "");
    skeleton(&empty);
    assert!(empty.contains("<b>0 submissions</b>") && empty.contains("None has failed."));
}

#[test]
fn a_name_that_shows_nothing_gives_way_to_the_id_and_the_key() {
    let mut class = small::class();
    class[0].student.name = Some("\u{200d} \u{a0}".to_owned());
    class[1].student.name = None;
    class[1].student.id = Some(String::new());
    (class[2].student.name, class[2].student.id) = (None, None);
    class[2].student.key = String::new();
    let page = page(&class, &small::course(), "t");
    for name in ["700001", "student-002", "(no name)"] {
        assert!(page.contains(&format!("<bdi>{name}</bdi></a>")), "{name}");
        assert!(page.contains(&format!("{{\"name\":\"{name}\",\"total\"")), "{name}");
    }
}

#[test]
fn an_exercise_that_the_course_no_longer_has_gets_a_column() {
    let mut course = small::course();
    course.exercises.remove(0);
    let page = page(&small::class(), &course, "t");
    assert!(page.find("02_<wbr>udp").expect("first") < page.find("01_<wbr>udp").expect("then the other"));
}

#[test]
fn equal_lines_stand_once_among_the_data() {
    let mut class = small::class();
    let report = class[1].exercises[0].scenarios[1].report.clone();
    for record in [0, 1] {
        let scenario = &mut class[record].exercises[1].scenarios[0];
        (scenario.status, scenario.report) = (ScenarioStatus::Failed, report.clone());
    }
    let page = page(&class, &small::course(), "t");
    assert_eq!(page.matches("expected  \\\"from").count(), 1);
    let data = body(&page).1;
    let exercises = |student: &str| data["students"][student]["exercises"].clone();
    let (ann, bob) = (exercises("student-student-001"), exercises("student-student-002"));
    let text = &bob[0]["scenarios"][0]["report"];
    assert!(text.as_array().is_some_and(|lines| lines.len() == 5), "{text}");
    assert_eq!([&ann[1]["scenarios"][0]["report"], &bob[1]["scenarios"][0]["report"]], [text, text]);
}

/// Every scenario failed, and each report is `text` with a number.
fn all_failed(make: Make, text: &str) -> Vec<Record> {
    let mut class = make.class();
    let scenarios =
        class.iter_mut().flat_map(|record| &mut record.exercises).flat_map(|one| &mut one.scenarios);
    for (number, scenario) in scenarios.enumerate() {
        (scenario.status, scenario.report) = (ScenarioStatus::Failed, Some(format!("{number}{text}")));
        scenario.summary = Some("expected \"from bob\" (8 bytes), got nothing within 5 s".to_owned());
    }
    class
}

#[test]
fn the_page_stays_below_15_megabytes() {
    const LIMIT: usize = 15_000_000;
    let size = |class: &[Record]| page(class, &Make::FULL.course(), "t").len();
    assert!(size(&Make::FULL.class()) < LIMIT);
    let kilobytes = "  expected  something\n".repeat(150);
    let hostile = "<\"&'>".repeat(600);
    for text in [&kilobytes, &hostile] {
        let size = size(&all_failed(Make::FULL, text));
        assert!(size < 16_500_000, "{size}");
    }
}

#[test]
fn script_and_style_stand_in_the_page_as_their_hashes_say() {
    for file in [EARLY, SCRIPT, STYLE] {
        // A browser would change these before it compares the hash, or end the element early.
        assert!(!file.contains(['\r', '\0']) && !file.contains("</") && !file.contains("<!--"));
    }
    // A style attribute would need a weaker policy.
    assert!(!small_page().contains(" style="));
}

#[test]
fn the_same_records_make_the_same_page() {
    assert_eq!(small_page(), small_page());
}
