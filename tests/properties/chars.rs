//! Every character there is, alone.

use checker::verdict::explain::literal::{harmless, quoted};

use super::hostile::harm;

#[test]
fn no_character_harms() {
    let mut tried = 0;
    let mut bad = Vec::new();
    for c in (0..=0x10_ffff).filter_map(char::from_u32) {
        let text = c.to_string();
        for shown in [quoted(text.as_bytes()), harmless(text.as_bytes())] {
            if harm(&shown).is_some() {
                bad.push(c);
            }
        }
        tried += 1;
    }
    println!("no_character_harms: {tried} inputs");
    bad.dedup();
    assert!(bad.is_empty(), "{} characters are let through: {:?}", bad.len(), &bad[..bad.len().min(40)]);
}
