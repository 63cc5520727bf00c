//! One cell of a CSV file.

/// What a spreadsheet takes for the beginning of a formula, also in the wide forms of East Asian keyboards.
const FORMULA: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];

/// `text` with a `'` before it where a spreadsheet would run it. Blanks before it don't help: some programs
/// take them away.
pub(super) fn guarded(text: &str) -> String {
    if text.starts_with(FORMULA) || text.trim_start().starts_with(FORMULA) {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}

/// `text` in quotes where it needs some, for a file with `delimiter`.
pub(super) fn quoted(text: &str, delimiter: char) -> String {
    let plain = !text.contains([delimiter, '"', '\n', '\r']) && text.trim() == text;
    if plain { text.to_owned() } else { always_quoted(text) }
}

/// `text` in quotes.
pub(super) fn always_quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('"', "\"\""))
}

/// A line of a file with commas; its end is CR LF, as the standard has it.
pub(super) fn row<S: AsRef<str>>(cells: impl IntoIterator<Item = S>) -> String {
    let cells: Vec<String> = cells.into_iter().map(|cell| quoted(cell.as_ref(), ',')).collect();
    // A lone empty cell would be an empty line, which readers skip.
    if cells.len() == 1 && cells[0].is_empty() { "\"\"\r\n".into() } else { cells.join(",") + "\r\n" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_spreadsheet_would_run_is_text() {
        let table = [
            ("=cmd()", "'=cmd()"),
            ("+1", "'+1"),
            ("-1", "'-1"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("\t=1", "'\t=1"),
            ("\r=1", "'\r=1"),
            ("  =1", "'  =1"),
            ("＝1", "'＝1"),
            ("Ann =1", "Ann =1"),
            ("", ""),
            ("7.5", "7.5"),
        ];
        for (text, wanted) in table {
            assert_eq!(guarded(text), wanted);
        }
    }

    #[test]
    fn a_row_quotes_what_it_must() {
        assert_eq!(row(["a", "b,c", "d\"e", " f", "g\nh"]), "a,\"b,c\",\"d\"\"e\",\" f\",\"g\nh\"\r\n");
        assert_eq!(row([""]), "\"\"\r\n");
    }
}
