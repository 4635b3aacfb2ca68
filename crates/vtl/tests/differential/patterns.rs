//! Regular expressions out of a grammar of Java's syntax, each within a template that uses it.

use std::fmt::Write;

use crate::random::Random;

const LETTERS: [&str; 14] = ["a", "b", "c", "l", "o", "e", " ", "W", "1", "é", ",", "-", "_", "."];
const CLASSES: [&str; 22] = [
    r"\d",
    r"\D",
    r"\w",
    r"\W",
    r"\s",
    r"\S",
    r"\h",
    r"\R",
    r"\p{L}",
    r"\p{Lower}",
    r"\P{Upper}",
    r"\x61",
    r"\.",
    r"\t",
    "[a-c]",
    "[^a-c]",
    "[a-z&&[^lo]]",
    "[^a-c[l-o]]",
    r"[\w&&[^\d]]",
    "[a-]",
    "[]l]",
    r"[\p{L}_]",
];
const ASSERTIONS: [&str; 10] = ["^", "$", r"\b", r"\B", "(?=o)", "(?!l)", "(?<=l)", "(?<!a)", r"\A", r"\z"];
const COUNTS: [&str; 12] = ["*", "+", "?", "*?", "+?", "??", "{2}", "{1,2}", "{0,}", "*+", "++", "{1,3}?"];
const REPLACEMENTS: [&str; 7] = ["<$0>", "_", "", "$1", "$0$0", r"\$", "[$1]"];
/// Texts by their names in the context.
const SUBJECTS: [&str; 7] = ["s", "csv", "bmp", "lines", "regex", "html", "blank"];

/// A template of a seed: one of the methods that take patterns.
pub(crate) fn template(seed: u64) -> String {
    let mut maker = Maker { random: Random::of(seed), out: String::new(), groups: 0 };
    if maker.random.chance(6) {
        let flags = maker.random.pick(&["(?i)", "(?s)", "(?m)", "(?x)", "(?iu)", "(?d)", "(?U)"]);
        maker.out.push_str(flags);
    }
    maker.alternatives(2);
    let subject = maker.random.pick(&SUBJECTS);
    let replacement = maker.random.pick(&REPLACEMENTS);
    let pattern = &maker.out;
    match maker.random.below(5) {
        0 => format!("${subject}.matches('{pattern}')"),
        1 => format!("#foreach($p in ${subject}.split('{pattern}'))[$p]#end"),
        2 => format!("#foreach($p in ${subject}.split('{pattern}', -1))[$p]#end"),
        3 => format!("${subject}.replaceFirst('{pattern}', '{replacement}')"),
        _ => format!("${subject}.replaceAll('{pattern}', '{replacement}')"),
    }
}

struct Maker {
    random: Random,
    out: String,
    groups: u64,
}

impl Maker {
    fn alternatives(&mut self, depth: u32) {
        self.sequence(depth);
        while self.random.chance(4) {
            self.out.push('|');
            self.sequence(depth);
        }
    }

    fn sequence(&mut self, depth: u32) {
        for _ in 0..=self.random.below(3) {
            if self.random.chance(7) {
                let assertion = self.random.pick(&ASSERTIONS);
                self.out.push_str(assertion);
                continue;
            }
            let before = self.out.len();
            self.atom(depth);
            if self.random.chance(3) {
                // A repeated group that repeats something takes Java for ever.
                let group = self.out[before..].starts_with('(');
                let count = self.random.pick(if group { &["?", "??"] } else { &COUNTS });
                self.out.push_str(count);
            }
        }
    }

    fn atom(&mut self, depth: u32) {
        match self.random.below(if depth == 0 { 8 } else { 11 }) {
            0..5 => {
                let letter = self.random.pick(&LETTERS);
                self.out.push_str(letter);
            }
            5..8 => {
                let class = self.random.pick(&CLASSES);
                self.out.push_str(class);
            }
            8 => {
                self.groups += 1;
                self.group("(", depth);
            }
            9 => {
                let opening = self.random.pick(&["(?:", "(?>", "(?i:"]);
                self.group(opening, depth);
            }
            _ if self.groups > 0 => {
                let group = 1 + self.random.below(self.groups);
                let _ = write!(self.out, "\\{group}");
            }
            _ => self.out.push('.'),
        }
    }

    fn group(&mut self, opening: &str, depth: u32) {
        self.out.push_str(opening);
        self.alternatives(depth - 1);
        self.out.push(')');
    }
}
