//! Whatever is written in a record, the page's elements stay the same.

use proptest::prelude::*;
use proptest::sample::select;

use super::markup::skeleton;
use super::{sample::Make, small};
use crate::gradebook::record::{Record, Trouble};
use crate::report::grades::CourseInfo;
use crate::report::page::page;

const NASTY: [&str; 20] = [
    "<img src=x onerror=alert(1)>",
    "</title><script>alert(1)</script>",
    "</pre></details></section>",
    "\" onclick=\"alert(1)",
    "' autofocus onfocus='alert(1)",
    "<!--",
    "-->",
    "]]>",
    "<![CDATA[",
    "&lt;b&gt;&#x3c;",
    "javascript:alert(1)",
    "\u{202e}gnp.exe",
    "\u{2066}\u{2069}\u{200f}",
    "\u{1b}]0;title\u{7}",
    "\0\r\n\t",
    "{{constructor}}",
    "`${alert(1)}`",
    "</style><style>*{display:none}",
    "\u{fdd0}\u{ffff}\u{10ffff}",
    "Zoë 王小明",
];

fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![3 => select(&NASTY[..]).prop_map(str::to_owned), 1 => any::<String>()];
    prop::collection::vec(piece, 1..4).prop_map(|pieces| pieces.concat())
}

/// Puts the next of `texts` wherever a record holds text that comes from elsewhere.
fn write_over(class: &mut [Record], course: &mut CourseInfo, texts: &[String]) {
    let mut at = 0;
    // Never blank, so that what is shown of it is of the same elements; and each its own.
    let mut next = || {
        at += 1;
        format!("x{at:04}{}", texts[at % texts.len()])
    };
    course.title = next();
    let names: Vec<String> = course.exercises.iter().map(|_| next()).collect();
    for (exercise, name) in course.exercises.iter_mut().zip(&names) {
        (exercise.name, exercise.title) = (name.replace('_', "-"), next());
    }
    for record in class {
        let student = &mut record.student;
        (student.key, student.name) = (next(), Some(next()));
        (student.id, student.email) = (Some(next()), Some(next()));
        student.more = [(next(), next())].into();
        (record.source, record.digest) = (next(), next());
        record.trouble = record.trouble.as_ref().map(|_| Trouble { kind: next(), message: next() });
        for (exercise, name) in record.exercises.iter_mut().zip(&names) {
            (exercise.name, exercise.title) = (name.replace('_', "-"), next());
            exercise.message = exercise.message.as_ref().map(|_| next());
            for scenario in &mut exercise.scenarios {
                scenario.name = next();
                for text in [&mut scenario.finding, &mut scenario.summary, &mut scenario.report] {
                    *text = text.as_ref().map(|_| next());
                }
            }
        }
    }
}

fn tags(title: &str, texts: &[String]) -> Vec<String> {
    let (mut class, mut course) = (small::class(), small::course());
    write_over(&mut class, &mut course, texts);
    let page = page(&class, &course, title);
    let found = skeleton(&page);
    let mut ids = found.ids.clone();
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), found.ids.len(), "an id is given twice");
    for link in found.links {
        // A student's part of the page is made when it is opened.
        let student = link.split('.').next().is_some_and(|anchor| page.contains(&format!("\"{anchor}\":{{")));
        assert!(student || ids.contains(&link), "#{link} leads nowhere");
    }
    found.tags
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_text_makes_or_ends_an_element(texts in prop::collection::vec(text(), 1..12), title in text()) {
        prop_assert_eq!(tags(&title, &texts), tags("plain", &["plain".to_owned()]));
    }
}

#[test]
fn every_nasty_text_in_every_place() {
    let plain = tags("plain", &["plain".to_owned()]);
    for nasty in NASTY {
        assert_eq!(tags(nasty, &[nasty.to_owned()]), plain, "{nasty:?}");
    }
}

#[test]
fn a_made_up_class_is_well_formed() {
    let make = Make { students: 20, failing: 40, ..Make::FULL };
    skeleton(&page(&make.class(), &make.course(), "A class"));
}
