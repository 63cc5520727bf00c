//! `late.json`: the deadline and the late policy that hold for a folder of grades, for the next run to keep.

use serde::{Deserialize, Serialize};

use super::late::Late;
use crate::report::grades::utc;
use crate::submission::parse_time;

/// The file's name.
pub const LATE_FILE: &str = "late.json";

/// The format's name: its number is raised when a field changes its meaning or goes away.
const SCHEMA: &str = "checker-late/1";

#[derive(Serialize, Deserialize)]
struct Kept {
    schema: String,
    /// `2026-11-20T12:00:00Z`; null: nothing is late.
    deadline: Option<String>,
    /// As `--late-policy` takes it.
    policy: String,
}

impl Late {
    /// The file's content.
    pub fn to_json(self) -> String {
        let kept = Kept {
            schema: SCHEMA.to_owned(),
            deadline: self.deadline.map(utc),
            policy: self.policy.to_string(),
        };
        // Texts alone, which are never refused.
        serde_json::to_string_pretty(&kept).unwrap_or_default() + "\n"
    }

    /// What such a file says.
    ///
    /// # Errors
    /// Why it can't be read.
    pub fn from_json(text: &str) -> Result<Self, String> {
        let kept: Kept = serde_json::from_str(text).map_err(|error| error.to_string())?;
        if kept.schema != SCHEMA {
            return Err(format!("its schema is `{}`, `{SCHEMA}` is read", kept.schema.escape_debug()));
        }
        let time = |text: String| parse_time(&text).ok_or(format!("`{}` is no time", text.escape_debug()));
        let policy =
            kept.policy.parse().map_err(|_| format!("`{}` is no policy", kept.policy.escape_debug()))?;
        Ok(Late { deadline: kept.deadline.map(time).transpose()?, policy })
    }
}

#[cfg(test)]
mod tests {
    use super::super::late::Policy;
    use super::*;

    #[test]
    fn what_is_kept_is_read_again() {
        for policy in [
            Policy::Free,
            Policy::Percent { a_day: 33.3, most: 50.0 },
            Policy::Points { a_day: 0.5, most: f64::INFINITY },
        ] {
            for deadline in [None, Some(1_795_168_800)] {
                let late = Late { deadline, policy };
                assert_eq!(Late::from_json(&late.to_json()), Ok(late));
            }
        }
    }

    #[test]
    fn what_is_no_such_file_is_refused() {
        for (text, what) in [
            ("", "EOF"),
            (r#"{"schema":"x","deadline":null,"policy":"none"}"#, "its schema is `x`"),
            (r#"{"schema":"checker-late/1","deadline":"soon","policy":"none"}"#, "`soon` is no time"),
            (r#"{"schema":"checker-late/1","deadline":null,"policy":"a lot"}"#, "`a lot` is no policy"),
        ] {
            let error = Late::from_json(text).unwrap_err();
            assert!(error.contains(what), "{text}: {error}");
        }
    }
}
