//! What a student reads: bounded, harmless, within the terminal's width, and with the command that repeats it.

use checker::record::finding::Finding;
use checker::report::terminal::{
    FailureContext, Look, compiler_words, failure, paragraph, scenario, summary,
};
use checker::verdict::explain::literal::harmless;
use checker::verdict::outcome::{CompileTrouble, Detail, Failure, Fault, Judged, Verdict};
use proptest::prelude::*;
use unicode_width::UnicodeWidthStr;

use crate::hostile::{assert_harmless, harm, text};
use crate::kept;
use crate::observations::judged;
use crate::tried::holds;

/// Lines that no report of one scenario needs more of.
const LINES: usize = 220;

fn shown(judged: &Judged, width: usize, color: bool) -> String {
    let file = "exercises/04_multi_client/exercise.toml";
    let context = FailureContext { exercise: "04_multi_client", short: "04", scenario: judged, file };
    failure(&context, Look { width, color })
}

/// `text` without the sequences that set colours.
fn colourless(text: &str) -> String {
    let mut pieces = text.split('\x1b');
    let first = pieces.next().unwrap_or_default().to_owned();
    pieces.fold(first, |all, piece| {
        let (sequence, rest) = piece.split_once('m').expect("a sequence has an end");
        let inner = sequence.strip_prefix('[').expect("a sequence that sets colours");
        assert!(inner.bytes().all(|byte| byte.is_ascii_digit() || byte == b';'), "{sequence:?}");
        all + rest
    })
}

#[test]
fn a_report_is_bounded_harmless_and_says_how_to_repeat_it() {
    let name = "a_report_is_bounded_harmless_and_says_how_to_repeat_it";
    holds(name, kept!("terminal"), 1200, (judged(), 0..200usize), |(judged, width)| {
        let text = shown(&judged, width, false);
        let Verdict::Failed(_) = &judged.verdict else { return assert_eq!(text, "") };
        assert_harmless(text.lines());
        assert!(text.lines().count() <= LINES, "{} lines", text.lines().count());
        let columns = width.clamp(60, 120);
        // A command is never broken: it is to be copied.
        for line in text.lines().filter(|line| !line.starts_with("  again ")) {
            assert!(line.width() <= columns, "{} of {columns} columns: {line:?}", line.width());
        }
        let seed = judged.observation.as_ref().map(|observation| observation.seed).unwrap();
        let again = format!("checker run 04 --only 3 --seed {seed}\n");
        assert!(text.contains(&again), "{again} is not in:\n{text}");
        let coloured = colourless(&shown(&judged, width, true));
        let same = coloured.lines().map(str::trim_end).eq(text.lines().map(str::trim_end));
        assert!(same, "{coloured}\nis not\n{text}");
    });
}

#[test]
fn a_line_for_each_scenario_is_harmless() {
    let input = (judged(), text(6), 0..200usize);
    holds(
        "a_line_for_each_scenario_is_harmless",
        kept!("terminal-line"),
        2000,
        input,
        |(judged, words, width)| {
            let look = Look { width, color: false };
            let skipped = Judged { verdict: Verdict::Skipped(words.clone()), ..judged.clone() };
            let fault = Verdict::NotGraded(Fault { message: words.clone() });
            let not_graded = Judged { verdict: fault, observation: None, ..judged.clone() };
            for judged in [&judged, &skipped, &not_graded] {
                let text = scenario(judged, look);
                assert_harmless(text.lines());
                assert!(text.lines().all(|line| line.width() <= width.clamp(60, 120)), "{text}");
            }
            assert_harmless([summary(&[judged, skipped, not_graded]).as_str()]);
            // What stands in a paragraph is the author's own: only the width is ours.
            let wide = paragraph(&harmless(words.as_bytes()), look)
                .lines()
                .map(UnicodeWidthStr::width)
                .max()
                .unwrap_or(0);
            assert!(wide <= width.clamp(60, 120), "{wide}");
        },
    );
}

#[test]
fn the_compilers_words_set_colours_and_nothing_else() {
    let input = (text(12), any::<bool>());
    holds(
        "the_compilers_words_set_colours_and_nothing_else",
        kept!("compiler"),
        4000,
        input,
        |(words, color)| {
            let look = Look { width: 80, color };
            let shown = compiler_words(&words, look);
            let plain = colourless(&shown);
            assert_harmless(plain.lines());
            assert!(color || !shown.contains('\x1b'));
            assert!(!shown.contains('\x1b') || shown.ends_with("\x1b[0m"), "a colour is left on");
            // A blank before a colour stays behind at the end of a line.
            let lines = |text: &str| text.lines().map(|line| line.trim_end().to_owned()).collect::<Vec<_>>();
            let colourless = compiler_words(&words, Look { color: false, ..look });
            assert_eq!(lines(plain.trim_end()), lines(&colourless));
            let detail = Detail::Compile { rendered: words, why: CompileTrouble::Errors };
            let failed =
                Failure { finding: Finding::DidNotCompile, step: None, waited_ms: 0, at_rest: false, detail };
            let verdict = Verdict::Failed(Box::new(failed));
            let judged = Judged {
                number: 1,
                name: "x".into(),
                points: 1,
                verdict,
                observation: None,
                flaky: false,
                known: false,
            };
            assert!(self::shown(&judged, 80, false).lines().all(|line| harm(line).is_none()));
        },
    );
}
