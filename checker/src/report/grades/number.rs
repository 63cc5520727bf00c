//! Points and times as numbers.

/// `points` with at most three decimals, without zeros at the end: `7`, `7.5`.
pub(super) fn points(points: f64) -> String {
    let text = format!("{:.3}", rounded(points));
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// To three decimals; a negative zero is a zero.
pub(super) fn rounded(number: f64) -> f64 {
    (number * 1000.0).round() / 1000.0 + 0.0
}

/// Milliseconds as seconds, which has three decimals by itself.
pub(super) fn seconds(ms: u64) -> f64 {
    ms as f64 / 1000.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_have_no_more_decimals_than_they_need() {
        for (number, text) in [(7.0, "7"), (7.5, "7.5"), (0.1 + 0.2, "0.3"), (-0.0, "0"), (100.0, "100")] {
            assert_eq!(points(number), text);
        }
        assert_eq!(seconds(1234), 1.234);
    }
}
