//! `[vars]`: the names of random values, and how each is made.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::ops::{Range, RangeInclusive};

use crate::scenario::step::Generator;

use super::field::Field;
use super::fields::Fields;
use super::nearest::quoted;

/// Largest value that is held in memory, in its generator's unit.
const HELD: RangeInclusive<usize> = 1..=16 << 20;
/// Largest stream, in bytes: 64 GiB.
const STREAM: RangeInclusive<u64> = 0..=64 << 30;
const GENERATORS: [&str; 8] = ["word", "han", "text", "bytes", "lines", "number", "blob", "sparse"];
/// Names that stand for something else in a template.
pub(super) const TAKEN: [&str; 3] = ["n", "dir", "addr"];

/// A variable of an exercise or of one scenario.
pub(super) struct Variable {
    /// Where its name stands.
    pub span: Range<usize>,
    /// None where the generator has a fault, which is then told already.
    pub generator: Option<Generator>,
    /// Whether a scenario has named it, or its name has a fault.
    pub used: Cell<bool>,
}

/// Variables by name.
pub(super) type Variables = BTreeMap<String, Variable>;

/// Reads a table of variables.
pub(super) fn read(fields: &Fields<'_>) -> Variables {
    let one = |field: Field<'_>| {
        let named = check_name(&field);
        let generator = field.fields("a variable").and_then(|fields| generator(&fields));
        let variable = Variable { span: field.key(), generator, used: Cell::new(!named) };
        (field.name.to_owned(), variable)
    };
    fields.iter().map(one).collect()
}

/// Whether a template can name the key and mean it; a fault where not.
pub(super) fn check_name(field: &Field<'_>) -> bool {
    let taken = TAKEN.contains(&field.name);
    if taken {
        let cure = format!("`${{{}}}` has a meaning of its own; choose another name", field.name);
        field.report.fault_with(&field.key(), format!("the name `{}` is taken", field.name), cure);
    } else if !is_name(field.name) {
        let cure = "use letters, digits and `_`".to_owned();
        field.report.fault_with(&field.key(), format!("{} is not a name", quoted(field.name)), cure);
    }
    !taken && is_name(field.name)
}

/// Whether a template can name it.
pub(super) fn is_name(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
}

fn generator(fields: &Fields<'_>) -> Option<Generator> {
    fields.only(&GENERATORS);
    let known = fields.iter().any(|field| GENERATORS.contains(&field.name));
    if !known && fields.iter().next().is_some() {
        return None;
    }
    let field = fields.one_of("a variable", &GENERATORS)?;
    match field.name {
        "word" => field.whole(HELD).map(Generator::Word),
        "han" => field.whole(HELD).map(Generator::Han),
        "text" => field.whole(HELD).map(Generator::Text),
        "bytes" => field.whole(HELD).map(Generator::Bytes),
        "lines" => field.whole(HELD).map(Generator::Lines),
        "number" => number(&field),
        "blob" => stream(&field).map(Generator::Blob),
        _ => stream(&field).map(Generator::Sparse),
    }
}

fn number(field: &Field<'_>) -> Option<Generator> {
    let ends = field.elements("two whole numbers");
    let [low, high] = &ends[..] else {
        if field.node.get_ref().is_array() {
            field.fault("`number` must be a list of two whole numbers", "write `[1, 9]`".to_owned());
        }
        return None;
    };
    let range = 0..=i64::MAX as u64;
    let (low, high) = (low.whole(range.clone()), high.whole(range));
    let (low, high) = (low?, high?);
    if low > high {
        let cure = format!("write `[{high}, {low}]`");
        field.fault(format!("`number` goes from {low} down to {high}"), cure);
        return None;
    }
    Some(Generator::Number(low, high))
}

fn stream(field: &Field<'_>) -> Option<u64> {
    if field.node.get_ref().is_integer() {
        return field.whole(STREAM);
    }
    let text: String = field.read("a number of bytes, or a string such as \"16 MiB\"")?;
    let size = size(&text).filter(|size| STREAM.contains(size));
    if size.is_none() {
        let cure =
            "write a whole number, alone or with `KiB` or `MiB`, up to 64 GiB: `\"16 MiB\"`".to_owned();
        field.fault(format!("{} is not a size", quoted(&text)), cure);
    }
    size
}

/// `16 MiB` in bytes.
fn size(text: &str) -> Option<u64> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let count: u64 = text[..digits].parse().ok()?;
    let unit = match text[digits..].trim_start() {
        "" => 1,
        "KiB" => 1 << 10,
        "MiB" => 1 << 20,
        _ => return None,
    };
    count.checked_mul(unit)
}

#[cfg(test)]
mod tests {
    use super::size;

    #[test]
    fn sizes() {
        assert_eq!(size("16 MiB"), Some(16 << 20));
        assert_eq!(size("3KiB"), Some(3072));
        assert_eq!(size("7"), Some(7));
        for bad in ["", "MiB", "1 GiB", "-1", "1.5 MiB", "99999999999999999999", "18446744073709551615 MiB"] {
            assert_eq!(size(bad), None, "{bad}");
        }
    }
}
