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

/// `2026-11-20T10:00:00Z`, `2026-11-20 10:00:00+08:00`, or seconds since 1970.
pub fn parse(text: &str) -> Option<i64> {
    if !text.is_empty() && text.len() <= 12 && text.bytes().all(|byte| byte.is_ascii_digit()) {
        return text.parse().ok();
    }
    let (date, time) = text.split_at_checked(10)?;
    let mut parts = date.split('-').map(|part| number(part, part.len()));
    let (year, month, day) = (parts.next()??, parts.next()??, parts.next()??);
    let time = time.strip_prefix(['T', 't', ' '])?;
    let (clock, zone) = time.split_at_checked(8)?;
    let mut parts = clock.split(':').map(|part| number(part, 2));
    let (hour, minute, second) = (parts.next()??, parts.next()??, parts.next()??);
    let whole = zone.trim_start_matches(|c: char| c == '.' || c.is_ascii_digit());
    let offset = match whole.trim_start() {
        "Z" | "z" | "UTC" => 0,
        zone => {
            let sign = if zone.starts_with('-') { -1 } else { 1 };
            let digits: String = zone.strip_prefix(['+', '-'])?.chars().filter(|c| *c != ':').collect();
            let (hours, minutes) = digits.split_at_checked(2)?;
            sign * (number(hours, 2)? * 3600 + number(minutes, 2)? * 60)
        }
    };
    let valid =
        (1..=12).contains(&month) && (1..=31).contains(&day) && hour < 24 && minute < 60 && second < 61;
    valid.then(|| days(year, month, day) * DAY + hour * 3600 + minute * 60 + second - offset)
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
            ("1795168800", Some(1_795_168_800)),
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
