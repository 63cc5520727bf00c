//! Every text can be read against what is behind it, in the light and in the dark.

use serde_json::json;

use crate::gradebook::record::Trouble;
use crate::sample::Make;
use crate::tab::Tab;

const MAKE: Make = Make { students: 60, exercises: 5, scenarios: 8, failing: 20, seed: 8 };

/// Texts whose contrast is below what WCAG AA asks of small text, with the figure.
const PALE: &str = "(() => {
  const parse = colour => (colour.match(/[\\d.]+/g) ?? []).map(Number);
  const light = ([r, g, b]) => [r, g, b].map(c => c / 255)
    .map(c => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
    .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
  const ground = element => {
    for (let at = element; at; at = at.parentElement) {
      const colour = parse(getComputedStyle(at).backgroundColor);
      if (colour.length === 3 || colour[3] > 0) return colour;
    }
    return [255, 255, 255];
  };
  const pale = new Set();
  let looked = 0;
  for (const element of document.querySelectorAll('body, body *')) {
    const own = [...element.childNodes].some(node => node.nodeType === 3 && node.data.trim());
    if (!own || !element.checkVisibility()) continue;
    const style = getComputedStyle(element);
    const colour = parse(element instanceof SVGElement ? style.fill : style.color);
    const [a, b] = [light(colour), light(ground(element))];
    const contrast = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    looked += 1;
    if (contrast < 4.5) pale.add(`${element.tagName}.${element.className} ${contrast.toFixed(2)}`);
  }
  return looked > 5 ? [...pale].join('; ') : `only ${looked} texts`;
})()";

/// What stands in a student's row, and what then stands on the student's page.
const MARKED: [(&str, &str); 6] = [
    ("td.failed", ".failed"),
    ("td.broken", ".broken"),
    ("td.ungraded", ".ungraded"),
    ("td.missing", ".missing"),
    (".sum em", "em"),
    ("th em", ".trouble"),
];

#[test]
fn every_text_has_contrast_in_light_and_dark() {
    let mut class = MAKE.class();
    class[0].trouble = Some(Trouble { kind: "empty".to_owned(), message: "the folder is empty".to_owned() });
    let Some(mut tab) = Tab::of(&class, &MAKE.course()) else { return };
    let mut grounds = Vec::new();
    for scheme in ["light", "dark"] {
        tab.ask(
            "Emulation.setEmulatedMedia",
            json!({ "features": [{ "name": "prefers-color-scheme", "value": scheme }] }),
        );
        grounds.push(tab.text("getComputedStyle(document.body).backgroundColor"));
        assert_eq!(tab.text(PALE), "", "the class, {scheme}");
        for (cell, mark) in MARKED {
            let id = tab.text(&format!("document.querySelector('#grid tbody tr:has({cell}) a').hash"));
            tab.eval(&format!("location.hash = '{id}'"));
            tab.until(&format!("document.querySelector('.student {mark}')"));
            assert_eq!(tab.text(PALE), "", "{id} with {mark}, {scheme}");
            tab.eval("location.hash = ''");
            tab.until("!document.querySelector('.student')");
        }
    }
    assert_eq!(grounds, ["rgb(255, 255, 255)", "rgb(20, 23, 27)"]);
}

#[test]
fn a_mark_is_told_by_its_shape_and_its_word_without_its_colour() {
    let Some(mut tab) = Tab::of(&MAKE.class(), &MAKE.course()) else { return };
    let marks = tab.text(
        "[...new Set([...document.querySelectorAll('#grid tbody td[class]:not(.sum, .when)')]\
         .map(td => [td.className, getComputedStyle(td, '::before').content[1], td.querySelector('span').textContent].join(' ')))]\
         .sort().join('; ')",
    );
    assert_eq!(
        marks,
        "broken ▲ no compile; failed ✗ failed; missing – missing; passed ✓ passed; ungraded ? not graded"
    );
}
