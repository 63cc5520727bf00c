//! What a difference between two runs of bytes looks like, in words, where its structure tells.

use super::words;
use crate::record::bytes::Excerpt;

/// Two runs that are equal before `at`.
pub(super) struct Difference<'a> {
    want: &'a Excerpt,
    got: &'a Excerpt,
    at: u64,
    /// What is known of each from `at` on.
    wanted: &'a [u8],
    came: &'a [u8],
}

/// Sizes that people give to buffers.
const BUFFERS: [u64; 8] = [256, 512, 1024, 2048, 4096, 8192, 16_384, 65_536];

/// A sentence on how `got` differs from `want`, if the difference is a telling one.
pub(super) fn tell(want: &Excerpt, got: &Excerpt, at: u64) -> Option<String> {
    let from = |excerpt: &'_ Excerpt| usize::try_from(at.checked_sub(excerpt.start)?).ok();
    let difference = Difference {
        want,
        got,
        at,
        wanted: want.window.get(from(want)?..)?,
        came: got.window.get(from(got)?..)?,
    };
    let ways = [
        Difference::carriage_return,
        Difference::lost_bytes,
        Difference::nul_bytes,
        Difference::full_width,
        Difference::buffer_size,
        Difference::line_end,
        Difference::quotation_marks,
        Difference::doubled,
        Difference::comes_later,
        Difference::trimmed,
        Difference::beginning_missing,
        Difference::letter_case,
        Difference::number,
    ];
    ways.iter().find_map(|way| way(&difference))
}

/// Whether `bytes` are NULs, at least `least` of them, but for a line end.
pub(super) fn are_nuls(bytes: &[u8], least: usize) -> bool {
    let bytes = bytes.strip_suffix(b"\n").unwrap_or(bytes);
    bytes.len() >= least && bytes.iter().all(|&byte| byte == 0)
}

pub(super) const NULS: &str = "NUL bytes (\\0) follow the text: the whole buffer was passed on, in place of \
    the part that was filled. read() and recv_from() return how many bytes came; use `&buffer[..n]`.";

impl Difference<'_> {
    fn carriage_return(&self) -> Option<String> {
        match (self.wanted, self.came) {
            ([b'\n', ..], [b'\r', b'\n', ..]) => {
                Some("The line ends in \\r\\n where \\n alone is asked for.".into())
            }
            ([b'\r', b'\n', ..], [b'\n', ..]) => Some("The \\r before the \\n is lost on the way.".into()),
            _ => None,
        }
    }

    fn lost_bytes(&self) -> Option<String> {
        const REPLACEMENT: &[u8] = "\u{fffd}".as_bytes();
        // The difference may lie inside of the three bytes.
        let at = self.got.window.len() - self.came.len();
        let near = &self.got.window[at.saturating_sub(2)..(at + 3).min(self.got.window.len())];
        let sign = near.windows(3).any(|bytes| bytes == REPLACEMENT) && !self.wanted.starts_with(REPLACEMENT);
        sign.then(|| {
            "\\u{fffd} stands where bytes were lost: String::from_utf8_lossy puts it in for whatever is not \
             (or not yet) valid UTF-8. A character may arrive in two pieces, and bytes need not be text: \
             keep them as bytes for as long as you can."
                .into()
        })
    }

    fn nul_bytes(&self) -> Option<String> {
        let wanted_too = self.wanted.first() == Some(&0);
        let head: &[u8] = &self.came[..self.came.len().min(64)];
        (!wanted_too && are_nuls(head, 2)).then(|| NULS.into())
    }

    fn full_width(&self) -> Option<String> {
        let (wanted, came) = (self.wanted.first()?, first_char(self.came)?);
        let ascii = u32::from(came).checked_sub(0xFEE0).and_then(char::from_u32);
        let same = ascii == Some(char::from(*wanted)) || (came == '。' && *wanted == b'.');
        (same && wanted.is_ascii_punctuation()).then(|| {
            format!(
                "`{came}` is the full-width sign of a Chinese keyboard; the ASCII `{}` is asked for.",
                char::from(*wanted)
            )
        })
    }

    fn buffer_size(&self) -> Option<String> {
        let stops = self.came.is_empty() || self.came == b"\n";
        (stops && self.wanted.len() > 1 && BUFFERS.contains(&self.at)).then(|| {
            format!(
                "It stops after {}: just the size of a buffer. Of a datagram, what does not fit in is lost; of \
                 a stream, one read() gives what is there, which need not be all.",
                words::bytes(self.at)
            )
        })
    }

    fn line_end(&self) -> Option<String> {
        match (self.wanted, self.came) {
            ([b'\n'], []) => Some("Only the line end is missing: send \\n behind the text.".into()),
            ([b'\n', ..], [_, ..]) if self.at > 0 => {
                Some("The line should end there, but its \\n is missing or comes later.".into())
            }
            ([_, ..], [b'\n', ..]) if self.at > 0 => Some("The line ends too early.".into()),
            _ => None,
        }
    }

    fn quotation_marks(&self) -> Option<String> {
        let [b'"', rest @ ..] = self.came else { return None };
        let next = self.wanted.get(..self.wanted.len().min(2))?;
        (!next.is_empty() && rest.starts_with(next)).then(|| {
            "A quotation mark too many: `{:?}` prints text with quotation marks, `{}` prints it as it is."
                .into()
        })
    }

    fn doubled(&self) -> Option<String> {
        let (want, got) = self.both_whole()?;
        let line = |bytes: &'_ [u8]| bytes.strip_suffix(b"\n").unwrap_or(bytes).to_vec();
        let (one, two) = (line(want), line(got));
        let twice = got == [want, want].concat() || two == [one.clone(), one.clone()].concat();
        (!one.is_empty() && twice).then(|| "The same text came twice.".into())
    }

    fn comes_later(&self) -> Option<String> {
        let want = self.want.is_whole().then_some(&self.want.window[..]).filter(|want| want.len() > 1)?;
        let place = self.got.window.windows(want.len()).position(|part| part == want)?;
        let ahead = self.got.start.saturating_add(place as u64);
        (ahead > 0).then(|| {
            format!("What is asked for does come, but late: {} come before it.", words::bytes(ahead))
        })
    }

    fn beginning_missing(&self) -> Option<String> {
        let (want, got) = self.line_by_line()?;
        (got.len() > 1 && want.len() > got.len() && want.ends_with(got)).then(|| {
            format!(
                "The end is there; ahead of it {} missing: read, or written, elsewhere?",
                words::count((want.len() - got.len()) as u64, "byte is", "bytes are")
            )
        })
    }

    fn trimmed(&self) -> Option<String> {
        let (want, got) = self.line_by_line()?;
        let plain = |bytes: &'_ [u8]| bytes.trim_ascii().to_vec();
        (plain(want) == plain(got) && !plain(want).is_empty() && got.len() < want.len()).then(|| {
            "White space at the beginning or the end is lost. It belongs to the text: take off the line end \
             alone, not with trim()."
                .into()
        })
    }

    fn letter_case(&self) -> Option<String> {
        let (want, got) = self.line_by_line()?;
        let squeezed = |bytes: &[u8]| bytes.iter().copied().filter(|byte| *byte != b' ').collect::<Vec<u8>>();
        if want.eq_ignore_ascii_case(got) {
            Some("Only capital and small letters differ.".into())
        } else {
            (squeezed(want) == squeezed(got)).then(|| "Only the blanks differ.".into())
        }
    }

    fn number(&self) -> Option<String> {
        // A port is no quantity.
        if self.is_behind_a_colon() {
            return None;
        }
        let (wanted, came) = (self.number_in(self.want)?, self.number_in(self.got)?);
        let hint = match came.checked_sub(wanted) {
            _ if !self.counts_bytes() => "",
            Some(1 | 2) => " Is the line end counted, too?",
            None if came == 0 => {
                " read() fills only as many bytes as the buffer has: Vec::with_capacity(n) has none, vec![0; n] has n."
            }
            None if (wanted - came) % 2 == 0 && wanted <= came.saturating_mul(3) && wanted - came > 2 => {
                " Is something taken off, or are characters counted? A Chinese one has three bytes in UTF-8."
            }
            _ => "",
        };
        (wanted != came)
            .then(|| format!("{} is asked for, {} came.{hint}", words::number(wanted), words::number(came)))
    }

    /// Whether the wanted number is one of bytes: `25 bytes`.
    fn counts_bytes(&self) -> bool {
        let rest = self.wanted.iter().skip_while(|byte| byte.is_ascii_digit());
        rest.take(5).copied().eq(*b" byte")
    }

    /// Whether the difference lies in a number with a colon before it.
    fn is_behind_a_colon(&self) -> bool {
        let known = &self.want.window[..self.want.window.len() - self.wanted.len()];
        known.iter().rev().find(|byte| !byte.is_ascii_digit()) == Some(&b':')
    }

    /// The decimal number in `excerpt` in which the difference lies.
    fn number_in(&self, excerpt: &Excerpt) -> Option<u64> {
        let at = usize::try_from(self.at - excerpt.start).ok()?;
        let digits =
            |bytes: &mut dyn Iterator<Item = &u8>| bytes.take_while(|byte| byte.is_ascii_digit()).count();
        let first = at - digits(&mut excerpt.window[..at].iter().rev());
        let last = at + digits(&mut excerpt.window[at..].iter());
        std::str::from_utf8(&excerpt.window[first..last]).ok()?.parse().ok()
    }

    fn both_whole(&self) -> Option<(&[u8], &[u8])> {
        (self.want.is_whole() && self.got.is_whole()).then_some((&self.want.window, &self.got.window))
    }

    /// Both as a whole; where one line is wanted, the first line of what came.
    fn line_by_line(&self) -> Option<(&[u8], &[u8])> {
        let want = self.want.is_whole().then_some(&self.want.window[..])?;
        let one = want.ends_with(b"\n") && want.iter().filter(|&&byte| byte == b'\n').count() == 1;
        if !one || self.got.start > 0 {
            return self.both_whole();
        }
        Some((want, self.got.window.split_inclusive(|&byte| byte == b'\n').next()?))
    }
}

fn first_char(bytes: &[u8]) -> Option<char> {
    bytes.utf8_chunks().next()?.valid().chars().next()
}
