//! From many measurements to a few figures.

use std::fmt;

/// Median, smallest and largest.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Spread {
    pub median: f64,
    pub min: f64,
    pub max: f64,
}

impl Spread {
    /// Of at least one number; of none, all are NaN.
    pub fn of(numbers: &[f64]) -> Self {
        let mut sorted = numbers.to_vec();
        sorted.sort_by(f64::total_cmp);
        let (Some(min), Some(max)) = (sorted.first(), sorted.last()) else {
            return Spread { median: f64::NAN, min: f64::NAN, max: f64::NAN };
        };
        let half = sorted.len() / 2;
        let median =
            if sorted.len() % 2 == 1 { sorted[half] } else { (sorted[half - 1] + sorted[half]) / 2.0 };
        Spread { median, min: *min, max: *max }
    }

    /// Of the ratios of numbers that were measured beside each other.
    pub fn of_ratios(numbers: &[f64], to: &[f64]) -> Self {
        let ratios: Vec<f64> = numbers.iter().zip(to).map(|(number, to)| number / to).collect();
        Spread::of(&ratios)
    }

    /// `112 (108–131)`, as milliseconds are read; small ones as `4.2 (4.0–5.1)`.
    pub fn ms(&self) -> String {
        let places = if self.median < 20.0 { 1 } else { 0 };
        format!("{:.places$} ({:.places$}–{:.places$})", self.median, self.min, self.max)
    }
}

/// `0.85 (0.80–0.91)`, as ratios are read.
impl fmt::Display for Spread {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:.2} ({:.2}–{:.2})", self.median, self.min, self.max)
    }
}
