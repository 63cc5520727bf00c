//! Days after the deadline, and what they cost.

use std::fmt;
use std::str::FromStr;

use crate::gradebook::record::Record;
use crate::report::grades::utc;

const DAY: i64 = 24 * 60 * 60;

/// When submissions were due, and what it costs to be late.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Late {
    /// Seconds since 1970 (UTC); None: nothing is late.
    pub deadline: Option<i64>,
    pub policy: Policy,
}

/// What is taken off for each begun day.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub enum Policy {
    /// Late days are told, and cost nothing.
    #[default]
    Free,
    /// So many hundredths of the points that were reached, `most` at most.
    Percent { a_day: f64, most: f64 },
    /// So many points, `most` at most.
    Points { a_day: f64, most: f64 },
}

/// Why a policy can't be read: the place in it, from 1, and the cure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PolicyError {
    column: usize,
    what: String,
}

impl Late {
    /// Begun days after the deadline; 0 in time, and where nothing tells the time.
    pub fn days(&self, submitted_at: Option<i64>) -> u32 {
        let after = self.deadline.zip(submitted_at).map_or(0, |(due, at)| at.saturating_sub(due));
        u32::try_from(after.max(0).unsigned_abs().div_ceil(DAY.unsigned_abs())).unwrap_or(u32::MAX)
    }

    /// What is taken off `points` after `days`: hundredths of a point are the finest. Never more than there is.
    pub fn penalty(&self, points: f64, days: u32) -> f64 {
        let days = f64::from(days);
        let off = match self.policy {
            Policy::Free => 0.0,
            Policy::Percent { a_day, most } => points * (a_day * days).min(most) / 100.0,
            Policy::Points { a_day, most } => (a_day * days).min(most),
        };
        ((off * 100.0).round() / 100.0).clamp(0.0, points.max(0.0))
    }

    /// Sets the late days of a record, and what they cost, by its own time and points.
    pub fn charge(&self, record: &mut Record) {
        record.days_late = self.days(record.submitted_at);
        record.penalty = self.penalty(record.points, record.days_late);
    }
}

/// `due 2026-11-20T12:00:00Z, 10%/day`; `no deadline`.
impl fmt::Display for Late {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.deadline, self.policy) {
            (None, _) => f.write_str("no deadline"),
            (Some(due), Policy::Free) => write!(f, "due {}, late days cost nothing", utc(due)),
            (Some(due), policy) => write!(f, "due {}, {policy}", utc(due)),
        }
    }
}

/// As [`Policy::from_str`] reads it.
impl fmt::Display for Policy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Policy::Free => f.write_str("none"),
            Policy::Percent { a_day, most } => {
                write!(f, "{a_day}%/day")?;
                if *most < 100.0 { write!(f, ",max {most}%") } else { Ok(()) }
            }
            Policy::Points { a_day, most } => {
                write!(f, "{a_day} points/day")?;
                if most.is_finite() { write!(f, ",max {most} points") } else { Ok(()) }
            }
        }
    }
}

impl fmt::Display for PolicyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "--late-policy, column {}: {}; write `10%/day`, `2 points/day`, or one of them with `,max 50%` or \
             `,max 6 points` behind it",
            self.column, self.what
        )
    }
}

/// `AMOUNT/day`, and `,max AMOUNT` behind it; an amount is `10%` or `2 points`. `none` is [`Policy::Free`].
impl FromStr for Policy {
    type Err = PolicyError;

    fn from_str(text: &str) -> Result<Self, PolicyError> {
        if text.trim() == "none" {
            return Ok(Policy::Free);
        }
        let (first, second) = match text.split_once(',') {
            Some((first, second)) => (first, Some(second)),
            None => (text, None),
        };
        let fault = |column, what: &str| PolicyError { column, what: what.to_owned() };
        let Some(daily) = first.trim_end().strip_suffix("/day") else {
            return Err(fault(first.chars().count() + 1, "`/day` is expected here"));
        };
        let (a_day, percent) = amount(daily, 1)?;
        let mut most = if percent { 100.0 } else { f64::INFINITY };
        if let Some(second) = second {
            let column = first.chars().count() + 2;
            let rest = second.trim_start();
            let begin = column + second.chars().count() - rest.chars().count();
            let Some(rest) = rest.strip_prefix("max ") else {
                return Err(fault(begin, "`max` and an amount are expected here"));
            };
            let (bound, same) = amount(rest, begin + 4)?;
            if same != percent {
                return Err(fault(begin + 4, "both amounts must be per cent, or both points"));
            }
            most = bound;
        }
        Ok(if percent { Policy::Percent { a_day, most } } else { Policy::Points { a_day, most } })
    }
}

/// A number, and whether it is one of per cent.
fn amount(text: &str, column: usize) -> Result<(f64, bool), PolicyError> {
    let fault = |what: String| PolicyError { column, what };
    let text = text.trim();
    let (number, percent) = match text.strip_suffix('%') {
        Some(number) => (number, true),
        None => match text.strip_suffix("points").or_else(|| text.strip_suffix("point")) {
            Some(number) => (number, false),
            None => return Err(fault(format!("`{text}` is no amount"))),
        },
    };
    let number = number.trim();
    let plain = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    match number.parse::<f64>() {
        Ok(value) if plain && value <= if percent { 100.0 } else { 1e6 } => Ok((value, percent)),
        Ok(_) if plain => Err(fault(format!("{number} is too much"))),
        _ => Err(fault(format!("`{number}` is no number"))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn begun_days_count() {
        let late = Late { deadline: Some(1000), policy: Policy::Free };
        let rows = [
            (None, 0),
            (Some(0), 0),
            (Some(1000), 0),
            (Some(1001), 1),
            (Some(1000 + DAY), 1),
            (Some(1001 + DAY), 2),
            (Some(i64::MAX), u32::MAX),
        ];
        for (at, days) in rows {
            assert_eq!(late.days(at), days, "{at:?}");
        }
        assert_eq!(Late::default().days(Some(5)), 0);
    }

    #[test]
    fn what_it_costs() {
        for (policy, points, days, off) in [
            ("none", 20.0, 3, 0.0),
            ("10%/day", 20.0, 0, 0.0),
            ("10%/day", 20.0, 3, 6.0),
            ("10%/day", 20.0, 30, 20.0),
            ("10%/day,max 50%", 20.0, 30, 10.0),
            ("2 points/day", 20.0, 3, 6.0),
            ("2 points/day", 5.0, 3, 5.0),
            ("1 point/day, max 2.5 points", 20.0, 9, 2.5),
            ("33.3%/day", 10.0, 1, 3.33),
        ] {
            let late = Late { deadline: None, policy: policy.parse().unwrap() };
            assert_eq!(late.policy.to_string().parse(), Ok(late.policy), "{policy}");
            assert!((late.penalty(points, days) - off).abs() < 1e-9, "{policy} {points} {days}");
        }
    }

    #[test]
    fn what_cannot_be_read_is_said_with_its_place() {
        for (text, column, what) in [
            ("10%", 4, "`/day`"),
            ("", 1, "`/day`"),
            ("ten%/day", 1, "`ten` is no number"),
            ("10/day", 1, "`10` is no amount"),
            ("101%/day", 1, "101 is too much"),
            ("-1%/day", 1, "`-1` is no number"),
            ("10%/day,50%", 9, "`max`"),
            ("10%/day, max 5 points", 14, "both amounts"),
            ("10%/day,max x%", 13, "`x` is no number"),
        ] {
            let error = text.parse::<Policy>().unwrap_err();
            assert_eq!(error.column, column, "{text}: {error}");
            assert!(error.to_string().contains(what), "{text}: {error}");
        }
    }
}
