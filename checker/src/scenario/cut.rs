//! A payload in pieces.

use super::step::Cut;

/// The pieces of `bytes`, in order, none of them empty unless `bytes` is. Offsets behind the end cut nothing.
pub fn pieces<'a>(bytes: &'a [u8], cut: &Cut) -> Vec<&'a [u8]> {
    match cut {
        Cut::Whole => vec![bytes],
        Cut::EachByte => bytes.chunks(1).collect(),
        Cut::At(offsets) => {
            let ends = offsets.iter().copied().chain([bytes.len()]);
            let mut start = 0;
            let cut = ends.map(|end| {
                let end = end.clamp(start, bytes.len());
                &bytes[std::mem::replace(&mut start, end)..end]
            });
            cut.filter(|piece| !piece.is_empty()).collect()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_payload_is_cut_where_it_says() {
        let cut = |cut| pieces(b"abcdef", &cut).into_iter().map(<[u8]>::to_vec).collect::<Vec<_>>();
        assert_eq!(cut(Cut::Whole), [b"abcdef".to_vec()]);
        assert_eq!(cut(Cut::At(vec![1, 4])), [b"a".to_vec(), b"bcd".to_vec(), b"ef".to_vec()]);
        assert_eq!(cut(Cut::At(vec![6])), [b"abcdef".to_vec()]);
        assert_eq!(cut(Cut::At(vec![4, 99])), [b"abcd".to_vec(), b"ef".to_vec()]);
        assert_eq!(cut(Cut::EachByte).len(), 6);
    }
}
