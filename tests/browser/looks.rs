//! On a narrow screen, and for people to look at.

use serde_json::json;

use crate::sample::Make;
use crate::tab::Tab;

#[test]
fn nothing_sticks_out_at_400_pixels() {
    let make = Make { students: 30, ..Make::FULL };
    let Some(mut tab) = Tab::of(&make.class(), &make.course()) else { return };
    size(&mut tab, 400, 800);
    let fits = "document.documentElement.scrollWidth <= 400";
    assert_eq!(tab.eval(fits), true, "the class");
    // The names stay in sight while the grid is scrolled, and leave room for it.
    tab.eval("document.querySelector('.scroll').scrollLeft = 300");
    let left = tab.eval("document.querySelector('#grid tbody th').getBoundingClientRect().left");
    assert!(left.as_f64().is_some_and(|left| (0.0..30.0).contains(&left)), "{left}");
    assert_eq!(
        tab.eval("document.querySelector('#grid tbody th').getBoundingClientRect().width < 180"),
        true
    );
    tab.eval("document.querySelector('.scroll').scrollTop = 500");
    let head = "Math.abs(document.querySelector('#grid thead th').getBoundingClientRect().top \
                - document.querySelector('.scroll').getBoundingClientRect().top) < 3";
    assert_eq!(tab.eval(head), true, "the head sticks");
    tab.go("#student-student-001");
    assert_eq!(tab.eval(fits), true, "a student");
}

fn size(tab: &mut Tab, width: u32, height: u32) {
    let metrics = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
    tab.ask("Emulation.setDeviceMetricsOverride", metrics);
}

const PLACES: [(&str, &str); 5] = [
    ("class", ""),
    ("points", "#points"),
    ("scenarios", "#scenarios"),
    ("trouble", "#trouble"),
    ("student", "#student-student-017"),
];

/// The bytes of base64.
fn decoded(text: &str) -> Vec<u8> {
    let six = |byte: u8| match byte {
        b'A'..=b'Z' => u32::from(byte - b'A'),
        b'a'..=b'z' => u32::from(byte - b'a') + 26,
        b'0'..=b'9' => u32::from(byte - b'0') + 52,
        b'+' => 62,
        _ => 63,
    };
    let four = |four: &[u8]| {
        let letters = four.iter().filter(|&&byte| byte != b'=');
        let bits = letters.clone().fold(0, |bits, &byte| bits << 6 | six(byte));
        let count = letters.count();
        (bits << (6 * (4 - count))).to_be_bytes()[1..count].to_vec()
    };
    text.as_bytes().chunks(4).flat_map(four).collect()
}

/// Writes pictures of a full class into the folder that `CHECKER_PAGE_PICTURES` names, if it does.
#[test]
fn pictures_for_people() {
    let Some(folder) = std::env::var_os("CHECKER_PAGE_PICTURES").map(std::path::PathBuf::from) else {
        return;
    };
    let Some(mut tab) = Tab::of(&Make::FULL.class(), &Make::FULL.course()) else { return };
    let save = |tab: &mut Tab, name: &str, method: &str, parameters| {
        let coded = tab.text_of(method, parameters, "data");
        std::fs::write(folder.join(name), decoded(&coded)).expect("written");
    };
    for scheme in ["light", "dark"] {
        tab.ask(
            "Emulation.setEmulatedMedia",
            json!({ "features": [{ "name": "prefers-color-scheme", "value": scheme }] }),
        );
        for (width, height) in [(1280, 900), (400, 800)] {
            size(&mut tab, width, height);
            for (place, hash) in PLACES {
                tab.go(hash);
                tab.eval("document.querySelector('.example details').open = true");
                save(&mut tab, &format!("{place}-{scheme}-{width}.png"), "Page.captureScreenshot", json!({}));
            }
        }
    }
    tab.go("");
    save(&mut tab, "class.pdf", "Page.printToPDF", json!({ "preferCSSPageSize": true }));
    tab.go("#student-student-017");
    save(&mut tab, "student.pdf", "Page.printToPDF", json!({ "preferCSSPageSize": true }));
    let html = crate::report::page::page(&Make::FULL.class(), &Make::FULL.course(), "Homework 1");
    std::fs::write(folder.join("report.html"), html).expect("written");
}
