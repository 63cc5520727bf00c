//! Numbers in a zip: little-endian, zero where the record is too short.

pub(super) fn u16_at(bytes: &[u8], at: usize) -> u16 {
    bytes.get(at..at + 2).and_then(|raw| raw.try_into().ok()).map_or(0, u16::from_le_bytes)
}

pub(super) fn u32_at(bytes: &[u8], at: usize) -> u32 {
    bytes.get(at..at + 4).and_then(|raw| raw.try_into().ok()).map_or(0, u32::from_le_bytes)
}

pub(super) fn u64_at(bytes: &[u8], at: usize) -> u64 {
    bytes.get(at..at + 8).and_then(|raw| raw.try_into().ok()).map_or(0, u64::from_le_bytes)
}

/// The extra fields of an entry: pairs of an identifier and its bytes. Ends at the first that is cut off.
pub(super) fn extras(mut extra: &[u8]) -> impl Iterator<Item = (u16, &[u8])> {
    std::iter::from_fn(move || {
        let length = usize::from(u16_at(extra.get(..4)?, 2));
        let (id, field) = (u16_at(extra, 0), extra.get(4..4 + length)?);
        extra = &extra[4 + length..];
        Some((id, field))
    })
}
