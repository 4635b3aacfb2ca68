//! A pattern of any characters is refused, or finds, replaces and splits in any text within its bounds.

use stagedoor_vtl::java_regex::{Pattern, Purpose};

/// The pattern is the first line, the replacement the second, the text all the rest.
pub fn run(data: &[u8]) {
    let input = String::from_utf8_lossy(data);
    let mut parts = input.splitn(3, '\n').map(|part| part.get(..2000).unwrap_or(part));
    let mut part = || parts.next().unwrap_or_default();
    let (pattern, replacement, text) = (part(), part(), part());
    if let Ok(whole) = Pattern::new(pattern, Purpose::Whole) {
        let _ = whole.matches(text);
    }
    if let Ok(compiled) = Pattern::new(pattern, Purpose::Part) {
        let _ = compiled.replace(text, replacement, usize::MAX, 1 << 20, &|| true);
        let parts = compiled.split(text, -1, &|| true);
        assert!(
            parts.is_err() || parts.is_ok_and(|parts| parts.concat().len() <= text.len()),
            "parts made of nothing"
        );
    }
}

/// Patterns over the whole syntax.
pub fn corpus() -> Vec<Vec<u8>> {
    [
        r"a|b*?c++",
        r"(?i)[a-z&&[^aeiou]]{2,3}",
        r"^(?<n>x+)\k<n>\1$",
        r"(?<=a)b(?!c)\b\B\G\Z\z\A",
        r"\Q[]\E\x41\u0041\0101\cA\t\e",
        r"\p{Lu}\P{IsLatin}\p{javaLowerCase}\h\v\R\w\D",
        r"(?x) a # b",
        r"(?m-s:^a.$)(?>x*)",
        r"[\d\-\]\w-z&&&[^\s]]",
        r"((a+)+)+b",
    ]
    .iter()
    .map(|pattern| format!("{pattern}\n$1\\$x${{n}}\nHello Wörld aab xx 🎉 aaaa").into_bytes())
    .collect()
}
