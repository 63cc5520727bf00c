//! A line for a scenario, and one for an exercise.

use super::look::{Look, Paint};
use super::text::{cut, edges, wrap};
use crate::verdict::explain::literal::harmless;
use crate::verdict::explain::words;
use crate::verdict::outcome::{Judged, Verdict};

/// One scenario in a line: `✓ bob is answered    2 points  0.3 s`. One that was not graded may need more.
pub fn scenario(judged: &Judged, look: Look) -> String {
    let name = harmless(judged.name.as_bytes());
    let points = words::count(u64::from(judged.points), "point", "points");
    let took = match &judged.observation {
        _ if judged.known => format!("{:>8}", "before"),
        Some(observation) => format!("{:>8}", words::duration(observation.took_us / 1000)),
        None => String::new(),
    };
    match &judged.verdict {
        Verdict::Passed => {
            let flaky = if judged.flaky { "on the second try  " } else { "" };
            line(look, (Paint::Good, "✓"), &name, &format!("{flaky}{points}{took}"))
        }
        Verdict::Failed(_) => line(look, (Paint::Bad, "✗"), &name, &format!("0 of {points}{took}")),
        Verdict::Skipped(after) => {
            let after = harmless(after.as_bytes());
            let lines = wrap(&format!("{name}: skipped, until \"{after}\" passes"), look.columns() - 2);
            format!("{} {}\n", look.paint(Paint::Dim, "–"), lines.join("\n  "))
        }
        Verdict::NotGraded(fault) => {
            let reason = harmless(fault.message.as_bytes());
            let lines = wrap(&format!("{name}: not graded: {reason}"), look.columns() - 2);
            format!("{} {}\n", look.paint(Paint::Note, "–"), lines.join("\n  "))
        }
    }
}

fn line(look: Look, (paint, mark): (Paint, &str), name: &str, right: &str) -> String {
    let room = look.columns() - 2;
    let name = cut(name, room.saturating_sub(right.chars().count() + 2));
    let text = edges(&name, right, room).unwrap_or(name);
    format!("{} {text}\n", look.paint(paint, mark))
}

/// What an exercise came to: `7 of 9 scenarios, 12 of 15 points`.
pub fn summary(scenarios: &[Judged]) -> String {
    let passed = || scenarios.iter().filter(|judged| judged.verdict == Verdict::Passed);
    let sum = |points: &mut dyn Iterator<Item = &Judged>| {
        points.map(|judged| u64::from(judged.points)).sum::<u64>()
    };
    let (got, all) = (sum(&mut passed()), sum(&mut scenarios.iter()));
    let not_graded =
        scenarios.iter().filter(|judged| matches!(judged.verdict, Verdict::NotGraded(_))).count();
    let aside = if not_graded == 0 { String::new() } else { format!(", {not_graded} not graded") };
    format!(
        "{} of {}, {got} of {}{aside}",
        passed().count(),
        words::count(scenarios.len() as u64, "scenario", "scenarios"),
        words::count(all, "point", "points")
    )
}

#[cfg(test)]
mod tests {
    use super::super::samples::Sample;
    use super::*;
    use crate::record::fact::Fact;
    use crate::record::finding::Finding;
    use crate::verdict::outcome::Fault;

    #[test]
    fn lines_and_a_summary() {
        let look = Look { width: 80, color: false };
        let failed = Sample::fact(Finding::Ended, Fact::Ended { part: "server".into() }).judged;
        let passed = Judged { verdict: Verdict::Passed, name: "一百个客户端".into(), ..failed.clone() };
        let flaky = Judged { flaky: true, points: 1, ..passed.clone() };
        let known = Judged { known: true, ..passed.clone() };
        let fault = Fault {
            message: "no space left on /tmp; free some and run it again, nothing is lost by it".into(),
        };
        let not_graded = Judged { verdict: Verdict::NotGraded(fault), observation: None, ..failed.clone() };
        let all = [passed, flaky, known, failed, not_graded];
        let lines: String = all.iter().map(|judged| scenario(judged, look)).collect();
        insta::assert_snapshot!(lines + &summary(&all), @r"
        ✓ 一百个客户端                                                  2 points     5 s
        ✓ 一百个客户端                                on the second try  1 point     5 s
        ✓ 一百个客户端                                                  2 points  before
        ✗ bob is answered while ann stays silent                   0 of 2 points     5 s
        – bob is answered while ann stays silent: not graded: no space left on /tmp;
          free some and run it again, nothing is lost by it
        3 of 5 scenarios, 5 of 9 points, 1 not graded
        ");
    }
}
