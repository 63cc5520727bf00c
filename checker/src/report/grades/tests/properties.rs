//! Whatever text there may be: each format is read back by a reader of its own.

use proptest::prelude::*;
use serde_json::Value;

use super::class::{TOKEN, class, course, given, options};
use crate::gradebook::record::Record;
use crate::report::grades::{Format, render};

/// Text with everything in it that means something somewhere.
fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        any::<char>().prop_map(String::from),
        prop::sample::select(vec![
            "=",
            "+",
            "-",
            "@",
            "\t",
            "\r",
            "\n",
            "\r\n",
            "\"",
            "\"\"",
            ",",
            ";",
            "'",
            "`",
            "```",
            "~~~~",
            "|",
            "\\",
            "<",
            ">",
            "&",
            "]]>",
            "<![CDATA[",
            "-->",
            "::",
            "::error::x",
            "::endgroup::",
            "##[error]",
            "%0A",
            "\0",
            "\u{1b}[31m",
            "\u{1b}]0;x\u{7}",
            "\u{9b}",
            "\u{202e}",
            "\u{feff}",
            "\u{fffe}",
            "\u{2028}",
            "\u{85}",
            "e\u{301}",
            "👩\u{200d}💻",
            "学生",
            "Points Possible",
            "Ann",
            " ",
            "a",
            "..",
            "/",
            "~",
            "$(x)",
            "${{ x }}",
        ])
        .prop_map(String::from),
    ];
    prop::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat())
}

/// The class with other texts in every field.
fn records() -> impl Strategy<Value = Vec<Record>> {
    (0..7usize, prop::collection::vec(text(), 16)).prop_map(|(which, texts)| {
        let mut record = class().remove(which);
        let mut texts = texts.into_iter().cycle();
        let mut next = || texts.next().unwrap_or_default();
        record.source = next();
        record.digest = next();
        record.student.key = next();
        record.student.name = Some(next());
        record.student.email = Some(next());
        record.student.id = Some(next());
        for value in record.student.more.values_mut() {
            *value = next();
        }
        if let Some(trouble) = &mut record.trouble {
            (trouble.kind, trouble.message) = (next(), next());
        }
        for exercise in &mut record.exercises {
            exercise.title = next();
            exercise.message = Some(next());
            for scenario in &mut exercise.scenarios {
                scenario.name = next();
                scenario.finding = scenario.finding.is_some().then(&mut next);
                scenario.summary = Some(next());
                scenario.report = Some(next());
            }
        }
        vec![record]
    })
}

fn files(format: Format, records: &[Record]) -> Vec<(String, Vec<u8>)> {
    let files = render(format, records, &course(), &options()).unwrap().files;
    files.into_iter().map(|(path, bytes)| (path.to_str().unwrap().to_owned(), bytes)).collect()
}

/// The columns of each row, and the cells, as the `csv` crate reads them.
fn cells(bytes: &[u8]) -> Vec<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(bytes);
    reader.records().map(|row| row.unwrap().iter().map(String::from).collect()).collect()
}

fn is_formula(cell: &str) -> bool {
    cell.trim_start().starts_with(['=', '+', '-', '@']) || cell.starts_with(['\t', '\r', '\n'])
}

/// Reads all of an XML file; its test cases.
fn test_cases(bytes: &[u8]) -> usize {
    let mut reader = quick_xml::Reader::from_reader(bytes);
    reader.config_mut().check_end_names = true;
    let (mut cases, mut depth, mut buffer) = (0, 0_i32, Vec::new());
    loop {
        match reader.read_event_into(&mut buffer).unwrap() {
            quick_xml::events::Event::Start(tag) => {
                depth += 1;
                cases += usize::from(tag.name().as_ref() == b"testcase");
                tag.attributes().for_each(|attribute| {
                    drop(attribute.unwrap().normalized_value(quick_xml::XmlVersion::Implicit1_0).unwrap())
                });
            }
            quick_xml::events::Event::Empty(tag) => {
                cases += usize::from(tag.name().as_ref() == b"testcase");
                tag.attributes().for_each(|attribute| {
                    drop(attribute.unwrap().normalized_value(quick_xml::XmlVersion::Implicit1_0).unwrap())
                });
            }
            quick_xml::events::Event::End(_) => depth -= 1,
            quick_xml::events::Event::Eof => break,
            _ => {}
        }
        buffer.clear();
    }
    assert_eq!(depth, 0);
    cases
}

/// XML 1.0's own list of characters.
fn is_xml(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn json_is_json_and_paths_stay_inside(records in records()) {
        for format in [Format::Gradescope, Format::Exercism, Format::PrairieLearn, Format::Classroom50] {
            for (path, bytes) in files(format, &records) {
                let value: Value = serde_json::from_slice(&bytes).unwrap();
                prop_assert!(value.is_object());
                prop_assert!(path.split('/').all(|part| !part.is_empty() && !part.starts_with('.')), "{}", path);
                prop_assert!(path.split('/').count() == if format == Format::Exercism { 4 } else { 3 }, "{}", path);
            }
        }
        let lines = files(Format::JsonLines, &records).remove(0).1;
        let back: Result<Vec<Record>, _> = crate::report::grades::jsonl::Records::new(lines.as_slice(), "x".as_ref()).collect();
        prop_assert_eq!(back.unwrap(), records);
    }

    #[test]
    fn csv_has_its_columns_and_no_formula(records in records()) {
        let rows = cells(&files(Format::Csv, &records).remove(0).1);
        prop_assert_eq!(rows.len(), 2);
        let canvas = cells(&files(Format::Canvas, &records).remove(0).1);
        prop_assert_eq!(canvas.len(), 3);
        let student = canvas[2][0].clone();
        prop_assert!(!student.contains("Points Possible"), "{}", student);
        for row in rows.iter().chain(&canvas) {
            prop_assert!(!row.iter().any(|cell| is_formula(cell)), "{:?}", row);
        }
        prop_assert!(rows.iter().all(|row| row.len() == 14));
        prop_assert!(canvas.iter().all(|row| row.len() == 6));
    }

    #[test]
    fn junit_is_well_formed(records in records()) {
        let bytes = files(Format::Junit, &records).remove(0).1;
        prop_assert!(std::str::from_utf8(&bytes).unwrap().chars().all(is_xml));
        prop_assert!(test_cases(&bytes) >= 1);
        quick_junit::Report::deserialize_from_str(std::str::from_utf8(&bytes).unwrap()).unwrap();
    }

    #[test]
    fn no_line_of_the_log_is_a_command_but_ours(records in records()) {
        let log = String::from_utf8(files(Format::GithubAnnotations, &records).remove(0).1).unwrap();
        let mut stopped = false;
        for line in log.split(['\n', '\r']) {
            let ours = if stopped { line == format!("::{TOKEN}::") } else {
                line.is_empty() || line == "::endgroup::" || line == format!("::stop-commands::{TOKEN}")
                    || ["::group::", "::error title=", "::warning title=", "::notice title="].iter().any(|begin| line.starts_with(begin))
            };
            prop_assert!(ours || (stopped && line.starts_with("| ")), "{:?}", line);
            prop_assert!(!line.contains("##["), "{:?}", line);
            // What stands before the text of a command holds nothing that ends it.
            if let Some((_, title)) = line.split_once(" title=").filter(|_| !stopped && !line.starts_with("::group")) {
                let title = title.split("::").next().unwrap();
                prop_assert!(!title.contains([':', ',']), "{:?}", line);
            }
            stopped = (stopped || line.starts_with("::stop-commands::")) && line != format!("::{TOKEN}::");
        }
        prop_assert!(!stopped);
    }

    #[test]
    fn markdown_keeps_its_tables_and_fences(records in records()) {
        let summary = String::from_utf8(files(Format::GithubSummary, &records).remove(0).1).unwrap();
        let rows: Vec<&str> = summary.lines().filter(|line| line.starts_with('|')).collect();
        prop_assert_eq!(rows.len(), 3);
        for row in rows {
            prop_assert_eq!(row.replace("\\|", "").matches('|').count(), 7, "{}", row);
        }
        let page = String::from_utf8(files(Format::Feedback, &records).remove(0).1).unwrap();
        prop_assert!(!page.contains(|c: char| c.is_control() && !matches!(c, '\n' | '\t')));
        let mut open: Option<&str> = None;
        for line in page.lines() {
            match open {
                Some(fence) => if line.trim_end_matches('`').is_empty() && line.len() >= fence.len() { open = None },
                None => open = line.strip_suffix("text").filter(|fence| fence.len() >= 3 && fence.chars().all(|c| c == '`')),
            }
        }
        prop_assert_eq!(open, None);
    }

    #[test]
    fn a_table_keeps_its_lines(records in records()) {
        use unicode_width::UnicodeWidthStr;
        let table = String::from_utf8(files(Format::Table, &records).remove(0).1).unwrap();
        prop_assert!(!table.contains(|c: char| c.is_control() && c != '\n'));
        for line in table.lines() {
            prop_assert!(line.width() <= 80, "{:?}", line);
        }
    }

    #[test]
    fn worksheets_keep_every_cell_that_is_not_ours(name in text(), old in text(), records in records()) {
        let quote = |text: &str| format!("\"{}\"", text.replace('"', "\"\""));
        let sheet = format!("Name,Identifier,Grade,Feedback comments\n{},Participant 1,3,{}\n", quote(&name), quote(&old));
        let mut options = options();
        options.moodle.worksheet = Some(given("w.csv", &sheet));
        let mut records = records;
        records[0].student.id = Some("1".into());
        let rendered = render(Format::Moodle, &records, &course(), &options).unwrap();
        let rows = cells(&rendered.files[0].1);
        prop_assert_eq!(rows.len(), 2);
        prop_assert_eq!((&rows[1][0], rows[1][1].as_str(), rows[1].len()), (&name, "Participant 1", 4));
        prop_assert!(rendered.files[0].1.starts_with(sheet.split(",Participant").next().unwrap().as_bytes()));
    }

    #[test]
    fn whatever_file_is_given_there_is_an_answer(bytes in prop::collection::vec(any::<u8>(), 0..200), tail in text()) {
        let mut options = options();
        let mut file = given("w.csv", "");
        file.bytes = bytes;
        file.bytes.extend(format!("\nIdentifier,Grade{tail}").into_bytes());
        options.moodle.worksheet = Some(file.clone());
        options.canvas.gradebook = Some(file);
        for format in [Format::Moodle, Format::Canvas] {
            drop(render(format, &class(), &course(), &options));
        }
    }
}
