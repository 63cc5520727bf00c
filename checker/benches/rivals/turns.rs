//! Turns: whatever slows the machine for a while slows all.

use crate::contestant::Contestant;
use crate::edit::Marks;
use crate::stopwatch::{Lap, Stopwatch};

/// Measures all of them `rounds` times, one after another in each round, each time another one first. The
/// round before does not count. The laps come by contestant, then by round.
pub fn take(
    stopwatch: &Stopwatch,
    contestants: &[Contestant],
    rounds: usize,
    marks: &mut Marks,
) -> Result<Vec<Vec<Lap>>, String> {
    let mut laps = vec![Vec::with_capacity(rounds); contestants.len()];
    for round in 0..=rounds {
        for place in 0..contestants.len() {
            let turn = (place + round) % contestants.len();
            let lap = contestants[turn].run.once(stopwatch, marks)?;
            if round > 0 {
                laps[turn].push(lap);
            }
        }
    }
    Ok(laps)
}

/// The milliseconds of some laps.
pub fn times(laps: &[Lap]) -> Vec<f64> {
    laps.iter().map(|lap| lap.ms).collect()
}
