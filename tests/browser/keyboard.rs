//! Nothing on the page needs a mouse.

use crate::sample::Make;
use crate::tab::Tab;

const MAKE: Make = Make { students: 12, exercises: 3, scenarios: 8, failing: 60, seed: 4 };

fn tab() -> Option<Tab> {
    Tab::of(&MAKE.class(), &MAKE.course())
}

#[test]
fn the_first_stop_skips_to_the_content_and_is_seen() {
    let Some(mut tab) = tab() else { return };
    tab.press("Tab");
    assert_eq!(tab.text("document.activeElement.className"), "skip");
    assert_eq!(tab.eval("document.activeElement.getBoundingClientRect().top >= 0"), true);
    tab.press("Enter");
    tab.until("document.activeElement.id === 'main'");
}

#[test]
fn tab_and_enter_open_a_student_and_escape_leaves() {
    let Some(mut tab) = tab() else { return };
    tab.tab_to("#grid tbody a");
    assert_ne!(tab.text("getComputedStyle(document.activeElement).outlineStyle"), "none");
    let anchor = tab.text("document.activeElement.hash");
    tab.press("Enter");
    tab.until("document.querySelector('.student')");
    assert_eq!(tab.text("'#' + document.querySelector('.student').id"), anchor);
    assert_eq!(tab.text("document.activeElement.tagName"), "H2");
    tab.tab_to(".student summary");
    let first = "document.querySelector('.student details').open";
    assert_eq!(tab.eval(first), true);
    tab.press("Enter");
    assert_eq!(tab.eval(first), false);
    tab.press("Escape");
    tab.until("document.activeElement.matches('#grid tbody a')");
    assert_eq!(tab.text("document.activeElement.hash"), anchor);
}

#[test]
fn the_link_back_and_the_links_beside_work() {
    let Some(mut tab) = tab() else { return };
    tab.tab_to("#grid tbody a");
    tab.press("Enter");
    tab.until("document.querySelector('.student')");
    let first = tab.text("document.querySelector('.student').id");
    tab.eval("document.querySelector('.student .back').focus()");
    tab.tab_to(".beside");
    assert!(tab.text("document.activeElement.textContent").starts_with("Next: "));
    tab.press("Enter");
    tab.until(&format!("document.querySelector('.student').id !== '{first}'"));
    tab.eval("document.querySelector('.student .back').focus()");
    tab.press("Enter");
    tab.until("document.querySelector('#overview').checkVisibility()");
}

#[test]
fn headings_sort_and_the_table_scrolls_by_key() {
    let Some(mut tab) = tab() else { return };
    tab.tab_to(".scroll");
    tab.tab_to("#grid th:nth-child(2) button");
    tab.press("Enter");
    assert_eq!(tab.text("document.querySelector('#grid th:nth-child(2)').ariaSort"), "descending");
    tab.press(" ");
    assert_eq!(tab.text("document.querySelector('#grid th:nth-child(2)').ariaSort"), "ascending");
    assert!(tab.text("document.querySelector('#told').textContent").ends_with("by Points, ascending"));
}

#[test]
fn headings_are_in_order_and_every_link_and_field_has_a_name() {
    let Some(mut tab) = tab() else { return };
    let levels =
        tab.text("[...document.querySelectorAll('h1,h2,h3,h4,h5,h6')].map(h => h.tagName[1]).join('')");
    assert!(
        levels.starts_with("12") && levels.matches('1').count() == 1 && !levels.contains('4'),
        "{levels}"
    );
    assert_eq!(tab.eval("document.documentElement.lang"), "en");
    assert_eq!(
        tab.eval(
            "[...document.querySelectorAll('a, button, summary')].filter(e => !e.textContent.trim()).length"
        ),
        0
    );
    assert_eq!(tab.eval("document.querySelector('#filter').labels.length"), 1);
}
