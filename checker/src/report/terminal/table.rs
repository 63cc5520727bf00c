//! Rows of a conversation side by side, a column for each part; or one under the other, if those do not fit.

use unicode_width::UnicodeWidthStr;

use super::event::Event;
use super::look::{Look, Paint};
use super::rows::Row;
use super::text::{cut, pad};

/// Columns of the margin and of the time with the gap behind it.
const MARGIN: usize = 2;
const TIME: usize = 10;
const GAP: usize = 2;
/// The least columns in which an event can be told.
const LEAST: usize = 11;

/// The lines of the conversation between `parts`.
pub(super) fn lines(rows: &[Row], parts: &[String], look: Look) -> Vec<String> {
    let room = look.columns() - MARGIN - TIME;
    let fit = (room + GAP) / (LEAST + GAP);
    if parts.len() <= fit { side_by_side(rows, parts, room, look) } else { one_by_one(rows, room, look) }
}

fn time(row: &Row) -> String {
    pad(&format!("{}.{:03}", row.at_us / 1_000_000, row.at_us / 1000 % 1000), TIME)
}

fn line(time: &str, rest: &str, event: Option<&Event>, look: Look) -> String {
    let rest = match event {
        Some(Event::Unmet(_)) => look.paint(Paint::Bad, rest.trim_end()),
        Some(Event::LeftOut(_)) | None => look.paint(Paint::Dim, rest.trim_end()),
        Some(_) => rest.trim_end().to_owned(),
    };
    format!("{:MARGIN$}{}{rest}", "", look.paint(Paint::Dim, time)).trim_end().to_owned()
}

fn side_by_side(rows: &[Row], parts: &[String], room: usize, look: Look) -> Vec<String> {
    let widths = widths(rows, parts, room);
    let before = |column: usize| widths[..column].iter().map(|width| width + GAP).sum::<usize>();
    let mut heads = String::new();
    for (part, width) in parts.iter().zip(&widths) {
        heads += &pad(&cut(part, *width), width + GAP);
    }
    let mut lines = vec![line(&pad("time", TIME), &heads, None, look)];
    lines.extend(rows.iter().map(|row| match parts.iter().position(|part| *part == row.part) {
        // What belongs to no part has all the room.
        None => line(&pad("", TIME), &row.event.show(room), Some(&row.event), look),
        Some(column) => {
            let all = room - before(column);
            // What was not met may run on over the columns behind its own.
            let own = matches!(row.event, Event::Unmet(_)) || column + 1 == parts.len();
            let own = if own { all } else { widths[column] };
            let cell = row.event.show(own);
            line(&time(row), &format!("{:1$}{cell}", "", before(column)), Some(&row.event), look)
        }
    }));
    lines
}

/// How wide each column is: as wide as it needs, or, where that is too much, the widest ones less: first
/// those with bytes, which can be cut, then those with words.
fn widths(rows: &[Row], parts: &[String], room: usize) -> Vec<usize> {
    let widest = |part: &String, bytes: bool| {
        let own = rows.iter().filter(|row| row.part == *part && !matches!(row.event, Event::Unmet(_)));
        let own = own.filter(|row| bytes || !matches!(row.event, Event::Said { .. }));
        own.map(|row| row.event.show(room).width()).max().unwrap_or(0).max(LEAST)
    };
    let mut widths: Vec<usize> = parts.iter().map(|part| widest(part, true).max(part.width())).collect();
    let words = parts.iter().map(|part| widest(part, false)).collect();
    for least in [words, vec![LEAST; parts.len()]] {
        while widths.iter().map(|width| width + GAP).sum::<usize>() > room + GAP {
            let wider = (0..widths.len()).filter(|&column| widths[column] > least[column]);
            let Some(column) = wider.max_by_key(|&column| widths[column]) else { break };
            widths[column] -= 1;
        }
    }
    widths
}

fn one_by_one(rows: &[Row], room: usize, look: Look) -> Vec<String> {
    let name = rows.iter().map(|row| row.part.width()).max().unwrap_or(0).clamp(4, 16) + GAP;
    let heads = format!("{}event", pad("part", name));
    let mut lines = vec![line(&pad("time", TIME), &heads, None, look)];
    lines.extend(rows.iter().map(|row| {
        let event = row.event.show(room - name);
        let rest = format!("{}{event}", pad(&cut(&row.part, name - GAP), name));
        let time = if row.part.is_empty() { pad("", TIME) } else { time(row) };
        line(&time, &rest, Some(&row.event), look)
    }));
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(parts: usize) -> (Vec<Row>, Vec<String>) {
        let parts: Vec<String> = (0..parts).map(|n| format!("part{n}")).collect();
        let events = parts.iter().map(|part| Row {
            at_us: 1_234_567,
            part: part.clone(),
            event: Event::words("did a thing that takes more than a column of the narrow kind"),
        });
        (events.collect(), parts)
    }

    #[test]
    fn five_columns_fit_into_eighty_and_more_into_more() {
        let heads = |parts: usize, width: usize| {
            let (rows, parts) = rows(parts);
            lines(&rows, &parts, Look { width, color: false })[0].clone()
        };
        assert_eq!(heads(5, 80).split_whitespace().last(), Some("part4"));
        assert_eq!(heads(6, 80), "  time      part   event");
        assert_eq!(heads(8, 120).split_whitespace().last(), Some("part7"));
        assert_eq!(heads(4, 60), "  time      part   event");
    }

    #[test]
    fn no_line_is_wider_than_the_terminal() {
        for (parts, width) in [(1, 60), (3, 60), (5, 80), (6, 80), (8, 120), (20, 120)] {
            let (rows, parts) = rows(parts);
            let lines = lines(&rows, &parts, Look { width, color: false });
            assert_eq!(lines.len(), parts.len() + 1);
            assert!(lines.iter().all(|line| line.width() <= width), "{lines:#?}");
        }
    }
}
