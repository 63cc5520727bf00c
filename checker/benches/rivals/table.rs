//! Tables, for a terminal and for `BENCHMARKS.md`.

/// What was measured. The first column is text, the others are numbers.
#[derive(Debug)]
pub struct Table {
    pub title: String,
    pub head: Vec<String>,
    pub rows: Vec<Vec<String>>,
    /// Lines below.
    pub notes: Vec<String>,
}

impl Table {
    /// Columns one under the other.
    pub fn text(&self) -> String {
        let lines: Vec<&Vec<String>> = std::iter::once(&self.head).chain(&self.rows).collect();
        let widths: Vec<usize> = (0..self.head.len())
            .map(|column| lines.iter().map(|line| width(line, column)).max().unwrap_or(0))
            .collect();
        let mut text = format!("{}\n\n", self.title);
        for line in lines {
            for (column, widest) in widths.iter().enumerate() {
                let blanks = " ".repeat(widest - width(line, column));
                let cell = line.get(column).map_or("", String::as_str);
                let (before, behind) = if column == 0 { ("", &*blanks) } else { (&*blanks, "") };
                text += &format!("{before}{cell}{behind}   ");
            }
            text.truncate(text.trim_end().len());
            text.push('\n');
        }
        self.notes.iter().for_each(|note| text += &format!("\n{note}"));
        if !self.notes.is_empty() {
            text.push('\n');
        }
        text
    }

    pub fn markdown(&self) -> String {
        let row = |cells: &[String]| format!("| {} |\n", cells.join(" | "));
        let mut text = format!("**{}**\n\n{}", self.title, row(&self.head));
        text += &format!("|---|{}\n", "---:|".repeat(self.head.len().saturating_sub(1)));
        self.rows.iter().for_each(|cells| text += &row(cells));
        self.notes.iter().for_each(|note| text += &format!("\n{note}\n"));
        text
    }
}

fn width(line: &[String], column: usize) -> usize {
    line.get(column).map_or(0, |cell| cell.chars().count())
}
