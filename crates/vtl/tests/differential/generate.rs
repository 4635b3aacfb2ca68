//! Templates out of a grammar of the language; each seed gives one, always the same.

use std::fmt::Write;

use crate::random::Random;

/// Names with values of all kinds, and some without.
const NAMES: [&str; 24] = [
    "s", "i", "d", "t", "f", "nil", "nope", "list", "nums", "map", "items", "none", "nomap", "empty", "zero",
    "neg", "csv", "key", "idx", "uni", "x", "y", "mixed", "long",
];
const TEXTS: [&str; 30] = [
    "a", " ", "\n", "  ", "\n\n", "text", ", ", ": ", "\"", "'", "{", "}", "[", "]", "(", ")", ".", "$, ",
    "#", "\\, ", "$5", "a@b.c", "<b>", "&amp;", "é", "日本", "\t", "!", "1.5", "-",
];
const MEMBERS: [&str; 16] = [
    ".foo",
    ".nope",
    ".length()",
    ".size()",
    ".toString()",
    "[0]",
    "[1]",
    "['foo']",
    "[\"foo\"]",
    "[$idx]",
    ".get(0)",
    ".get(\"foo\")",
    ".isEmpty()",
    ".n",
    ".nested.deep.er",
    "[-1]",
];
const METHODS: [&str; 22] = [
    ".toUpperCase()",
    ".substring(1)",
    ".substring(0,2)",
    ".indexOf(\"o\")",
    ".contains(\"l\")",
    ".replace(\"l\",\"L\")",
    ".split(\",\").size()",
    ".trim()",
    ".concat(\"z\")",
    ".equals($s)",
    ".replaceAll(\"[aeiou]\",\"_\")",
    ".charAt(0)",
    ".keySet()",
    ".values()",
    ".entrySet()",
    ".containsKey(\"foo\")",
    ".add(\"q\")",
    ".put(\"k\",1)",
    ".intValue()",
    ".remove(0)",
    ".compareTo(1)",
    ".matches(\"[a-z]+\")",
];
const OPERATORS: [&str; 18] =
    ["+", "-", "*", "/", "%", "==", "!=", "<", ">", "<=", ">=", "&&", "||", "eq", "ne", "lt", "and", "or"];

/// The template of a seed.
pub(crate) fn template(seed: u64) -> String {
    let mut maker = Maker::of(seed);
    maker.block(3);
    tamed(&maker.out)
}

/// The template of a seed with a letter too many or too few.
pub(crate) fn damaged(seed: u64) -> String {
    let mut maker = Maker::of(seed);
    maker.block(2);
    maker.damage();
    maker.out
}

/// Puts a comma where the engines are known to differ: between a dollar or a backslash and a hash, and after a dollar at the
/// end.
fn tamed(template: &str) -> String {
    let mut out = String::with_capacity(template.len());
    for letter in template.chars() {
        if letter == '#' && (out.ends_with(['$', '\\']) || out.ends_with("$!")) {
            out.push(',');
        }
        out.push(letter);
    }
    if out.ends_with(['$', '!']) {
        out.push('.');
    }
    out
}

struct Maker {
    random: Random,
    out: String,
    macros: u64,
}

impl Maker {
    fn of(seed: u64) -> Self {
        Self { random: Random::of(seed), out: String::new(), macros: 0 }
    }

    fn put(&mut self, text: &str) {
        self.out.push_str(text);
    }

    fn put_one_of(&mut self, from: &[&str]) {
        let text = self.random.pick(from);
        self.put(text);
    }

    fn block(&mut self, depth: u32) {
        for _ in 0..=self.random.below(5) {
            self.piece(depth);
        }
    }

    fn piece(&mut self, depth: u32) {
        match self.random.below(if depth == 0 { 11 } else { 20 }) {
            0..4 => self.put_one_of(&TEXTS),
            4..7 => {
                if self.random.chance(15) {
                    self.put_one_of(&["\\", "\\\\"]);
                }
                self.reference(2);
            }
            7..9 => self.set(),
            9 => self.comment(),
            10 => self.rarity(),
            11..14 => self.condition(depth - 1),
            14..17 => self.repetition(depth - 1),
            17 => self.definition(depth - 1),
            18 => self.macro_(depth - 1),
            _ => self.call(),
        }
    }

    /// A reference; its index and arguments may hold others, so deep.
    fn reference(&mut self, depth: u32) {
        let quiet = if self.random.chance(4) { "!" } else { "" };
        let formal = self.random.chance(3);
        let _ = write!(self.out, "${quiet}{}", if formal { "{" } else { "" });
        self.put_one_of(&NAMES);
        for _ in 0..self.random.below(3) {
            match self.random.below(8) {
                0 if depth > 0 => {
                    self.put("[");
                    match self.random.below(3) {
                        0 => self.put_one_of(&["0", "1", "-1", "9"]),
                        1 => self.put_one_of(&["'foo'", "\"$s\"", "\"n\""]),
                        _ => self.reference(depth - 1),
                    }
                    self.put("]");
                }
                1 if depth > 0 => {
                    self.put(".get(");
                    self.expression(depth - 1);
                    self.put(")");
                }
                2..5 => self.put_one_of(&MEMBERS),
                _ => self.put_one_of(&METHODS),
            }
        }
        if formal {
            self.put("}");
        }
    }

    fn space(&mut self) {
        let space = if self.random.chance(20) { "\n" } else { " " };
        let _ = match self.random.below(3) {
            0 => write!(self.out, "{space}"),
            _ => Ok(()),
        };
    }

    fn directive(&mut self, name: &str) {
        let braces = self.random.chance(8);
        let _ = if braces { write!(self.out, "#{{{name}}}") } else { write!(self.out, "#{name}") };
        if self.random.chance(10) {
            self.put(" ");
        }
        self.put("(");
        self.space();
    }

    fn close(&mut self) {
        self.space();
        self.put(")");
    }

    fn set(&mut self) {
        self.directive("set");
        self.put_one_of(&[
            "$x",
            "$y",
            "$x",
            "$y",
            "${x}",
            "$map.foo",
            "$map['new']",
            "$list[0]",
            "$map.nested.a",
        ]);
        self.space();
        self.put("=");
        self.space();
        self.expression(2);
        self.close();
    }

    fn expression(&mut self, depth: u32) {
        match self.random.below(if depth == 0 { 8 } else { 13 }) {
            0..2 => {
                let number = self.random.below(12);
                let _ = write!(self.out, "{number}");
            }
            2 => self.put_one_of(&["true", "false", "1.5", "-3", "0", "2147483647", "0.1"]),
            3 => self.put_one_of(&[
                "'foo'",
                "\"foo\"",
                "\"\"",
                "'$s'",
                "\"$s\"",
                "\"a${i}b\"",
                "\"$nope\"",
                "'it''s'",
            ]),
            4..8 => self.reference(depth),
            8..10 => self.operation(depth - 1),
            10 => {
                self.put_one_of(&["!", "not "]);
                self.expression(depth - 1);
            }
            11 => self.literal(depth - 1),
            _ => {
                self.put("(");
                self.expression(depth - 1);
                self.put(")");
            }
        }
    }

    fn operation(&mut self, depth: u32) {
        self.expression(depth);
        let operator = self.random.pick(&OPERATORS);
        let _ = write!(self.out, " {operator} ");
        self.expression(depth);
    }

    fn literal(&mut self, depth: u32) {
        match self.random.below(3) {
            0 => {
                self.put("[");
                self.expression(depth);
                self.put(", ");
                self.expression(depth);
                self.put("]");
            }
            1 => {
                self.put("{\"a\" : ");
                self.expression(depth);
                self.put("}");
            }
            _ => self.put_one_of(&[
                "[]",
                "{}",
                "[1..3]",
                "[3..1]",
                "[$idx..$i]",
                "[1, 2, 3]",
                "{'foo':'bar', \"n\":2}",
            ]),
        }
    }

    fn condition(&mut self, depth: u32) {
        self.directive("if");
        self.expression(2);
        self.close();
        self.block(depth);
        if self.random.chance(3) {
            self.directive("elseif");
            self.expression(2);
            self.close();
            self.block(depth);
        }
        if self.random.chance(2) {
            self.put_one_of(&["#else", "#{else}", "#else\n"]);
            self.block(depth);
        }
        self.end();
    }

    fn end(&mut self) {
        self.put_one_of(&["#end", "#end", "#{end}", "#end\n", "#end "]);
    }

    fn repetition(&mut self, depth: u32) {
        self.directive("foreach");
        self.put_one_of(&["$x", "$e", "$z"]);
        self.put(" in ");
        self.put_one_of(&[
            "$list",
            "$nums",
            "$map",
            "$none",
            "$nope",
            "[1..3]",
            "$items",
            "$items[0].keySet()",
            "$s",
            "$map.nested.list",
            "[\"a\", 2]",
            "$csv.split(\",\")",
        ]);
        self.close();
        self.block(depth);
        self.put_one_of(&[
            "",
            "$e",
            "$x",
            "$velocityCount",
            "$foreach.index",
            "#if($foreach.hasNext),#end",
            "$foreach.count",
            "#if($velocityHasNext);#end",
            "#if($velocityCount == 2)#break#end",
            "$foreach.parent.index",
        ]);
        self.end();
    }

    fn definition(&mut self, depth: u32) {
        self.directive("define");
        self.put("$y");
        self.close();
        // A block that prints itself never ends.
        let before = self.out.len();
        self.block(depth);
        let body = self.out.split_off(before).replace("$y", "$s").replace("{y", "{s").replace("!y", "!s");
        self.put(&body);
        self.end();
        self.put("$y");
    }

    fn macro_(&mut self, depth: u32) {
        self.macros += 1;
        let number = self.macros;
        self.directive("macro");
        let _ = write!(self.out, "m{number} $p");
        if self.random.chance(2) {
            self.put(" $q");
        }
        self.close();
        // Neither may a macro call itself.
        let before = self.out.len();
        self.block(depth);
        let body = self.out.split_off(before).replace("#m", "#n").replace("#@m", "#n");
        self.put(&body);
        self.put_one_of(&["$p", "[$p]", "$!p", "#set($x = $p)", "$p.length()", "$q", "$bodyContent"]);
        self.end();
        self.call();
    }

    fn call(&mut self) {
        let number = 1 + self.random.below(self.macros.max(1));
        let block = self.macros > 0 && self.random.chance(4);
        let _ = write!(self.out, "#{}m{number}(", if block { "@" } else { "" });
        for _ in 0..self.random.below(3) {
            match self.random.below(4) {
                0 => self.put_one_of(&["'lit'", "\"$s\"", "5", "[1,2]", "true"]),
                _ => self.reference(1),
            }
            self.put(" ");
        }
        self.put(")");
        if block {
            self.put_one_of(&["body", "$s", "$x"]);
            self.end();
        }
    }

    fn comment(&mut self) {
        self.put_one_of(&[
            "## note\n",
            "#* note *#",
            "#** note *#",
            "##\n",
            "#* $s #if *#",
            " ## x\n",
            "#[[raw $s]]#",
        ]);
    }

    fn rarity(&mut self) {
        self.put_one_of(&[
            "#stop",
            "#foo",
            "#foo()",
            "$(x)",
            "#{",
            "${",
            "\\#if",
            "\\$s",
            "\\\\$s",
            "$!, ",
            "##",
            "\"#if($t)y#end\"",
            "#break",
            "#macro",
            "# ",
            "#1",
            "$s.",
            "${s}x",
            "$list.size(",
            "#end",
            "\\, ",
            "*#",
            "$$s",
            "#set($x = \"#foreach($z in $list)$z#end\")$x",
        ]);
    }

    /// Takes a character away, or puts one in.
    fn damage(&mut self) {
        let mut letters: Vec<char> = self.out.chars().collect();
        if letters.is_empty() {
            return;
        }
        let at = usize::try_from(self.random.below(letters.len() as u64)).expect("an index");
        if self.random.chance(2) {
            letters.remove(at);
        } else {
            let letter = self
                .random
                .pick(&["(", ")", "#", "$", "{", "}", "\"", "'", "[", "]", " ", "\n", ".", "\\", "!"]);
            letters.insert(at, letter.chars().next().unwrap_or(' '));
        }
        self.out = letters.into_iter().collect();
    }
}
