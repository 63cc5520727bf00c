//! Times as archives, rosters and commits have them, all to seconds since 1970 (UTC).

const DAY: i64 = 24 * 60 * 60;

/// A zip's date and time. It is the clock on the wall of whoever packed it, without a zone: taken for this
/// machine's zone, as students and their instructor mostly share one.
pub(super) fn from_dos(date: u16, time: u16) -> Option<i64> {
    // Its first day is what programs write that know no time.
    if date == (1 << 5) | 1 {
        return None;
    }
    let (date, time) = (libc::c_int::from(date), libc::c_int::from(time));
    let (month, day) = ((date >> 5) & 15, date & 31);
    if !(1..=12).contains(&month) || day == 0 {
        return None;
    }
    // SAFETY: `tm` is numbers and a pointer, for which zeros are valid values.
    let mut wall: libc::tm = unsafe { std::mem::zeroed() };
    wall.tm_year = (date >> 9) + 80;
    wall.tm_mon = month - 1;
    wall.tm_mday = day;
    wall.tm_hour = time >> 11;
    wall.tm_min = (time >> 5) & 63;
    wall.tm_sec = (time & 31) * 2;
    wall.tm_isdst = -1;
    // SAFETY: reads and writes `wall` alone, which outlives the call.
    let seconds = unsafe { libc::mktime(&raw mut wall) };
    (seconds != -1).then_some(seconds)
}

/// `2026-11-20T10:00:00Z`, `2026-11-20 10:00:00+08:00`, or the ten digits of seconds since 1970: with fewer it may be
/// a date, with more it may be milliseconds.
pub fn parse(text: &str) -> Option<i64> {
    if let Some(seconds) = number(text, 10) {
        return (seconds >= 1_000_000_000).then_some(seconds);
    }
    let (date, time) = text.split_at_checked(10)?;
    let day = day(date)?;
    let (clock, rest) = time.strip_prefix(['T', 't', ' '])?.split_at_checked(8)?;
    let zone = match rest.strip_prefix('.') {
        Some(fraction) => fraction.trim_start_matches(|c: char| c.is_ascii_digit()),
        None => rest,
    };
    Some(day * DAY + second(clock)? - offset(zone.trim_start())?)
}

/// `2026-11-20`, in days since 1970.
fn day(date: &str) -> Option<i64> {
    let (year, rest) = date.split_once('-')?;
    let (month, day) = rest.split_once('-')?;
    let (year, month, day) = (number(year, 4)?, number(month, 2)?, number(day, 2)?);
    let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let last = match month {
        2 if is_leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    };
    ((1..=12).contains(&month) && (1..=last).contains(&day)).then(|| days(year, month, day))
}

/// `10:00:00`, in seconds; a minute may have one more.
fn second(clock: &str) -> Option<i64> {
    let (hour, rest) = clock.split_once(':')?;
    let (minute, second) = rest.split_once(':')?;
    let (hour, minute, second) = (number(hour, 2)?, number(minute, 2)?, number(second, 2)?);
    (hour < 24 && minute < 60 && second < 61).then_some(hour * 3600 + minute * 60 + second)
}

/// `Z`, `UTC`, `+08:00` or `-0500`, in seconds that the clock on the wall is ahead; no zone is ahead by 15 hours.
fn offset(zone: &str) -> Option<i64> {
    if ["Z", "z", "UTC"].contains(&zone) {
        return Some(0);
    }
    let sign = if zone.starts_with('-') { -1 } else { 1 };
    let (hours, minutes) = zone.strip_prefix(['+', '-'])?.split_at_checked(2)?;
    let minutes = minutes.strip_prefix(':').unwrap_or(minutes);
    let (hours, minutes) = (number(hours, 2)?, number(minutes, 2)?);
    (hours < 15 && minutes < 60).then_some(sign * (hours * 3600 + minutes * 60))
}

/// Seconds since 1970, as a commit has them.
pub(super) fn of_commit(text: &str) -> Option<i64> {
    (text.len() <= 12).then(|| number(text, text.len()))?
}

fn number(text: &str, length: usize) -> Option<i64> {
    let digits = text.len() == length && !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    digits.then(|| text.parse().ok())?
}

/// Days since 1970-01-01 in the calendar of today; years begin in March, so that a leap day comes last.
fn days(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let (era, of_era) = (year.div_euclid(400), year.rem_euclid(400));
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read() {
        for (text, seconds) in [
            ("1970-01-01T00:00:00Z", Some(0)),
            ("2026-11-20T10:00:00Z", Some(1_795_168_800)),
            ("2026-11-20 18:00:00+08:00", Some(1_795_168_800)),
            ("2026-11-20T05:00:00.123-0500", Some(1_795_168_800)),
            ("2026-11-20 10:00:00 UTC", Some(1_795_168_800)),
            ("2024-02-29T23:59:59Z", Some(1_709_251_199)),
            ("2000-02-29T00:00:00Z", Some(951_782_400)),
            ("2026-11-20T10:00:00+14:00", Some(1_795_118_400)),
            ("1795168800", Some(1_795_168_800)),
            ("20261120", None),
            ("202611201000", None),
            ("1795168800000", None),
            ("0000000005", None),
            ("5", None),
            ("2026-02-29T10:00:00Z", None),
            ("1900-02-29T10:00:00Z", None),
            ("2026-11-31T10:00:00Z", None),
            ("2026-11-00T10:00:00Z", None),
            ("2026-11-20T10:00:00+15:00", None),
            ("2026-11-20T10:00:00+99:99", None),
            ("2026-11-20T10:00:00+08:60", None),
            ("2026-11-20T10:00:00+8:000", None),
            ("2026-11-20T10:00:0099Z", None),
            ("2-011-0020T10:00:00Z", None),
            ("2026-11-20T10:00:00", None),
            ("2026-13-20T10:00:00Z", None),
            ("2026-11-20", None),
            ("yesterday", None),
            ("", None),
            ("学学学学学学学", None),
        ] {
            assert_eq!(parse(text), seconds, "{text}");
        }
    }

    #[test]
    fn a_zip_without_a_date_has_no_time() {
        assert_eq!(from_dos(0, 0), None);
        assert_eq!(from_dos((1 << 5) | 1, 0), None);
        let noon = from_dos((46 << 9) | (11 << 5) | 20, 12 << 11).unwrap();
        assert!((noon - 1_795_176_000).abs() <= 14 * 3600, "{noon}");
    }
}
