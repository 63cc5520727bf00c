//! A stream that is not as a step wanted it.

use super::case::{Case, Told};
use super::channel::{Channel, meaning};
use super::compare::compare;
use super::literal::harmless_within;
use super::{difference, extra, waiting, words};
use crate::record::bytes::Excerpt;
use crate::record::fact::{End, Want};

/// What came on one stream.
pub(super) struct Came<'a> {
    pub channel: Channel<'a>,
    pub got: &'a Excerpt,
    /// Offset of the first wrong byte.
    pub differs: Option<u64>,
    pub end: End,
}

pub(super) fn tell(case: &Case, want: &Want, came: &Came) -> Told {
    let lead = came.channel.lead(case);
    match want {
        Want::Bytes(bytes) | Want::Datagram { payload: bytes, .. } => these_bytes(case, bytes, came),
        Want::Lines(lines) => {
            let mut expected = vec!["still missing, in any order:".to_owned()];
            expected.extend(lines.iter().take(5).map(|line| case.line(&lead, line, false)));
            if lines.len() > 5 {
                expected.push(format!("and {} more", lines.len() - 5));
            }
            Told { expected, ..some_or_nothing(case, came) }
        }
        Want::Pattern(pattern) => {
            let expected = format!("{lead}a line that matches {}", harmless_within(pattern.as_bytes(), 400));
            Told { expected: vec![expected], ..some_or_nothing(case, came) }
        }
        Want::Blob { name, len } => blob(case, name, *len, came),
        Want::Eof { or_reset } => {
            let what = if came.channel.is_output() { came.channel.name() } else { "the stream" };
            let or = if *or_reset { ", or a reset" } else { "" };
            extra::instead(case, &format!("{lead}the end of {what}{or}"), came, End::Eof)
        }
        Want::Reset => extra::instead(case, &format!("{lead}a reset"), came, End::Reset),
        Want::Nothing { ms: 0 } => extra::instead(case, &format!("{lead}nothing more"), came, End::Open),
        Want::Nothing { ms } => {
            let expected = format!("{lead}nothing for {}", words::duration(*ms));
            extra::instead(case, &expected, came, End::Open)
        }
    }
}

fn these_bytes(case: &Case, want: &Excerpt, came: &Came) -> Told {
    let lead = came.channel.lead(case);
    if came.got.is_empty() {
        return Told { expected: vec![case.line(&lead, want, false)], ..some_or_nothing(case, came) };
    }
    let at = first_difference(want, came.got, came.differs);
    let compared = compare(&lead, want, came.got, at, case.columns);
    let mut got = compared.got;
    let stops = at >= came.got.len;
    if stops {
        let so_far = format!("{} of {}", words::number(at), words::bytes(want.len));
        got.push(came.channel.outcome(case, &so_far, came.end));
    }
    let advice = difference::tell(want, came.got, at)
        .or_else(|| extra::repeated(case, came))
        .or_else(|| stops.then(|| meaning(came.end, came.channel))?);
    Told { expected: vec![compared.expected], got, advice }
}

/// Where the two differ first: told, or found in what is known of both.
pub(super) fn first_difference(want: &Excerpt, got: &Excerpt, told: Option<u64>) -> u64 {
    let from = want.start.max(got.start);
    let rest = |excerpt: &'_ Excerpt| {
        let skip = usize::try_from(from.saturating_sub(excerpt.start)).unwrap_or(usize::MAX);
        excerpt.window.get(skip..).unwrap_or_default().to_vec()
    };
    told.unwrap_or_else(|| {
        let (wanted, came) = (rest(want), rest(got));
        let same = wanted.iter().zip(&came).take_while(|(a, b)| a == b).count();
        // Where no byte that is known differs, the shorter one only stops.
        if same == wanted.len().min(came.len()) {
            want.len.min(got.len)
        } else {
            from.saturating_add(same as u64)
        }
    })
}

/// What came, or that nothing did.
fn some_or_nothing(case: &Case, came: &Came) -> Told {
    let channel = came.channel;
    if !came.got.is_empty() {
        let mut got = vec![case.line(&channel.lead(case), came.got, false)];
        if came.end != End::Open {
            got.push(channel.outcome(case, &words::bytes(came.got.len), came.end));
        }
        let advice = extra::repeated(case, came).or_else(|| meaning(came.end, channel));
        return Told { expected: Vec::new(), got, advice };
    }
    let advice = match came.end {
        End::Open => waiting::advice(case, channel),
        end => meaning(end, channel),
    };
    let got = match (came.end, channel.is_output()) {
        (End::Open, _) => channel.outcome(case, "nothing", End::Open),
        (End::Eof, true) => format!("nothing: {} ended before anything came", channel.name()),
        (End::Eof, false) => "the end of the stream, before anything came".into(),
        (End::Reset, _) => "a reset, before anything came".into(),
    };
    Told { expected: Vec::new(), got: vec![got], advice }
}

fn blob(case: &Case, name: &str, len: u64, came: &Came) -> Told {
    let (lead, channel) = (came.channel.lead(case), came.channel);
    let expected = format!("{lead}the {} of `{name}`", words::bytes(len));
    let Some(at) = came.differs.filter(|&at| at < came.got.len) else {
        if came.got.is_empty() {
            return Told { expected: vec![expected], ..some_or_nothing(case, came) };
        }
        let so_far = format!("{} of {}", words::number(came.got.len), words::bytes(len));
        let told = Told::new(expected, format!("{lead}{}", channel.outcome(case, &so_far, came.end)));
        return Told { advice: meaning(came.end, channel), ..told };
    };
    let skip = usize::try_from(at.saturating_sub(came.got.start)).unwrap_or(usize::MAX);
    let window = came.got.window.get(skip..).unwrap_or_default().to_vec();
    let wrong = Excerpt { len: came.got.len, start: at, window };
    let told = Told::new(expected, case.line(&lead, &wrong, true));
    let place = format!("the first {} are right, then it differs", words::bytes(at));
    Told { got: [told.got, vec![place]].concat(), ..told }
}
