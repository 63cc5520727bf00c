//! Reads the page strictly: what is not exactly as this program writes it is refused.

/// Elements that the page is made of.
const TAGS: &[&str] = &[
    "a", "b", "bdi", "body", "caption", "code", "dd", "details", "div", "dl", "dt", "em", "h1", "h2", "h3",
    "head", "header", "html", "input", "label", "li", "main", "meta", "nav", "noscript", "p", "path", "pre",
    "rect", "script", "section", "small", "span", "style", "summary", "svg", "table", "tbody", "td", "text",
    "tfoot", "th", "thead", "title", "tr", "ul", "wbr",
];
const ATTRIBUTES: &[&str] = &[
    "aria-hidden",
    "aria-label",
    "aria-labelledby",
    "aria-sort",
    "autocomplete",
    "charset",
    "class",
    "colspan",
    "content",
    "d",
    "data-v",
    "for",
    "height",
    "href",
    "http-equiv",
    "id",
    "lang",
    "name",
    "placeholder",
    "preserveAspectRatio",
    "role",
    "scope",
    "spellcheck",
    "tabindex",
    "title",
    "type",
    "viewBox",
    "width",
    "x",
    "y",
];
const EMPTY: &[&str] = &["input", "meta", "wbr"];

/// The page's elements in order, `div` where one begins and `/div` where it ends, and every `id`.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Skeleton {
    pub tags: Vec<String>,
    pub ids: Vec<String>,
    pub links: Vec<String>,
}

/// # Panics
/// If there is anything in it that this program does not write.
pub fn skeleton(page: &str) -> Skeleton {
    let mut found = Skeleton::default();
    let mut open: Vec<&str> = Vec::new();
    let mut rest = page.strip_prefix("<!DOCTYPE html>\n").expect("a document type");
    while let Some(at) = rest.find('<') {
        plain(&rest[..at]);
        rest = &rest[at + 1..];
        let end = rest.find('>').expect("a tag that ends");
        let (tag, behind) = (&rest[..end], &rest[end + 1..]);
        rest = behind;
        if let Some(name) = tag.strip_prefix('/') {
            assert_eq!(open.pop(), Some(name), "closes what was opened last");
            found.tags.push(tag.to_owned());
            continue;
        }
        let name = tag.split(' ').next().expect("a name");
        assert!(TAGS.contains(&name), "<{tag}> is not ours");
        attributes(&tag[name.len()..], &mut found);
        found.tags.push(name.to_owned());
        if !EMPTY.contains(&name) {
            open.push(name);
        }
        if ["script", "style"].contains(&name) {
            rest = &rest[rest.find("</").expect("its end")..];
        }
    }
    plain(rest);
    assert!(open.is_empty(), "{open:?} stay open");
    found
}

fn attributes(mut rest: &str, found: &mut Skeleton) {
    while !rest.is_empty() {
        let (name, behind) =
            rest.strip_prefix(' ').and_then(|rest| rest.split_once("=\"")).expect("an attribute");
        let (value, behind) = behind.split_once('"').expect("a value that ends");
        assert!(ATTRIBUTES.contains(&name), "{name} is not ours");
        plain(value);
        match name {
            "id" => found.ids.push(value.to_owned()),
            "href" => {
                found.links.push(value.strip_prefix('#').expect("only links to the page itself").to_owned())
            }
            _ => {}
        }
        rest = behind;
    }
}

/// Text between tags: no character of markup but as one of the five entities, and none that steers.
fn plain(text: &str) {
    for piece in text.split('&').skip(1) {
        let ours = ["amp;", "lt;", "gt;", "quot;", "#39;"].iter().any(|entity| piece.starts_with(entity));
        assert!(ours, "a bare & in {text:?}");
    }
    let steers = |c: char| {
        (c.is_control() && c != '\n' && c != '\t')
            || ('\u{202a}'..='\u{202e}').contains(&c)
            || c == '\u{2066}'
    };
    assert!(!text.contains(['<', '>', '"', '\'']) && !text.contains(steers), "{text:?}");
}
