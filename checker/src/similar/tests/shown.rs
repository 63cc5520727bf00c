//! The page, the table and the document.

use std::collections::BTreeMap;

use super::super::{Options, Report, Submission, compare, page, table};
use super::disguise::{copied, rename};
use super::programs::{solution, starters};

fn report(key: &str, text: &str) -> Report {
    let one = Submission {
        exercise: "02_udp_echo_server".into(),
        key: key.into(),
        files: vec![("src/<b>.rs".into(), text.into())],
    };
    let other = Submission { key: "zoe".into(), ..one.clone() };
    compare(&[one, other], &BTreeMap::new(), &Options::default())
}

fn program() -> String {
    solution("02_udp_echo_server", "").files.remove(0).1
}

#[test]
fn the_page_holds_nobody_s_tags() {
    let text = format!("fn a() {{ f(\"</code><script>alert(1)</script>\u{202e}\", '&'); }}\n{}", program());
    let report = report("<script>x</script>\u{1b}[2J", &text);
    assert_eq!(report.pairs.len(), 1);
    let page = page(&report);
    for wrong in
        ["<script", "\u{1b}", "\u{202e}", "src/<b>", "http://", "https://", "url(", "src=", "@import"]
    {
        assert!(!page.contains(wrong), "{wrong}");
    }
    assert!(page.contains("&lt;/code&gt;&lt;script&gt;alert(1)&lt;/script&gt;⟨U+202E⟩"));
    assert!(page.contains("<bdi>&lt;script&gt;x&lt;/script&gt;⟨U+001B⟩[2J</bdi>"));
    assert!(!table(&report, 80).contains('\u{1b}'));
}

#[test]
fn every_tag_of_the_page_is_closed_in_its_place() {
    let page = page(&report("ann", &program()));
    let mut open = Vec::new();
    for tag in page.split('<').skip(1).map(|tag| &tag[..tag.find('>').unwrap()]) {
        let name = tag.split(' ').next().unwrap();
        match name.strip_prefix('/') {
            Some(name) => assert_eq!(open.pop(), Some(name)),
            None if ["!doctype", "meta"].contains(&name) => {}
            None => open.push(name),
        }
    }
    assert_eq!(open, [""; 0]);
}

#[test]
fn every_link_has_its_place() {
    let page = page(&report("ann", &program()));
    let links: Vec<&str> =
        page.split("href=\"#").skip(1).map(|rest| rest.split('"').next().unwrap()).collect();
    assert!(links.contains(&"pair-1") && links.contains(&"top"));
    for link in links {
        assert!(page.contains(&format!("id=\"{link}\"")), "{link}");
    }
}

#[test]
fn the_table_keeps_its_width() {
    let report = report(&"a very long name, ".repeat(9), &program());
    for width in [60, 80, 120] {
        let table = table(&report, width);
        let widths: Vec<usize> = table.lines().take(2).map(|line| line.chars().count()).collect();
        assert!(widths.iter().all(|columns| *columns <= width), "{widths:?}\n{table}");
    }
}

#[test]
fn the_table_says_what_was_found() {
    let one = solution("04_multi_client", "ann");
    let other = copied(&one, "bob", &[rename]);
    let mut third = copied(&one, "eve", &[]);
    third.files[0].1 = format!("{}\n{}", "fn f() { g(1 + 2); }\n".repeat(20), third.files[0].1);
    let report = compare(&[other, one.clone(), third], &starters(), &Options::default());
    let wanted = "   #  exercise         left      right     shared   left  right  suspicion";
    assert_eq!(table(&report, 80).lines().next(), Some(wanted));
    assert!(table(&report, 80).contains("group of 3 in 04_multi_client: ann, bob, eve\n"));
    assert!(
        table(&report, 80).ends_with(
            "3 submissions of 1 exercise compared: 3 pairs share more than the starter explains\n"
        )
    );
    let none = compare(&[one], &starters(), &Options::default());
    assert_eq!(
        table(&none, 80),
        "1 submission of 1 exercise compared: no pair shares more than the starter explains\n"
    );
}

#[test]
fn the_document_has_places_and_no_sources() {
    let report = report("ann", &program());
    let document = serde_json::to_value(&report).unwrap();
    let pair = &document["pairs"][0];
    assert_eq!((&pair["left"]["key"], &pair["right"]["key"]), (&"ann".into(), &"zoe".into()));
    let region = &pair["places"][0]["left"];
    assert_eq!(region["file"], "src/<b>.rs");
    assert!(region["first_line"].as_u64() > Some(0) && region["bytes"]["end"].as_u64() > Some(1000));
    assert!(region.get("lines").is_none());
}
