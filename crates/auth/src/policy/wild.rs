//! Matching with wildcards: `*` is any run of bytes, `?` any one character.
//!
//! In: compiled bytes and a text, both the bytes of UTF-8 but for the wildcards. Out: whether they match. Whatever stands in
//! them, the work grows with their lengths' sum, or, where one piece between two `*` mixes text and `?`, with their product by 64.

use memchr::{memchr, memmem};

pub(super) const STAR: u8 = 0xff;
pub(super) const ONE: u8 = 0xfe;

/// As often as this may each byte of a text be looked at for patterns that people write.
const ENOUGH: usize = 8;
/// Pieces up to this length are tried at each place of a text.
const SHORT: usize = 64;

/// Tries only the last `*` again on a mismatch, which no other way beats where texts and patterns are as people write them. Whoever
/// makes it try all too often is answered by the other way.
pub(super) fn wild(pattern: &[u8], text: &[u8]) -> bool {
    let (mut p, mut t) = (0, 0);
    let mut spent = 0;
    let mut retry: Option<(usize, usize)> = None;
    while t < text.len() {
        match pattern.get(p) {
            Some(&STAR) => {
                let rest = &pattern[p + 1..];
                if !rest.contains(&STAR) {
                    return ends_with(&text[t..], rest);
                }
                // `*??` is any run of two characters at least.
                let ones = rest.iter().take_while(|&&byte| byte == ONE).count();
                for _ in 0..ones {
                    if t == text.len() {
                        return false;
                    }
                    t += character(text, t);
                }
                p += 1 + ones;
                t = skip_to(pattern[p], text, t);
                retry = Some((p, t));
            }
            Some(&ONE) => {
                p += 1;
                t += character(text, t);
            }
            Some(&byte) if byte == text[t] => {
                p += 1;
                t += 1;
            }
            _ => match retry {
                Some((after_star, from)) => {
                    spent += 1 + p - after_star;
                    if spent > ENOUGH * text.len() {
                        return by_pieces(pattern, text);
                    }
                    let from = skip_to(pattern[after_star], text, from + 1);
                    retry = Some((after_star, from));
                    (p, t) = (after_star, from);
                }
                None => return false,
            },
        }
    }
    pattern[p..].iter().all(|&byte| byte == STAR)
}

/// Where what follows a `*` and is no `?` can begin at the earliest.
fn skip_to(next: u8, text: &[u8], from: usize) -> usize {
    match next {
        STAR => from,
        _ => text[from.min(text.len())..]
            .iter()
            .position(|&byte| byte == next)
            .map_or(text.len(), |at| from + at),
    }
}

/// What stands before the first `*` begins the text, what follows the last one ends it, and each piece between two is taken where
/// it ends first: any later place would leave less for the rest.
#[cold]
#[inline(never)]
fn by_pieces(pattern: &[u8], text: &[u8]) -> bool {
    let Some(first) = star(pattern) else { return start(text, pattern) == Some(text.len()) };
    let Some(mut at) = start(text, &pattern[..first]) else { return false };
    let mut rest = &pattern[first + 1..];
    while let Some(next) = star(rest) {
        match find_end(&text[at..], &rest[..next]) {
            Some(end) => at += end,
            None => return false,
        }
        rest = &rest[next + 1..];
    }
    ends_with(&text[at..], rest)
}

fn star(pattern: &[u8]) -> Option<usize> {
    pattern.iter().position(|&byte| byte == STAR)
}

/// Where a piece ends that a text begins with.
fn start(text: &[u8], piece: &[u8]) -> Option<usize> {
    let mut at = 0;
    for &wanted in piece {
        match *text.get(at)? {
            _ if wanted == ONE => at += character(text, at),
            byte if byte == wanted => at += 1,
            _ => return None,
        }
    }
    Some(at)
}

/// Where a piece without `*` ends at the earliest.
fn find_end(text: &[u8], piece: &[u8]) -> Option<usize> {
    // `??` at the start is any two characters, and what follows may be anywhere behind them.
    let ones = piece.iter().take_while(|&&byte| byte == ONE).count();
    let skipped = start(text, &piece[..ones])?;
    let (text, piece) = (&text[skipped..], &piece[ones..]);
    let end = match piece {
        [] => Some(0),
        [first, rest @ ..] if rest.len() < SHORT => find_short(text, *first, rest),
        _ if memchr(ONE, piece).is_none() => memmem::find(text, piece).map(|at| at + piece.len()),
        _ => find_long(text, piece),
    };
    Some(skipped + end?)
}

/// The end of a piece whose first byte is no `?`.
fn find_short(text: &[u8], first: u8, rest: &[u8]) -> Option<usize> {
    let mut from = 0;
    loop {
        from += text[from..].iter().position(|&byte| byte == first)? + 1;
        if let Some(length) = start(&text[from..], rest) {
            return Some(from + length);
        }
    }
}

/// The same for any length: all places at which the piece may have begun are followed at once, in a bit for each byte of the piece,
/// which says whether it was reached.
fn find_long(text: &[u8], piece: &[u8]) -> Option<usize> {
    let fits = Fits::of(piece);
    let last = (piece.len() - 1) / 64;
    let whole = 1 << ((piece.len() - 1) % 64);
    let mut reached = vec![0_u64; last + 1];
    for (at, &byte) in text.iter().enumerate() {
        let literal = fits.literal(byte);
        // A `?` takes the first byte of a character, and stays for the others.
        let (takes, stays) = if is_inside(byte) { (0, u64::MAX) } else { (u64::MAX, 0) };
        let mut carry = 1;
        for ((word, literal), ones) in reached.iter_mut().zip(literal).zip(&fits.ones) {
            let next = (((*word << 1) | carry) & (literal | (ones & takes))) | (*word & ones & stays);
            carry = *word >> 63;
            *word = next;
        }
        if reached[last] & whole != 0 {
            return Some(at + character(text, at));
        }
    }
    None
}

/// Where in a piece each byte fits, in a bit for each byte of the piece.
struct Fits {
    ones: Vec<u64>,
    literals: Vec<u64>,
    /// Which row of `literals` is a byte's; the first is empty.
    rows: [u8; 256],
}

impl Fits {
    fn of(piece: &[u8]) -> Self {
        let words = piece.len().div_ceil(64);
        let mut fits = Self { ones: vec![0; words], literals: vec![0; words], rows: [0; 256] };
        for (place, &byte) in piece.iter().enumerate() {
            let row = if byte == ONE { &mut fits.ones[..] } else { fits.row(byte) };
            row[place / 64] |= 1 << (place % 64);
        }
        fits
    }

    fn row(&mut self, byte: u8) -> &mut [u64] {
        let words = self.ones.len();
        let row = &mut self.rows[usize::from(byte)];
        if *row == 0 {
            // Two values are wildcards, so that no count passes 254.
            *row = u8::try_from(self.literals.len() / words).unwrap_or(u8::MAX);
            self.literals.resize(self.literals.len() + words, 0);
        }
        let start = usize::from(*row) * words;
        &mut self.literals[start..start + words]
    }

    fn literal(&self, byte: u8) -> &[u64] {
        let words = self.ones.len();
        let start = usize::from(self.rows[usize::from(byte)]) * words;
        &self.literals[start..start + words]
    }
}

/// Whether a text ends with this, which has no `*`.
fn ends_with(text: &[u8], pattern: &[u8]) -> bool {
    let mut rest = text;
    for &wanted in pattern.iter().rev() {
        let Some((&last, before)) = rest.split_last() else { return false };
        rest = before;
        match wanted {
            ONE => rest = before_character(last, before),
            _ if wanted == last => {}
            _ => return false,
        }
    }
    true
}

/// What stands before the character whose last byte is this.
fn before_character(last: u8, before: &[u8]) -> &[u8] {
    if last.is_ascii() {
        return before;
    }
    let start = before.iter().rposition(|&byte| !is_inside(byte));
    &before[..start.unwrap_or(0)]
}

/// Bytes of the UTF-8 character at this place.
fn character(text: &[u8], at: usize) -> usize {
    1 + text[at + 1..].iter().take_while(|&&byte| is_inside(byte)).count()
}

/// Whether a character goes on with this byte.
fn is_inside(byte: u8) -> bool {
    byte & 0xc0 == 0x80
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::{ONE, SHORT, STAR, by_pieces, wild};

    fn code(pattern: &str) -> Vec<u8> {
        let place = |byte| match byte {
            b'*' => STAR,
            b'?' => ONE,
            byte => byte,
        };
        pattern.bytes().map(place).collect()
    }

    fn check(pattern: &str, text: &str, expected: bool) {
        let code = code(pattern);
        assert_eq!(wild(&code, text.as_bytes()), expected, "{pattern} ~ {text}");
        assert_eq!(by_pieces(&code, text.as_bytes()), expected, "{pattern} ~ {text}, by pieces");
    }

    /// The definition, at any price.
    fn by_definition(pattern: &[char], text: &[char]) -> bool {
        let mut ends = vec![false; text.len() + 1];
        ends[0] = true;
        for wanted in pattern {
            let before = ends.clone();
            for at in 0..ends.len() {
                ends[at] = match wanted {
                    '*' => before[at] || at > 0 && ends[at - 1],
                    '?' => at > 0 && before[at - 1],
                    wanted => at > 0 && before[at - 1] && text[at - 1] == *wanted,
                };
            }
        }
        ends[text.len()]
    }

    /// Numbers that look like chance and are the same each time.
    fn numbers() -> impl Fn(u32) -> u32 {
        let last = Cell::new(0x2545_f491_u32);
        move |below| {
            let mut state = last.get();
            state ^= state << 13;
            state ^= state >> 17;
            state ^= state << 5;
            last.set(state);
            state % below
        }
    }

    #[test]
    fn matches_what_the_definition_matches() {
        let number = numbers();
        let take = |from: &[char], most: u32| -> String {
            (0..number(most)).map(|_| from[number(from.len() as u32) as usize]).collect()
        };
        let mut seen = [0; 2];
        for round in 0..6_000 {
            let text = take(&['a', 'a', 'b', '\u{e9}', '\u{1d11e}'], if round % 3 == 0 { 400 } else { 14 });
            let pattern = match round % 3 {
                // One long piece between two stars, most of it from the text.
                0 => {
                    let start = text.chars().count() / 3;
                    let piece = text.chars().skip(start).take(150);
                    let piece: String = piece.map(|c| if number(3) == 0 { '?' } else { c }).collect();
                    format!("*{piece}*{}", take(&['a', '?', '*'], 3))
                }
                _ => take(&['a', 'b', '\u{e9}', '?', '*', '*'], 10),
            };
            let chars = |text: &str| text.chars().collect::<Vec<_>>();
            let expected = by_definition(&chars(&pattern), &chars(&text));
            check(&pattern, &text, expected);
            seen[usize::from(expected)] += 1;
        }
        assert!(seen.iter().all(|count| *count > 1_000), "{seen:?}");
    }

    #[test]
    fn long_pieces_match() {
        let text = format!("x{}y\u{e9}z", "a".repeat(3 * SHORT));
        for (pattern, expected) in [
            (format!("*{}?y*", "a".repeat(2 * SHORT)), true),
            (format!("*{}?y?z", "a".repeat(2 * SHORT)), true),
            (format!("*{}y?*z", "a?".repeat(SHORT)), true),
            (format!("*{}y?*?", "a?".repeat(SHORT)), true),
            (format!("*{}y?z*?", "a?".repeat(SHORT)), false),
            (format!("*a{}b*", "?".repeat(2 * SHORT)), false),
            (format!("*{}?x*", "a".repeat(2 * SHORT)), false),
        ] {
            check(&pattern, &text, expected);
        }
    }

    /// Each of these would take minutes here if each place of the text were tried with the whole pattern.
    #[test]
    fn hostile_patterns_stay_cheap() {
        let text = "a".repeat(8_000);
        for pattern in [
            "*a".repeat(2_000) + "b",
            format!("*{}b", "?".repeat(3_000)),
            format!("*{}b*", "?".repeat(3_000)),
            format!("*{}b*", "a".repeat(4_000)),
            format!("*{}?b*", "a".repeat(4_000)),
            format!("*{}b*", "a?".repeat(2_000)),
            format!("*{}b*", "a?".repeat(SHORT / 2 - 1)).repeat(50),
        ] {
            let pattern = code(&pattern);
            for _ in 0..10 {
                assert!(!wild(&pattern, text.as_bytes()));
            }
        }
    }
}
