//! A function that does nothing, and returns something that its type allows.

use syn::{Block, GenericArgument, PathArguments, ReturnType, Signature, Type};

use super::edit::Edits;

/// Integer types; of others a value is only known by `Default`.
const INTEGERS: [&str; 12] =
    ["u8", "u16", "u32", "u64", "u128", "usize", "i8", "i16", "i32", "i64", "i128", "isize"];

pub(super) fn body(edits: &mut Edits, signature: &Signature, block: &Block) {
    let values = match &signature.output {
        ReturnType::Default => vec!["()".to_owned()],
        ReturnType::Type(_, ty) => values(ty),
    };
    for value in values {
        let what = format!("replace the body with `{value}`");
        edits.change(block, format!("{{ {value} }}"), &what);
    }
}

/// Values that a type surely or probably has, most of them the least that it can hold.
fn values(ty: &Type) -> Vec<String> {
    match ty {
        Type::Path(path) => path.path.segments.last().map_or_else(Vec::new, named),
        Type::Tuple(tuple) => {
            let firsts: Option<Vec<String>> =
                tuple.elems.iter().map(|element| values(element).into_iter().next()).collect();
            firsts.map(|firsts| format!("({})", firsts.join(", "))).into_iter().collect()
        }
        Type::Reference(reference) => match &*reference.elem {
            Type::Path(path) if path.path.is_ident("str") => texts(&["\"\"", "\"xyzzy\""]),
            Type::Slice(_) => texts(&["&[]"]),
            _ => Vec::new(),
        },
        _ => Vec::new(),
    }
}

fn named(segment: &syn::PathSegment) -> Vec<String> {
    let name = segment.ident.to_string();
    let first = || match &segment.arguments {
        PathArguments::AngleBracketed(given) => given.args.iter().find_map(|argument| match argument {
            GenericArgument::Type(ty) => Some(values(ty)),
            _ => None,
        }),
        _ => None,
    };
    let each = |around: &str| {
        first().unwrap_or_default().into_iter().map(|value| format!("{around}({value})")).collect()
    };
    match name.as_str() {
        "bool" => texts(&["true", "false"]),
        "String" => texts(&["String::new()", "\"xyzzy\".to_owned()"]),
        "ExitCode" => texts(&["std::process::ExitCode::SUCCESS", "std::process::ExitCode::FAILURE"]),
        "Vec" => texts(&["Vec::new()"]),
        "Option" => [texts(&["None"]), each("Some")].concat(),
        "Result" => each("Ok"),
        "Box" => each("Box::new"),
        name if INTEGERS.contains(&name) => texts(&["0", "1"]),
        _ => texts(&["Default::default()"]),
    }
}

fn texts(values: &[&str]) -> Vec<String> {
    values.iter().map(|value| (*value).to_owned()).collect()
}
