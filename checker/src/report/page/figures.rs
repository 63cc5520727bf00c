//! Points as they are written, and the middle of many.

use crate::gradebook::record::Record;

/// `54.5`, `54`: no more decimals than there are, and at most two.
pub(super) fn points(points: f64) -> String {
    let text = format!("{points:.2}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" { "0".to_owned() } else { text.to_owned() }
}

/// The middle one, or the mean of the two in the middle; None of none.
pub(super) fn median(mut values: Vec<f64>) -> Option<f64> {
    values.sort_by(f64::total_cmp);
    let upper = *values.get(values.len() / 2)?;
    Some(if values.len() % 2 == 1 { upper } else { (values[values.len() / 2 - 1] + upper) / 2.0 })
}

/// What the course can give: the most that any record says.
pub(super) fn possible<'a>(records: impl Iterator<Item = &'a Record>) -> f64 {
    records.map(|record| record.points_possible).filter(|points| points.is_finite()).fold(0.0, f64::max)
}

/// `12 %` of `part` in `whole`; a part that is there is never 0 %, and one that is not all never 100 %.
pub(super) fn percent(part: usize, whole: usize) -> String {
    let share = (100.0 * part as f64 / whole.max(1) as f64).round() as usize;
    let shown = match part {
        0 => 0,
        part if part < whole => share.clamp(1, 99),
        _ => share,
    };
    format!("{shown} %")
}

/// `1 student`, `2 students`.
pub(super) fn many(count: usize, one: &str, more: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { more })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_have_the_decimals_they_need() {
        for (value, shown) in [(54.0, "54"), (54.5, "54.5"), (0.126, "0.13"), (100.0, "100"), (-0.001, "0")] {
            assert_eq!(points(value), shown);
        }
    }

    #[test]
    fn the_middle_of_none_is_none() {
        assert_eq!(median(vec![]), None);
        assert_eq!(median(vec![3.0, 1.0, 2.0]), Some(2.0));
        assert_eq!(median(vec![4.0, 1.0, 2.0, 3.0]), Some(2.5));
    }

    #[test]
    fn a_share_is_not_rounded_away() {
        for (part, whole, shown) in [
            (0, 0, "0 %"),
            (0, 9, "0 %"),
            (1, 300, "1 %"),
            (299, 300, "99 %"),
            (300, 300, "100 %"),
            (1, 3, "33 %"),
        ] {
            assert_eq!(percent(part, whole), shown);
        }
    }
}
