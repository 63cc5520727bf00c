//! Who shares more than the starter explains.

use super::class::course;

/// A program of some length; `names` are its own.
fn program(count: &str, total: &str) -> String {
    format!(
        "use std::collections::BTreeMap;\n\
         fn tally(text: &str) -> BTreeMap<String, usize> {{\n    let mut {count} = BTreeMap::new();\n\
             for word in text.split_whitespace() {{\n        let key = word.trim_matches(',').to_lowercase();\n\
                 *{count}.entry(key).or_insert(0) += word.len() % 7 + 3;\n    }}\n    {count}\n}}\n\
         fn main() {{\n    let text = \"one, two, three\";\n    let mut {total} = 0usize;\n\
             for (key, value) in tally(text) {{\n        if key.starts_with('t') && value > 4 {{\n            {total} += value * 31;\n        }}\n    }}\n\
             while {total} > 17 {{\n        {total} = {total} / 2 + {total} % 3;\n    }}\n    println!(\"{{}}\", {total});\n}}\n"
    )
}

#[test]
fn a_renamed_copy_is_found_and_strangers_are_not() {
    let course = course()
        .file("class/ann/01_demo/src/main.rs", program("counts", "sum"))
        .file("class/bob/01_demo/src/main.rs", program("zaehler", "ergebnis"))
        .file("class/cyd/01_demo/src/main.rs", "fn main() { let list: Vec<u8> = Vec::new(); drop(list); }\n");
    let printed = course.checker(["similar", "class", "--out", "alike"]).says("ann").says("bob").check();
    assert!(printed.stdout.contains("01_demo"), "{}", printed.stdout);
    let page = course.read("alike/similar.html");
    assert!(page.contains("zaehler") && page.contains("counts"), "side by side");
    let report = course.checker(["similar", "class", "--json"]).json();
    let pairs = report["pairs"].as_array().unwrap();
    assert_eq!(pairs.len(), 1, "{report}");
    assert_eq!(
        (pairs[0]["left"]["key"].as_str(), pairs[0]["right"]["key"].as_str()),
        (Some("ann"), Some("bob"))
    );
}

#[test]
fn what_the_course_gave_is_nobodys_own() {
    let given = program("counts", "sum");
    let course = course()
        .solution("01_demo", &given)
        .file("class/ann/01_demo/src/main.rs", &given)
        .file("class/bob/01_demo/src/main.rs", program("a", "b"));
    let report = course.checker(["similar", "class", "--json"]).json();
    assert_eq!(report["pairs"].as_array().unwrap().len(), 0, "{report}");
}
