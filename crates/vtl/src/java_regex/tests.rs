use std::cell::Cell;

use super::{Pattern, PatternError, Purpose, ReplaceError, TooManySteps};

/// Every match of a pattern in a text, between brackets; what Java 17 finds.
fn found(pattern: &str, text: &str) -> String {
    let pattern = match Pattern::new(pattern, Purpose::Part) {
        Ok(pattern) => pattern,
        Err(error) => return format!("!{error}"),
    };
    match pattern.replace(text, "[$0]", usize::MAX, 10_000, &|| true) {
        Ok(text) => text,
        Err(error) => format!("!{error}"),
    }
}

fn check(cases: &[(&str, &str, &str)]) {
    for (pattern, text, expected) in cases {
        assert_eq!(found(pattern, text), *expected, "{pattern} in {text:?}");
    }
}

#[test]
fn classes() {
    check(&[
        ("[]a]", "]b", "[]]b"),
        ("[^]a]", "]b", "][b]"),
        ("[a-]", "-", "[-]"),
        ("[a-c-e]", "-d", "[-]d"),
        ("[a-d[m-p]]", "mz", "[m]z"),
        ("[^a-d[m-p]]", "mz", "m[z]"),
        ("[a-z&&[^b]]", "bc", "b[c]"),
        ("[a-z&&^b]", "cb", "c[b]"),
        ("[a&&b]", "ab", "ab"),
        ("[a&&]", "ab", "[a]b"),
        ("[&&a]", "ab", "[a]b"),
        ("[^a&&b]", "ab", "[a][b]"),
        ("[ab&&[bc]d]", "abd", "a[b]d"),
        ("[\\Qa-z\\E]", "-b", "[-]b"),
        ("[[:alpha:]]", "pb:", "[p]b[:]"),
        ("(?i)[a-c]", "Bd", "[B]d"),
        ("(?i)[^a-c]", "Bd", "B[d]"),
        ("(?i)É", "é", "é"),
        ("(?iu)É", "é", "[é]"),
        ("(?x)[a b]", " b", " [b]"),
        ("\\p{Lower}\\p{IsLatin}\\pL", "aéé", "[aéé]"),
        ("\\P{L}", "a1", "a[1]"),
        ("\\w\\d\\s", "éa1 ", "é[a1 ]"),
        ("(?U)\\w", "é", "[é]"),
        ("\\h\\v", " \n", "[ \n]"),
    ]);
}

#[test]
fn lines() {
    check(&[
        ("a$", "a\n", "[a]\n"),
        ("a$", "a\r\n", "[a]\r\n"),
        ("(?m)^a$", "a\ra\na", "[a]\r[a]\n[a]"),
        ("a\\Z", "a\n", "[a]\n"),
        ("a\\z", "a\n", "a\n"),
        (".", "\r\u{85}x", "\r\u{85}[x]"),
        ("(?s).", "\r", "[\r]"),
        ("(?d).", "\r", "[\r]"),
        ("\\R", "\r\n\n", "[\r\n][\n]"),
        ("(?m)$", "a\nb", "a[]\nb[]"),
    ]);
}

#[test]
fn repetition_and_groups() {
    check(&[
        ("a{2}{3}", "aaaaaa", "[aa][aa][aa]"),
        ("a\\Qbc\\E*", "abccc", "[abccc]"),
        ("a++a", "aaa", "aaa"),
        ("(?>a+)a", "aaa", "aaa"),
        ("(?<=a+)b", "aab", "aa[b]"),
        ("(?<n>a)\\k<n>", "aa", "[aa]"),
        ("(?:(?=a))?a", "ab", "[a]b"),
        ("(?!b)*a", "ab", "[a]b"),
        ("(?U)\\p{Lower}", "é1", "[é]1"),
        ("(a)\\2", "a", "a"),
        ("(a)\\11", "aa1", "[aa1]"),
        ("(?i:a)b", "AbAB", "[Ab]AB"),
        ("a(?i)b|c", "CaB", "[C][aB]"),
        ("x*", "axb", "[]a[x][]b[]"),
        ("", "ab", "[]a[]b[]"),
        ("\\x41\\x{41}\\u0041\\0101", "AAAA", "[AAAA]"),
        ("\\uD83C\\uDF89", "🎉", "[🎉]"),
    ]);
}

#[test]
fn what_java_refuses() {
    for pattern in [
        "(",
        ")",
        "a)",
        "[",
        "[]",
        "[^]",
        "{",
        "a{",
        "a{,3}",
        "x{a}",
        "a{2,1}",
        "a{99999999999}",
        "*a",
        "a**",
        "a|*",
        "(*a)",
        "\\",
        "\\y",
        "\\E",
        "\\08",
        "[a-\\d]",
        "[b-a]",
        "[\\b]",
        "(?z)",
        "(?",
        "(?P<n>a)",
        "(?<1a>a)",
        "(?<n>a)(?<n>b)",
        "\\k<x>",
        "\\k",
        "\\p{foo}",
        "\\x4",
        "\\u12",
    ] {
        let refused = Pattern::new(pattern, Purpose::Part);
        assert!(matches!(refused, Err(PatternError::Syntax { .. })), "{pattern}: {refused:?}");
    }
}

#[test]
fn replacements() {
    for (pattern, text, new, expected) in [
        ("(o)", "foo", "<$1>", "f<o><o>"),
        ("(o)", "foo", "$12", "fo2o2"),
        ("(?<a>o)", "fo", "${a}${a}", "foo"),
        ("o", "fo", "\\$1\\\\", "f$1\\"),
        ("(x)?o", "fo", "<$1>", "f<>"),
        ("zz", "fo", "$9", "fo"),
        ("o", "fo", "$1", "!No group 1"),
        ("o", "fo", "$x", "!Illegal group reference"),
        ("o", "fo", "${b}", "!No group with name {b}"),
        ("o", "fo", "\\", "!character to be escaped is missing"),
    ] {
        let compiled = Pattern::new(pattern, Purpose::Part).expect(pattern);
        let replaced = compiled
            .replace(text, new, usize::MAX, 1000, &|| true)
            .unwrap_or_else(|error| format!("!{error}"));
        assert_eq!(replaced, expected, "{pattern} {new}");
    }
}

#[test]
fn splits() {
    for (pattern, text, limit, expected) in [
        (",", "a,b,,c,,", 0, vec!["a", "b", "", "c"]),
        (",", "a,b,,c,,", -1, vec!["a", "b", "", "c", "", ""]),
        (",", "a,b,,c,,", 2, vec!["a", "b,,c,,"]),
        (",", "a,b", 1, vec!["a,b"]),
        (",", "", 0, vec![""]),
        (",", ",", 0, vec![]),
        ("", "ab", 0, vec!["a", "b"]),
        ("(?=b)", "abab", 0, vec!["a", "ba", "b"]),
        ("x*", "axb", 0, vec!["a", "", "b"]),
    ] {
        let compiled = Pattern::new(pattern, Purpose::Part).expect(pattern);
        assert_eq!(
            compiled.split(text, limit, &|| true).expect(pattern),
            expected,
            "{pattern} {text} {limit}"
        );
    }
}

#[test]
fn whole_texts() {
    for (pattern, text, expected) in [
        (r"2\d{2}", "204", true),
        (r"2\d{2}", "2040", false),
        ("^5..$", "503", true),
        ("(a$|b)", "a", true),
        ("a|ab", "ab", true),
        ("a$\\n", "a\n", true),
        (".*Exception.*", "x\nException", false),
        (r"(\n|.)+", "x\ny", true),
        (r"(?!200)\d+", "404", true),
    ] {
        let compiled = Pattern::new(pattern, Purpose::Whole).expect(pattern);
        assert_eq!(compiled.matches(text), Ok(expected), "{pattern} {text}");
    }
}

#[test]
fn work_is_bounded() {
    let long = "a".repeat(5000);
    let linear = Pattern::new("(a+)+b", Purpose::Whole).expect("it runs in linear time");
    assert_eq!(linear.matches(&long), Ok(false));
    let backtracking = Pattern::new("(a|a)+(?=b)c", Purpose::Part).expect("it compiles");
    assert!(backtracking.matches(&long).is_err());
    // `(a|a)+` falls back more often with each letter; some 14 letters are too many for what anybody may send.
    let [whole, anybody] = [Purpose::Whole, Purpose::WholeOfAnybody]
        .map(|purpose| Pattern::new("(a|a)+(?=b)c", purpose).expect("it compiles"));
    let fits =
        |pattern: &Pattern| (1..40).take_while(|count| pattern.matches(&long[..*count]).is_ok()).count();
    assert!((8..fits(&whole)).contains(&fits(&anybody)), "{} {}", fits(&whole), fits(&anybody));
    assert_eq!(Pattern::new("((a{1000}){1000}){1000}", Purpose::Part).err(), Some(PatternError::TooComplex));
    assert_eq!(Pattern::new(&"(".repeat(100_000), Purpose::Part).err(), Some(PatternError::TooComplex));
    assert_eq!(Pattern::new(&"[".repeat(100_000), Purpose::Part).err(), Some(PatternError::TooComplex));
}

/// Each search looks to the end of the text before it takes the letter at its beginning.
#[test]
fn many_long_searches_end() {
    let text = "a".repeat(1 << 20);
    for pattern in ["a*c|a", "(?=a)a*c|a"] {
        let compiled = Pattern::new(pattern, Purpose::Part).expect(pattern);
        let searches = Cell::new(0);
        let in_time = || searches.replace(searches.get() + 1) < 3;
        let replaced = compiled.replace(&text, "b", usize::MAX, usize::MAX, &in_time);
        assert_eq!(replaced, Err(ReplaceError::TooManySteps(TooManySteps)), "{pattern}");
        assert_eq!(compiled.split(&text, 0, &in_time), Err(TooManySteps), "{pattern}");
    }
}
