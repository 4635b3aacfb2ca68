//! Inputs made of other inputs.
//!
//! In: a corpus and a generator. Out: one new input: pieces cut, doubled, moved between inputs, numbers and structure
//! characters put in.

use stagedoor_base::Entropy;

/// Pieces that formats stumble over.
const PIECES: [&str; 34] = [
    "{",
    "}",
    "[",
    "]",
    ":",
    ",",
    "\"",
    "'",
    "#",
    "&a ",
    "*a",
    "<<: ",
    "- ",
    "|\n",
    "? ",
    "!!str ",
    "%",
    "\n",
    "\r\n",
    "\t",
    "\\",
    "\\u0000",
    "null",
    "true",
    "-1",
    "1e999",
    "18446744073709551616",
    "\u{feff}",
    "é",
    "\0",
    "$ref",
    "~1",
    "${",
    "}}",
];
/// Inputs longer than this are cut.
const LONGEST: usize = 64 * 1024;

/// A new input out of the corpus.
pub(crate) fn mutated(corpus: &[Vec<u8>], entropy: &mut Entropy) -> Vec<u8> {
    let mut input = pick(corpus, entropy).clone();
    for _ in 0..=below(entropy, 6) {
        change(&mut input, corpus, entropy);
    }
    input.truncate(LONGEST);
    input
}

fn change(input: &mut Vec<u8>, corpus: &[Vec<u8>], entropy: &mut Entropy) {
    let range = range(input.len(), entropy);
    match below(entropy, 6) {
        0 => drop(input.drain(range)),
        1 => {
            let copy = input[range].to_vec();
            insert(input, &copy, entropy);
        }
        2 => {
            let other = pick(corpus, entropy);
            let piece = other[self::range(other.len(), entropy)].to_vec();
            insert(input, &piece, entropy);
        }
        3 => insert(input, PIECES[below(entropy, PIECES.len())].as_bytes(), entropy),
        4 => {
            let piece = PIECES[below(entropy, PIECES.len())].bytes();
            drop(input.splice(range, piece));
        }
        _ => {
            if let Some(byte) = input.get_mut(range.start) {
                *byte ^= 1 << below(entropy, 8);
            }
        }
    }
}

fn insert(input: &mut Vec<u8>, piece: &[u8], entropy: &mut Entropy) {
    let at = below(entropy, input.len() + 1);
    drop(input.splice(at..at, piece.iter().copied()));
}

/// A part of something this long; mostly a short one.
fn range(length: usize, entropy: &mut Entropy) -> std::ops::Range<usize> {
    let longest = if below(entropy, 8) == 0 { length } else { length.min(40) };
    let start = below(entropy, length + 1);
    let end = start + below(entropy, longest + 1);
    start..end.min(length)
}

fn pick<'c>(corpus: &'c [Vec<u8>], entropy: &mut Entropy) -> &'c Vec<u8> {
    &corpus[below(entropy, corpus.len())]
}

fn below(entropy: &mut Entropy, bound: usize) -> usize {
    let bound = u64::try_from(bound.max(1)).unwrap_or(1);
    usize::try_from(entropy.next_u64() % bound).unwrap_or(0)
}
