//! Numbers, times and lists, as people write them.

/// With a comma between thousands: `65,507`.
pub fn number(n: u64) -> String {
    let digits = n.to_string();
    let mut text = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// `1 connection`, `3 connections`.
pub fn count(n: u64, one: &str, many: &str) -> String {
    format!("{} {}", number(n), if n == 1 { one } else { many })
}

pub fn bytes(n: u64) -> String {
    count(n, "byte", "bytes")
}

/// Milliseconds as `200 ms`, `2.5 s`; from 5 s on whole seconds will do.
pub fn duration(ms: u64) -> String {
    if ms < 1000 {
        return format!("{ms} ms");
    }
    if ms >= 5000 {
        return format!("{} s", ms.saturating_add(500) / 1000);
    }
    match (ms + 50) / 100 {
        tenths if tenths.is_multiple_of(10) => format!("{} s", tenths / 10),
        tenths => format!("{}.{} s", tenths / 10, tenths % 10),
    }
}

/// `a`, `a and b`, `a, b and c`.
pub fn listed(items: &[String]) -> String {
    match items {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_times_read_well() {
        assert_eq!(number(0), "0");
        assert_eq!(number(999), "999");
        assert_eq!(number(65_507), "65,507");
        assert_eq!(number(16_777_216), "16,777,216");
        assert_eq!(bytes(1), "1 byte");
        assert_eq!(duration(200), "200 ms");
        assert_eq!(duration(5172), "5 s");
        assert_eq!(duration(1003), "1 s");
        assert_eq!(duration(2_480), "2.5 s");
    }

    #[test]
    fn lists_end_in_and() {
        assert_eq!(listed(&["a".into()]), "a");
        assert_eq!(listed(&["a".into(), "b".into(), "c".into()]), "a, b and c");
    }
}
