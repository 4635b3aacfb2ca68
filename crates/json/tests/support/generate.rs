//! Documents, paths and texts at random, the same for the same seed.

/// A xorshift generator.
pub(crate) struct Chance(u64);

impl Chance {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 11).unwrap_or(0) % bound
    }

    fn one_in(&mut self, bound: usize) -> bool {
        self.below(bound) == 0
    }

    fn pick<'p>(&mut self, of: &[&'p str]) -> &'p str {
        of[self.below(of.len())]
    }
}

const KEYS: [&str; 6] = ["a", "b", "c", "d", "e f", "é"];
const SCALARS: [&str; 14] =
    ["0", "1", "2", "-1", "1.0", "2.5", "10.00", "\"a\"", "\"b\"", "\"1\"", "\"\"", "true", "null", "1e2"];

/// A JSON document whose outermost value is an object or an array.
pub(crate) fn document(chance: &mut Chance) -> String {
    nested(chance, 4)
}

fn value(chance: &mut Chance, depth: usize) -> String {
    if depth == 0 || chance.one_in(3) { chance.pick(&SCALARS).to_owned() } else { nested(chance, depth) }
}

fn nested(chance: &mut Chance, depth: usize) -> String {
    let count = chance.below(6);
    if chance.one_in(2) {
        let items: Vec<_> = (0..count).map(|_| value(chance, depth - 1)).collect();
        return format!("[{}]", items.join(","));
    }
    let members = KEYS.iter().filter(|_| chance.below(6) < count).copied().collect::<Vec<_>>();
    let members: Vec<_> =
        members.iter().map(|key| format!("\"{key}\":{}", value(chance, depth - 1))).collect();
    format!("{{{}}}", members.join(","))
}

/// A path, mostly a sound one. What follows `..` is a name, or the last step: see the README of the cases.
pub(crate) fn path(chance: &mut Chance) -> String {
    let mut path = "$".to_owned();
    let mut scanned = false;
    for _ in 0..=chance.below(3) {
        let step = step(chance, 2);
        let scan = chance.one_in(5);
        if scan {
            path.push_str("..");
        } else if !step.starts_with('[') {
            path.push('.');
        }
        path.push_str(&step);
        let is_name = !step.starts_with(['*', '[']) || step.starts_with("['") && !step.contains(',');
        scanned |= scan;
        if scan && !is_name {
            return path;
        }
    }
    if chance.one_in(8) && !scanned {
        path.push_str(function(chance));
    } else if chance.one_in(20) {
        spoil(chance, &mut path);
    }
    path
}

fn function<'f>(chance: &mut Chance) -> &'f str {
    chance.pick(&[
        ".length()",
        ".min()",
        ".max()",
        ".sum()",
        ".avg()",
        ".stddev()",
        ".keys()",
        ".first()",
        ".last()",
        ".index(1)",
        ".concat(\"x\")",
    ])
}

/// Leaves out or doubles a character.
fn spoil(chance: &mut Chance, path: &mut String) {
    let places: Vec<_> = path.char_indices().map(|(at, _)| at).skip(1).collect();
    let Some(&at) = places.get(chance.below(places.len().max(1))) else { return };
    if chance.one_in(2) {
        path.remove(at);
    } else {
        path.insert_str(at, chance.pick(&["[", "]", "'", "(", ".", "*", " ", "0", ",", "x"]));
    }
}

fn step(chance: &mut Chance, depth: usize) -> String {
    match chance.below(14) {
        0..=4 => chance.pick(&["a", "b", "c", "d", "é"]).to_owned(),
        5 => format!("['{}']", chance.pick(&KEYS)),
        6 => format!("['{}','{}']", chance.pick(&KEYS), chance.pick(&KEYS)),
        7 => "*".to_owned(),
        8 => "[*]".to_owned(),
        9 => format!("[{}]", chance.pick(&["0", "1", "2", "-1", "-2", "9"])),
        10 => format!("[{}]", chance.pick(&["0,1", "1,0", "-1,0", "0,9", "2, 1"])),
        11 => format!("[{}]", chance.pick(&["0:1", ":2", "1:", "-2:", ":-1", "-2:-1", "1:3", "-1:2", "0:9"])),
        _ if depth == 0 => "[0]".to_owned(),
        _ => format!("[?({})]", condition(chance, depth)),
    }
}

fn condition(chance: &mut Chance, depth: usize) -> String {
    if depth == 0 {
        return comparison(chance);
    }
    match chance.below(10) {
        0 => format!("{} && {}", condition(chance, depth - 1), comparison(chance)),
        1 => format!("{} || {}", condition(chance, depth - 1), comparison(chance)),
        2 => format!("({})", condition(chance, depth - 1)),
        3 => format!("!({})", comparison(chance)),
        4 => format!("!{}", sub_path(chance)),
        5 => sub_path(chance),
        _ => comparison(chance),
    }
}

fn comparison(chance: &mut Chance) -> String {
    let left = sub_path(chance);
    match chance.below(8) {
        0 => {
            let operator = chance.pick(&["in", "nin", "anyof", "noneof", "subsetof", "contains"]);
            format!(
                "{left} {operator} {}",
                chance.pick(&["['a','b']", "[1,2]", "[]", "['1',null,true]", "$.a"])
            )
        }
        1 => format!("{left} size {}", chance.below(4)),
        2 => format!("{left} =~ {}", chance.pick(&["/a/", "/[ab]*/", "/A/i", "/.*/", r"/\d+/"])),
        3 => format!("{} == {left}", chance.pick(&["1", "'a'", "null", "true", "'1'"])),
        _ => {
            let operator = chance.pick(&["==", "!=", "<", "<=", ">", ">=", "===", "!=="]);
            let right = chance
                .pick(&["1", "2", "'a'", "'b'", "'1'", "1.0", "-1", "true", "null", "''", "$.a", "@.b"]);
            format!("{left} {operator} {right}")
        }
    }
}

fn sub_path(chance: &mut Chance) -> String {
    chance
        .pick(&[
            "@.a", "@.b", "@.c", "@", "@['a']", "@.a.b", "@[0]", "@.a[0]", "@.*", "@..a", "@.a[*]", "$.a",
        ])
        .to_owned()
}

/// A text that is nearly JSON, with the liberties that json-smart allows.
pub(crate) fn lenient_text(chance: &mut Chance) -> String {
    let mut text = String::new();
    push_lenient(chance, 3, &mut text);
    if chance.one_in(6) {
        let places: Vec<_> = text.char_indices().map(|(at, _)| at).collect();
        if let Some(&at) = places.get(chance.below(places.len().max(1))) {
            text.insert_str(
                at,
                chance.pick(&["{", "}", "[", "]", ",", ":", "'", "\"", " ", "\\", "1", "x", "\n"]),
            );
        }
    }
    text
}

fn push_lenient(chance: &mut Chance, depth: usize, text: &mut String) {
    text.push_str(chance.pick(&["", "", "", " ", "\n"]));
    match chance.below(if depth == 0 { 2 } else { 4 }) {
        0 | 1 => text.push_str(chance.pick(&WORDS)),
        2 => {
            text.push('[');
            for _ in 0..chance.below(4) {
                push_lenient(chance, depth - 1, text);
                text.push_str(chance.pick(&[",", ",", ",,", ", "]));
            }
            text.push(']');
        }
        _ => {
            text.push('{');
            for _ in 0..chance.below(4) {
                text.push_str(
                    chance.pick(&["a", "'b'", "\"c\"", "d e", "\"\"", "a{b", "x'y", "1", "null", " f "]),
                );
                text.push_str(chance.pick(&[":", ":", ": ", " :"]));
                push_lenient(chance, depth - 1, text);
                text.push_str(chance.pick(&[",", ",", ",,", ", "]));
            }
            text.push('}');
        }
    }
    text.push_str(chance.pick(&["", "", "", " "]));
}

const WORDS: [&str; 34] = [
    "1",
    "-1",
    "0",
    "-0",
    "01",
    "1.5",
    "1.",
    "-.5",
    "1e3",
    "1E-2",
    "1e",
    "-",
    "+1",
    ".5",
    "12345678901",
    "1.0.0",
    "12345678901234567890",
    "0.1234567890123456789",
    "true",
    "false",
    "null",
    "tru",
    "nul",
    "word",
    "two words",
    "\"string\"",
    "'single'",
    "\"esc\\n\\u00e9\\\"\"",
    "'it\\'s'",
    "\"\\x41\\q\"",
    "a/b",
    "\"a/b\"",
    "1 2",
    "200 OK",
];
