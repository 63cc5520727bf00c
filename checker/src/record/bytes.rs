//! Bytes as they are recorded: bounded, with their place and the whole length.

use serde::{Deserialize, Serialize};

/// A window of a longer run of bytes.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Excerpt {
    /// Length of the whole, in bytes.
    pub len: u64,
    /// Where the window starts in the whole.
    pub start: u64,
    /// The window itself.
    #[serde(with = "latin1")]
    pub window: Vec<u8>,
}

impl Excerpt {
    /// The most bytes that a window holds, but for [`Excerpt::tail`].
    pub const MOST: usize = 512;

    /// The beginning of `bytes`.
    pub fn head(bytes: &[u8]) -> Self {
        Self::around(bytes, 0)
    }

    /// The last `most` of `bytes`.
    pub fn tail(bytes: &[u8], most: usize) -> Self {
        let start = bytes.len().saturating_sub(most);
        Excerpt { len: bytes.len() as u64, start: start as u64, window: bytes[start..].to_vec() }
    }

    /// The part of `bytes` around the offset `at`.
    pub fn around(bytes: &[u8], at: usize) -> Self {
        let start = at.saturating_sub(Self::MOST / 2).min(bytes.len().saturating_sub(Self::MOST));
        let end = (start + Self::MOST).min(bytes.len());
        Excerpt { len: bytes.len() as u64, start: start as u64, window: bytes[start..end].to_vec() }
    }

    /// A window that starts at `start`, so that two runs of bytes can be shown one over the other.
    pub fn starting(bytes: &[u8], start: usize) -> Self {
        let start = start.min(bytes.len());
        let end = (start + Self::MOST).min(bytes.len());
        Excerpt { len: bytes.len() as u64, start: start as u64, window: bytes[start..end].to_vec() }
    }

    /// The two around their first difference, in windows that start at the same offset.
    pub fn pair(want: &[u8], got: &[u8], differs: usize) -> (Self, Self) {
        let start = differs.saturating_sub(Self::MOST / 2);
        (Self::starting(want, start), Self::starting(got, start))
    }

    /// Where the window ends in the whole.
    pub fn end(&self) -> u64 {
        self.start.saturating_add(self.window.len() as u64)
    }

    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Whether the window is the whole.
    pub fn is_whole(&self) -> bool {
        self.window.len() as u64 == self.len
    }
}

/// Bytes as a string of the characters U+0000 to U+00FF: compact in JSON, and any byte goes.
pub mod latin1 {
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    pub fn serialize<S: Serializer>(bytes: &[u8], serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&bytes.iter().map(|&b| char::from(b)).collect::<String>())
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<u8>, D::Error> {
        String::deserialize(deserializer)?
            .chars()
            .map(|c| u8::try_from(u32::from(c)).map_err(|_| D::Error::custom("a character above U+00FF")))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_window_lies_around_the_place_and_inside_the_whole() {
        let bytes: Vec<u8> = (0..2000u32).map(|i| i as u8).collect();
        for at in [0, 1, 255, 256, 1000, 1999, 2000] {
            let excerpt = Excerpt::around(&bytes, at);
            let start = excerpt.start as usize;
            assert_eq!(excerpt.window, bytes[start..start + Excerpt::MOST]);
            assert!((start..=start + Excerpt::MOST).contains(&at));
        }
    }

    #[test]
    fn any_byte_survives_json() {
        let excerpt = Excerpt::head(&(0..=255).collect::<Vec<u8>>());
        let json = serde_json::to_string(&excerpt).unwrap();
        assert_eq!(serde_json::from_str::<Excerpt>(&json).unwrap(), excerpt);
    }
}
