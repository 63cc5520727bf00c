//! What comes out of a printer.

use serde_json::json;

use crate::sample::Make;
use crate::tab::Tab;

const MAKE: Make = Make { students: 90, exercises: 7, scenarios: 4, failing: 20, seed: 9 };

/// What is visible, and not scrolled out of sight, when the page is printed.
#[test]
fn the_whole_grid_is_printed_and_nothing_to_click() {
    let Some(mut tab) = Tab::of(&MAKE.class(), &MAKE.course()) else { return };
    tab.ask("Emulation.setEmulatedMedia", json!({ "media": "print" }));
    tab.ask(
        "Emulation.setDeviceMetricsOverride",
        json!({ "width": 1050, "height": 700, "deviceScaleFactor": 1, "mobile": false }),
    );
    assert_eq!(
        tab.eval("[...document.querySelectorAll('nav, .tools, .skip')].some(e => e.checkVisibility())"),
        false
    );
    let inside = "(() => { const box = document.querySelector('.scroll'); \
                  return box.scrollHeight <= box.clientHeight + 1 && box.scrollWidth <= box.clientWidth + 1; })()";
    assert_eq!(tab.eval(inside), true);
    // What the heads on later pages depend on.
    assert_eq!(tab.text("getComputedStyle(document.querySelector('#grid th button')).display"), "contents");
    // 90 rows take several pages; a page that is not there would be an error.
    let pdf = tab.text_of("Page.printToPDF", json!({ "preferCSSPageSize": true, "pageRanges": "4" }), "data");
    // Base64 of `%PDF-`.
    assert!(pdf.starts_with("JVBERi0"));
}
