//! Two runs of bytes, one over the other, cut to the same window around their first difference.

use unicode_width::UnicodeWidthStr;

use super::literal::{Glyph, glyphs, without_cut_end};
use super::words;
use crate::record::bytes::Excerpt;

/// What is shown of a comparison.
pub(super) struct Compared {
    pub expected: String,
    /// The line under `expected`, and the one with the caret.
    pub got: Vec<String>,
}

/// The least room, in columns, for the bytes themselves.
const LEAST: usize = 16;

/// Compares `want` and `got`, which are equal before the offset `at`; both lines begin with `lead`.
pub(super) fn compare(lead: &str, want: &Excerpt, got: &Excerpt, at: u64, columns: usize) -> Compared {
    let lengths = [want, got].map(|excerpt| format!(" ({})", words::bytes(excerpt.len)));
    let longest = lengths.iter().map(|length| length.width()).max().unwrap_or(0);
    let frame = lead.width() + "…\"\"…".width();
    let inline = columns >= frame + longest + LEAST;
    let room = columns.saturating_sub(frame + if inline { longest } else { 0 }).max(LEAST);

    let from = want.start.max(got.start);
    let pair = Pair { want: Side::of(want, from), got: Side::of(got, from) };
    let window = pair.window(room, from > 0);
    let [expected, shown] = [(&pair.want, &lengths[0]), (&pair.got, &lengths[1])].map(|(side, length)| {
        format!("{lead}{}{}", side.show(&window, room), if inline { length.as_str() } else { "" })
    });
    let caret = lead.width() + usize::from(window.cut) + 1 + window.before;
    let mut lines = vec![shown, pointed(caret, &remark(want, got, at), columns)];
    if !inline {
        lines.push(format!("{} asked for, {} came", words::bytes(want.len), words::number(got.len)));
    }
    Compared { expected, got: lines }
}

/// What the caret says.
fn remark(want: &Excerpt, got: &Excerpt, at: u64) -> String {
    if at >= got.len {
        "it stops here".into()
    } else if at >= want.len {
        "too much from here on".into()
    } else if at == 0 {
        "differs from the first byte on".into()
    } else {
        format!("{} right, then this", words::bytes(at))
    }
}

/// A caret in column `at`, and `remark` on the side where there is room.
fn pointed(at: usize, remark: &str, columns: usize) -> String {
    let wide = remark.width() + 1;
    if at + 1 + wide <= columns {
        format!("{:at$}^ {remark}", "")
    } else if wide <= at {
        format!("{:1$}{remark} ^", "", at - wide)
    } else {
        format!("{:at$}^", "")
    }
}

/// One of the two runs, from the first offset that both have.
struct Side {
    glyphs: Vec<Glyph>,
    /// Whether the glyphs reach the end of the whole.
    ends: bool,
}

impl Side {
    fn of(excerpt: &Excerpt, from: u64) -> Self {
        let skip = usize::try_from(from.saturating_sub(excerpt.start))
            .unwrap_or(usize::MAX)
            .min(excerpt.window.len());
        let mut bytes = &excerpt.window[skip..];
        if from > 0 {
            let inside = bytes.iter().take(3).take_while(|&&byte| byte & 0xC0 == 0x80).count();
            bytes = &bytes[inside..];
        }
        let ends = excerpt.end() >= excerpt.len;
        Side { glyphs: glyphs(if ends { bytes } else { without_cut_end(bytes) }), ends }
    }

    fn width(&self) -> usize {
        self.glyphs.iter().map(|glyph| glyph.width).sum()
    }

    fn show(&self, window: &Window, room: usize) -> String {
        let (mut text, mut used, mut shown) = (String::new(), 0, window.first);
        for glyph in self.glyphs.iter().skip(window.first) {
            used += glyph.width;
            if used > room {
                break;
            }
            text.push_str(&glyph.text);
            shown += 1;
        }
        let whole = shown >= self.glyphs.len() && self.ends;
        format!("{}\"{text}\"{}", if window.cut { "…" } else { "" }, if whole { "" } else { "…" })
    }
}

struct Pair {
    want: Side,
    got: Side,
}

/// The part of both that is shown.
struct Window {
    /// Index of the first glyph.
    first: usize,
    /// Columns from there to the first difference.
    before: usize,
    /// Whether something lies before it.
    cut: bool,
}

impl Pair {
    /// A window of `room` columns around the first glyph that differs.
    fn window(&self, room: usize, cut: bool) -> Window {
        let (want, got) = (&self.want.glyphs, &self.got.glyphs);
        let same = want.iter().zip(got).take_while(|(a, b)| a == b).count();
        let before: usize = want[..same].iter().map(|glyph| glyph.width).sum();
        let wide = self.want.width().max(self.got.width());
        if wide <= room {
            return Window { first: 0, before, cut };
        }
        let after = (wide - before).min(room * 2 / 5).max(1);
        let (mut first, mut kept) = (same, 0);
        while first > 0 && kept + want[first - 1].width <= room - after {
            first -= 1;
            kept += want[first].width;
        }
        Window { first, before: kept, cut: cut || first > 0 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn compared(want: &[u8], got: &[u8], columns: usize) -> Vec<String> {
        let at = want.iter().zip(got).take_while(|(a, b)| a == b).count();
        let of = |bytes: &[u8]| Excerpt::around(bytes, at);
        let Compared { expected, got } = compare("ann ← ", &of(want), &of(got), at as u64, columns);
        [vec![expected], got].concat()
    }

    /// The character of `line` under (or over) the caret of the third line.
    fn under_caret(lines: &[String], line: usize) -> String {
        let at = lines[2].split('^').next().unwrap().width();
        let mut column = 0;
        let over = lines[line].chars().skip_while(|&c| {
            let here = column;
            column += unicode_width::UnicodeWidthChar::width(c).unwrap_or(0);
            here < at
        });
        over.take(2).collect()
    }

    #[test]
    fn short_runs_are_whole_and_the_caret_stands_under_the_difference() {
        let lines = compared(b"Welcome!\n", b"Welcome!\r\n", 68);
        assert_eq!(lines[0], "ann ← \"Welcome!\\n\" (9 bytes)");
        assert_eq!(lines[1], "ann ← \"Welcome!\\r\\n\" (10 bytes)");
        assert_eq!(lines[2], "               ^ 8 bytes right, then this");
        assert_eq!(under_caret(&lines, 1), "\\r");
        assert_eq!(under_caret(&lines, 0), "\\n");
    }

    #[test]
    fn long_runs_are_cut_to_the_same_window() {
        let want: Vec<u8> = (0..65_507u32).map(|i| b'a' + (i % 26) as u8).collect();
        for at in [0usize, 40, 600, 40_000, 65_506] {
            let mut got = want.clone();
            got[at] = b'#';
            let lines = compared(&want, &got, 68);
            assert!(lines.iter().all(|line| line.width() <= 68), "{lines:#?}");
            assert!(under_caret(&lines, 1).starts_with('#'), "{lines:#?}");
            assert_eq!(under_caret(&lines, 0).as_bytes()[0], want[at]);
        }
    }

    #[test]
    fn windows_that_begin_in_different_places_still_align() {
        let want: Vec<u8> = (0..65_507u32).map(|i| b'a' + (i % 26) as u8).collect();
        let lines = compared(&want, &want[..1024], 68);
        assert!(lines[1].ends_with("\" (1,024 bytes)"), "{lines:#?}");
        assert!(lines[2].contains("it stops here"));
        assert_eq!(under_caret(&lines, 1), "\" ");
    }

    #[test]
    fn wide_characters_take_two_columns_and_are_never_cut() {
        let want = "收到, 已开始学习, So Easy!\n".as_bytes();
        let mut got = want.to_vec();
        got[17] = 0x80;
        let lines = compared(want, &got, 68);
        assert_eq!(under_caret(&lines, 0), "学习");
        assert_eq!(under_caret(&lines, 1).chars().next(), "\\x".chars().next());
    }

    #[test]
    fn a_narrow_place_keeps_room_for_the_bytes() {
        let lines = compared(&[b'a'; 2000], &[b'a'; 1024], 30);
        assert_eq!(lines[3], "2,000 bytes asked for, 1,024 came");
        assert!(lines[0].width() <= 30, "{lines:#?}");
    }
}
