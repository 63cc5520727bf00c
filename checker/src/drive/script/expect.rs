//! `expect` on streams: connections, a program's output, a relay's two sides.

use std::time::Duration;

use super::interpreter::{Halt, Script};
use super::{blob, connect, datagram};
use crate::drive::part::Part;
use crate::drive::part::buffer::Input;
use crate::drive::wait::{By, Look, Until};
use crate::drive::world::World;
use crate::record::bytes::Excerpt;
use crate::record::fact::{End, Fact, Want};
use crate::scenario::matcher::{self, Match};
use crate::scenario::step::{Channel, Data, Expected, PartRef};
use crate::scenario::template::Template;

pub fn expect(
    script: &mut Script,
    of: &PartRef,
    what: &Expected,
    or_nothing_ms: Option<u64>,
) -> Result<(), Halt> {
    for slot in script.names.all(&of.part) {
        if let Some(ms) = or_nothing_ms
            && !comes(script, Source { slot, channel: of.channel }, Duration::from_millis(ms))?
        {
            continue;
        }
        match (&script.world.slots[slot].part, what) {
            (Part::Udp(_), _) => datagram::expect(script, slot, what)?,
            (Part::Listener(_), Expected::NothingMs(ms)) => nobody(script, slot, *ms)?,
            _ => stream(script, Source { slot, channel: of.channel }, what)?,
        }
    }
    Ok(())
}

/// Whether anything comes, within `patience` or before it is certain that nothing will.
fn comes(script: &mut Script, source: Source, patience: Duration) -> Result<bool, Halt> {
    let came = script.wait_for(patience, Until::Standstill, By::Events, |world| {
        if let Part::Udp(udp) = &world.slots[source.slot].part {
            return Ok(if udp.received.is_empty() { Look::Pending } else { Look::Done(true) });
        }
        let input = source.input(world)?;
        Ok(match input.end {
            _ if !input.unread().is_empty() => Look::Done(true),
            End::Eof => Look::Done(false),
            End::Reset => Look::Done(true),
            End::Open => Look::Pending,
        })
    })?;
    Ok(came.unwrap_or(false))
}

/// So many bytes are expected to come in crumbs.
const MUCH: usize = 16 * 1024;
/// Of such a mass some has to come in each deadline, and all in so many.
const MOST_PATIENCE: u32 = 12;

/// Where a stream's bytes come in.
#[derive(Debug, Clone, Copy)]
pub struct Source {
    slot: usize,
    channel: Option<Channel>,
}

impl Source {
    pub fn input(self, world: &mut World) -> std::io::Result<&mut Input> {
        match (&mut world.slots[self.slot].part, self.channel) {
            (Part::Conn(conn), None) => Ok(&mut conn.input),
            (Part::Program(program), Some(Channel::Stdout)) => Ok(&mut program.stdout.input),
            (Part::Program(program), Some(Channel::Stderr)) => Ok(&mut program.stderr.input),
            (Part::Relay(relay), Some(Channel::Up)) => Ok(&mut relay.up),
            (Part::Relay(relay), Some(Channel::Down)) => Ok(&mut relay.down),
            _ => Err(std::io::Error::other("a part without a stream is expected to say something")),
        }
    }

    pub fn name(self, world: &World) -> String {
        let label = &world.slots[self.slot].label;
        match self.channel {
            Some(channel) => format!("{label}.{}", channel.name()),
            None => label.clone(),
        }
    }
}

fn stream(script: &mut Script, source: Source, what: &Expected) -> Result<(), Halt> {
    match what {
        Expected::Data(Data::Blob(name)) => blob::expect(script, source, name),
        Expected::Data(data) => {
            let want = script.values.data(data, &script.world, &script.names)?.unwrap_or_default();
            let by = if want.len() < MUCH { By::Events } else { By::Gathering };
            let matched = |got: &[u8]| matcher::bytes(&want, got);
            stream_of(script, source, by, matched, |got, differs| match differs {
                Some(at) => {
                    let (want, got) = Excerpt::pair(&want, got, at);
                    (Want::Bytes(want), got)
                }
                // Where it stops is what is to be seen.
                None => {
                    let (want, got) = Excerpt::pair(&want, got, got.len());
                    (Want::Bytes(want), got)
                }
            })
        }
        Expected::Lines(lines) => {
            let wants: Vec<Vec<u8>> = lines
                .iter()
                .map(|line| Ok([script.bytes(line)?, b"\n".to_vec()].concat()))
                .collect::<Result<_, Halt>>()?;
            let matched = |got: &[u8]| matcher::lines(&wants, got);
            stream_of(script, source, By::Events, matched, |got, _| {
                let (missing, at) = matcher::lines_missing(&wants, got);
                // Behind a wrong line others may have come all the same.
                let came: Vec<&[u8]> = got[at..].split_inclusive(|&byte| byte == b'\n').collect();
                let absent = |line: &&&Vec<u8>| !came.contains(&line.as_slice());
                let absent: Vec<_> = missing.iter().filter(absent).copied().collect();
                // Where all have, what is wrong is only that they come too late.
                let told = if absent.is_empty() { missing } else { absent };
                let missing = told.into_iter().map(|line| Excerpt::head(line)).collect();
                (Want::Lines(missing), Excerpt::head(&got[at..]))
            })
        }
        Expected::Matches(pattern) => matches(script, source, pattern),
        Expected::Eof { or_reset } => end(script, source, End::Eof, *or_reset),
        Expected::Reset => end(script, source, End::Reset, true),
        Expected::NothingMs(ms) => nothing(script, source, *ms),
        Expected::Datagram { .. } => Err(Halt::Fault("a stream has no datagrams".into())),
    }
}

/// How a wish about a stream came out, when it was not met.
enum Miss {
    Differs(usize),
    Ended(End),
}

/// Waits until the bytes that came are matched, and consumes them; gives them back.
fn matched(
    script: &mut Script,
    source: Source,
    by: By,
    matched: impl Fn(&[u8]) -> Match,
) -> Result<Result<Vec<u8>, Option<Miss>>, Halt> {
    let mut look = |world: &mut World| {
        let input = source.input(world)?;
        Ok(match matched(input.unread()) {
            Match::Met(n) => {
                let taken = input.unread()[..n].to_vec();
                input.consume(n);
                Look::Done(Ok(taken))
            }
            Match::Differs(at) => Look::Done(Err(Miss::Differs(at))),
            Match::More if input.end != End::Open => Look::Done(Err(Miss::Ended(input.end))),
            Match::More if !input.has_room() => Look::Done(Err(Miss::Differs(input.unread().len()))),
            Match::More => Look::Pending,
        })
    };
    // What is much may come slowly: as long as more of it comes, it is waited for.
    let mut patience = if by == By::Gathering { MOST_PATIENCE } else { 1 };
    let outcome = loop {
        let before = source.input(&mut script.world)?.total;
        let outcome = script.wait(by, &mut look)?;
        patience -= 1;
        if outcome.is_some() || patience == 0 || source.input(&mut script.world)?.total == before {
            break outcome;
        }
    };
    Ok(match outcome {
        Some(Ok(taken)) => Ok(taken),
        Some(Err(miss)) => Err(Some(miss)),
        None => Err(None),
    })
}

fn stream_of(
    script: &mut Script,
    source: Source,
    by: By,
    matches: impl Fn(&[u8]) -> Match,
    shown: impl Fn(&[u8], Option<usize>) -> (Want, Excerpt),
) -> Result<(), Halt> {
    let miss = match matched(script, source, by, matches)? {
        Ok(_) => return Ok(()),
        Err(miss) => miss,
    };
    Err(missed(script, source, miss.as_ref(), shown)?)
}

/// The fact of a wish that was not met. What belongs to the wrong line may still be on its way: it is
/// given a moment, so that the student sees all of it.
fn missed(
    script: &mut Script,
    source: Source,
    miss: Option<&Miss>,
    shown: impl Fn(&[u8], Option<usize>) -> (Want, Excerpt),
) -> Result<Halt, Halt> {
    let differs = match miss {
        Some(Miss::Differs(at)) => {
            let at = *at;
            script.wait_for(Duration::from_millis(50), Until::Standstill, By::Events, |world| {
                let input = source.input(world)?;
                let whole =
                    input.unread()[at.min(input.unread().len())..].contains(&b'\n') || input.end != End::Open;
                Ok(if whole { Look::Done(()) } else { Look::Pending })
            })?;
            Some(at)
        }
        _ => None,
    };
    let part = source.name(&script.world);
    let input = source.input(&mut script.world)?;
    let (want, got) = shown(input.unread(), differs);
    let end = match miss {
        Some(Miss::Ended(end)) => *end,
        _ => input.end,
    };
    Ok(Halt::unmet(Fact::Stream { part, want, got, differs: differs.map(|at| at as u64), end }))
}

fn matches(script: &mut Script, source: Source, template: &Template) -> Result<(), Halt> {
    let pattern = connect::pattern(script, template)?;
    let shown = connect::regex_text(script, template)?;
    match matched(script, source, By::Events, |got| matcher::pattern(&pattern, got))? {
        Ok(line) => {
            connect::catch_groups(script, source.slot, &pattern, &line);
            Ok(())
        }
        Err(miss) => Err(missed(script, source, miss.as_ref(), |got, _| {
            (Want::Pattern(shown.clone()), Excerpt::head(got))
        })?),
    }
}

fn end(script: &mut Script, source: Source, want: End, or_reset: bool) -> Result<(), Halt> {
    let right = |end: End| end == want || (or_reset && end == End::Reset);
    let outcome = script.wait(By::Events, |world| {
        let input = source.input(world)?;
        Ok(match input.end {
            _ if !input.unread().is_empty() => Look::Done(Err(Miss::Differs(0))),
            End::Open => Look::Pending,
            end if right(end) => Look::Done(Ok(())),
            end => Look::Done(Err(Miss::Ended(end))),
        })
    })?;
    let miss = match outcome {
        Some(Ok(())) => return Ok(()),
        Some(Err(miss)) => Some(miss),
        None => None,
    };
    let wish = if want == End::Eof { Want::Eof { or_reset } } else { Want::Reset };
    Err(missed(script, source, miss.as_ref(), |got, _| (wish.clone(), Excerpt::head(got)))?)
}

fn nothing(script: &mut Script, source: Source, ms: u64) -> Result<(), Halt> {
    let came = script.wait_for(Duration::from_millis(ms), Until::Standstill, By::Events, |world| {
        let input = source.input(world)?;
        Ok(match input.end {
            _ if !input.unread().is_empty() => Look::Done(Miss::Differs(0)),
            End::Open => Look::Pending,
            end => Look::Done(Miss::Ended(end)),
        })
    })?;
    // That the program ended, and its output with it, is not something that came.
    let printed = matches!(source.channel, Some(Channel::Stdout | Channel::Stderr));
    match came {
        None => Ok(()),
        Some(Miss::Ended(_)) if printed => Ok(()),
        Some(miss) => {
            Err(missed(script, source, Some(&miss), |got, _| (Want::Nothing { ms }, Excerpt::head(got)))?)
        }
    }
}

fn nobody(script: &mut Script, listener: usize, ms: u64) -> Result<(), Halt> {
    let came = script.wait_for(Duration::from_millis(ms), Until::Standstill, By::Events, |world| {
        Ok(if connect::who_came(world, listener).is_empty() { Look::Pending } else { Look::Done(()) })
    })?;
    if came.is_none() {
        return Ok(());
    }
    let part = script.world.slots[listener].label.clone();
    Err(Halt::unmet(Fact::Unwanted { part, connections: connect::who_came(&script.world, listener) }))
}
