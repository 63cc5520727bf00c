//! Long runs beside the two plain compilations of the same programs: of each different one, and of all.

use crate::figures::Spread;
use crate::machine;
use crate::table::Table;

/// What was measured: names, and milliseconds. The first two are the plain compilations, of so many programs, with
/// these flags.
pub fn table(
    title: String,
    programs: [usize; 2],
    flags: &[&str],
    checkers: impl Iterator<Item = String>,
    times: &[Vec<f64>],
) -> Table {
    let seconds = |times: &[f64]| {
        let Spread { median, min, max } = Spread::of(times);
        format!("{:.2} ({:.2}–{:.2})", median / 1000.0, min / 1000.0, max / 1000.0)
    };
    let [distinct, every] = programs;
    let plain = [
        format!("rustc alone, each of {distinct} different programs once"),
        format!("rustc alone, all {every} programs"),
    ];
    let ratio = |own: &[f64], to: &[f64]| Spread::of_ratios(own, to).to_string();
    let rows = plain.into_iter().chain(checkers).zip(times);
    let rows = rows.map(|(name, own)| vec![name, seconds(own), ratio(own, &times[0]), ratio(own, &times[1])]);
    let head = ["", "s", "÷ different programs once", "÷ all programs"].map(str::to_owned).to_vec();
    let notes = vec![
        format!("Median (min–max) of {} rounds in turn.", times[0].len()),
        format!("rustc: {} at a time, {}.", machine::processors(), flags.join(" ")),
    ];
    Table { title, head, rows: rows.collect(), notes }
}
