//! Texts as Java counts them: in UTF-16 code units.
//!
//! In: texts, indices in units. Out: parts and indices. Half of a surrogate pair becomes `?`, as Java's encoder writes it.

/// How long a text is.
pub(super) fn length(text: &str) -> usize {
    if text.is_ascii() { text.len() } else { text.encode_utf16().count() }
}

/// All units of a text.
pub(super) fn units(text: &str) -> Vec<u16> {
    text.encode_utf16().collect()
}

/// The text of units.
pub(super) fn text(units: &[u16]) -> String {
    char::decode_utf16(units.iter().copied()).map(|unit| unit.unwrap_or('?')).collect()
}

/// One unit.
pub(super) fn at(text: &str, index: usize) -> Option<u16> {
    if text.is_ascii() {
        text.as_bytes().get(index).map(|byte| u16::from(*byte))
    } else {
        text.encode_utf16().nth(index)
    }
}

/// A part; the indices are in order and within the text.
pub(super) fn part(whole: &str, from: usize, to: usize) -> String {
    if whole.is_ascii() {
        return whole.get(from..to).unwrap_or_default().to_owned();
    }
    let units: Vec<u16> = whole.encode_utf16().skip(from).take(to.saturating_sub(from)).collect();
    text(&units)
}

/// The byte at which a unit begins, or the next one that begins a character; the text's end when it is beyond.
pub(super) fn byte_of(text: &str, unit: usize) -> usize {
    if text.is_ascii() {
        return unit.min(text.len());
    }
    let mut passed = 0;
    for (byte, letter) in text.char_indices() {
        if passed >= unit {
            return byte;
        }
        passed += letter.len_utf16();
    }
    text.len()
}

/// The unit that begins at a byte.
pub(super) fn unit_of(text: &str, byte: usize) -> usize {
    length(text.get(..byte).unwrap_or(text))
}
