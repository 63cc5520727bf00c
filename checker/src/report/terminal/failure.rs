//! One failed scenario: why, expected over got, what was seen, the conversation, the output, where to look.

use super::look::{Look, Paint};
use super::text::{edges, wrap};
use super::{compile, conversation, facts, output};
use crate::record::observation::StepPlace;
use crate::verdict::explain::literal::harmless;
use crate::verdict::explain::{Explanation, explain_within};
use crate::verdict::outcome::{CompileTrouble, Detail, Failure, Judged, Verdict};

/// A failed scenario, and what is needed to find it again.
#[derive(Debug, Clone, Copy)]
pub struct FailureContext<'a> {
    /// The exercise's folder: `04_multi_client`.
    pub exercise: &'a str,
    /// As one types it: `04`.
    pub short: &'a str,
    pub scenario: &'a Judged,
    /// The exercise's `exercise.toml`, as a path from where the student is.
    pub file: &'a str,
}

/// The whole report of a failed scenario, with a line end behind its last line; empty if it did not fail.
pub fn failure(context: &FailureContext, look: Look) -> String {
    let Verdict::Failed(failure) = &context.scenario.verdict else { return String::new() };
    let explanation = explain_within(failure, context.scenario.observation.as_ref(), facts::room(look));
    let blocks = match &failure.detail {
        Detail::Compile { rendered, why } => {
            let mut told = explanation;
            if *why == CompileTrouble::Errors {
                // Its own words say it better.
                (told.expected, told.got) = Default::default();
            }
            not_compiled(context, &told, rendered, look)
        }
        Detail::NoSource { .. } => vec![
            heading(&format!("{} has nothing to compile", context.exercise), "", look),
            facts::lines(&explanation, look),
        ],
        _ => ran(context, failure, &explanation, look),
    };
    let blocks: Vec<String> =
        blocks.iter().filter(|block| !block.is_empty()).map(|block| block.join("\n")).collect();
    blocks.join("\n\n") + "\n"
}

fn not_compiled(
    context: &FailureContext,
    told: &Explanation,
    rendered: &str,
    look: Look,
) -> Vec<Vec<String>> {
    let words = if rendered.trim().is_empty() { Vec::new() } else { compile::lines(rendered, look.color) };
    vec![
        heading(&format!("{} does not compile", context.exercise), "", look),
        words,
        facts::lines(told, look),
        vec![facts::labelled("again", &format!("checker run {}", context.short), look)],
    ]
}

fn ran(context: &FailureContext, failure: &Failure, told: &Explanation, look: Look) -> Vec<Vec<String>> {
    let place = failure.step.as_ref().map(place).unwrap_or_default();
    let name = harmless(context.scenario.name.as_bytes());
    let mut head = heading(&format!("{} · {name}", context.exercise), &place, look);
    if let Some(why) = &told.why {
        head.extend(indented(why, look));
    }
    let mut blocks = vec![head, facts::lines(told, look)];
    if let Some(observation) = &context.scenario.observation {
        blocks.push(conversation::lines(failure, observation, look));
        if observation.starved {
            blocks.push(indented(
                "The machine was busy and kept the program waiting for a processor; try again when it is \
                 calmer.",
                look,
            ));
        }
        blocks.push(output::lines(observation, look));
    }
    // The output and the places to look belong to the same foot.
    let mut foot = if blocks.len() > 2 { blocks.pop().unwrap_or_default() } else { Vec::new() };
    if foot.len() > 1 {
        foot.push(String::new());
    }
    foot.extend(places(context, failure, look));
    blocks.push(foot);
    blocks
}

/// Where the step stands, and how to see the same again.
fn places(context: &FailureContext, failure: &Failure, look: Look) -> Vec<String> {
    let mut lines = Vec::new();
    if let Some(step) = &failure.step {
        lines.push(facts::labelled("check", &format!("{}:{}", context.file, step.line), look));
    }
    let seed =
        context.scenario.observation.as_ref().map(|observation| format!(" --seed {}", observation.seed));
    let again = format!(
        "checker run {} --only {}{}",
        context.short,
        context.scenario.number,
        seed.unwrap_or_default()
    );
    lines.push(facts::labelled("again", &again, look));
    lines
}

/// `step 5 of 9, round #12`.
fn place(step: &StepPlace) -> String {
    let mut text = match step.number {
        0 => "after the last step".to_owned(),
        number => format!("step {number} of {}", step.total),
    };
    if !step.rounds.is_empty() {
        let rounds: Vec<String> = step.rounds.iter().map(|round| format!("#{round}")).collect();
        text += &format!(", round {}", rounds.join(", "));
    }
    text
}

/// The heading with its mark, `right` at the right edge.
fn heading(title: &str, right: &str, look: Look) -> Vec<String> {
    let mut lines = wrap(title, look.columns() - 2);
    let last = lines.pop().unwrap_or_default();
    let mut ends = match edges(&last, right, look.columns() - 2) {
        Some(_) => vec![(last, right)],
        None => vec![(last, ""), (String::new(), right)],
    };
    let mut titles: Vec<(String, &str)> = lines.into_iter().map(|line| (line, "")).collect();
    titles.append(&mut ends);
    let mark = look.paint(Paint::Bad, "✗");
    titles
        .iter()
        .enumerate()
        .map(|(i, (title, right))| {
            let gap = edges(title, right, look.columns() - 2).unwrap_or_default();
            let blanks = &gap[title.len()..gap.len() - right.len()];
            let mark = if i == 0 { &mark } else { " " };
            format!("{mark} {}{blanks}{}", look.paint(Paint::Heading, title), look.paint(Paint::Dim, right))
        })
        .collect()
}

fn indented(text: &str, look: Look) -> Vec<String> {
    wrap(text, look.columns() - 2).iter().map(|line| format!("  {line}")).collect()
}
