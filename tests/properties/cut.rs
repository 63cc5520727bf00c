//! Pieces of a payload are the payload.

use std::collections::BTreeSet;

use checker::scenario::cut::pieces;
use checker::scenario::step::Cut;
use proptest::prelude::*;

use crate::kept;
use crate::tried::holds;

#[test]
fn a_payload_is_cut_at_its_offsets() {
    let offsets = prop::collection::vec(prop_oneof![8 => 0..70usize, 1 => any::<usize>()], 0..12);
    let input = (prop::collection::vec(any::<u8>(), 0..64), offsets);
    holds("a_payload_is_cut_at_its_offsets", kept!("cut-at"), 6000, input, |(bytes, mut offsets)| {
        offsets.sort_unstable();
        let pieces = pieces(&bytes, &Cut::At(offsets.clone()));
        assert_eq!(pieces.concat(), bytes);
        assert!(pieces.iter().all(|piece| !piece.is_empty()));
        let inner: BTreeSet<usize> = offsets.into_iter().filter(|&at| 0 < at && at < bytes.len()).collect();
        let ends = pieces.iter().scan(0, |end, piece| {
            *end += piece.len();
            Some(*end)
        });
        let cuts: BTreeSet<usize> = ends.filter(|&end| end < bytes.len()).collect();
        assert_eq!(cuts, inner);
        assert_eq!(pieces.len(), if bytes.is_empty() { 0 } else { inner.len() + 1 });
    });
}

#[test]
fn nothing_is_lost_however_it_is_cut() {
    let cut = prop_oneof![
        Just(Cut::Whole),
        Just(Cut::EachByte),
        prop::collection::vec(any::<usize>(), 0..6).prop_map(Cut::At),
        prop::collection::vec(0..40usize, 0..6).prop_map(Cut::At),
    ];
    let input = (prop::collection::vec(any::<u8>(), 0..40), cut);
    holds("nothing_is_lost_however_it_is_cut", kept!("cut-any"), 6000, input, |(bytes, cut)| {
        let pieces = pieces(&bytes, &cut);
        assert_eq!(pieces.concat(), bytes);
        assert!(bytes.is_empty() || pieces.iter().all(|piece| !piece.is_empty()));
        match cut {
            Cut::Whole => assert_eq!(pieces.len(), 1),
            Cut::EachByte => assert_eq!(pieces.len(), bytes.len()),
            Cut::At(_) => {}
        }
    });
}
