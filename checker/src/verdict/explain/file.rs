//! A file that is not as it should be.

use super::case::{Case, Told};
use super::compare::compare;
use super::literal::{harmless, harmless_within};
use super::{difference, words};
use crate::record::fact::FileFound;

pub(super) fn tell(case: &Case, path: &str, want: &str, found: &FileFound) -> Told {
    let path = harmless(path.as_bytes());
    let expected = format!("{path}: {}", harmless(want.as_bytes()));
    match found {
        FileFound::Missing => Told::new(expected, "there is no such file"),
        FileFound::Kind(kind) => Told::new(expected, format!("it is {}", harmless(kind.as_bytes()))),
        FileFound::Present { len } => Told::new(
            expected,
            format!("it is there, with {}", words::bytes(*len)),
        )
        .advise(
            "A file stands under its final name only when it is whole: write it under another name beside \
                 it, and rename it at the end.",
        ),
        FileFound::Neighbours(names) => {
            const MOST: usize = 5;
            let mut shown: Vec<String> =
                names.iter().take(MOST).map(|name| harmless_within(name.as_bytes(), 60)).collect();
            shown.extend((names.len() > MOST).then(|| format!("{} more", names.len() - MOST)));
            Told::new(expected, format!("beside it there is {}", words::listed(&shown)))
                .advise("What is written on the way has to be removed again, also when something fails.")
        }
        FileFound::Differs { at, want, got } => {
            let compared = compare("", want, got, *at, case.columns);
            let advice = difference::tell(want, got, *at);
            Told { expected: vec![expected, compared.expected], got: compared.got, advice }
        }
    }
}
