//! `expect` of a stream that is too long to be held: it is compared as it comes.

use std::time::Duration;

use super::expect::Source;
use super::interpreter::{Halt, Script};
use crate::drive::part::buffer::Input;
use crate::drive::wait::{By, Look};
use crate::record::bytes::Excerpt;
use crate::record::fact::{End, Fact, Want};
use crate::scenario::generate::BlobReader;

/// How a comparison with a blob came out.
enum Compared {
    Same,
    Differs,
    Ended(End),
    Moved,
}

pub fn expect(script: &mut Script, source: Source, name: &str) -> Result<(), Halt> {
    let blob = script.values.blob(name)?.clone();
    let mut reader = blob.reader();
    let mut at = 0;
    // The deadline is for standing still, not for a large payload as a whole.
    let outcome = loop {
        let step = script.wait(By::Events, |world| {
            let input = source.input(world)?;
            let before = at;
            Ok(match compare(&mut reader, input, &mut at) {
                Some(done) => Look::Done(done),
                None if at > before => Look::Done(Compared::Moved),
                None if input.end != End::Open => Look::Done(Compared::Ended(input.end)),
                None => Look::Pending,
            })
        })?;
        if !matches!(step, Some(Compared::Moved)) {
            break step;
        }
        script.world.pump(Duration::from_millis(5))?;
    };
    let (differs, end) = match outcome {
        Some(Compared::Same) => return Ok(()),
        Some(Compared::Differs) => (Some(at), End::Open),
        Some(Compared::Ended(end)) => (None, end),
        _ => (None, End::Open),
    };
    let part = source.name(&script.world);
    let unread = source.input(&mut script.world)?.unread();
    let mut got = Excerpt::head(unread);
    got.start += at;
    got.len += at;
    let want = Want::Blob { name: name.to_owned(), len: blob.len };
    Err(Halt::unmet(Fact::Stream { part, want, got, differs, end }))
}

/// Consumes as much as is the same; None where more must come.
fn compare(reader: &mut BlobReader, input: &mut Input, at: &mut u64) -> Option<Compared> {
    loop {
        let want = reader.fill();
        if want.is_empty() {
            return Some(Compared::Same);
        }
        let got = input.unread();
        let n = want.len().min(got.len());
        if n == 0 {
            return None;
        }
        if want[..n] != got[..n] {
            let same = want.iter().zip(got).take_while(|(a, b)| a == b).count();
            input.skip(same);
            *at += same as u64;
            return Some(Compared::Differs);
        }
        reader.consume(n);
        input.skip(n);
        *at += n as u64;
    }
}
