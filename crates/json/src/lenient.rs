//! The lenient object that a MOCK integration's request template renders.
//!
//! AWS accepts unquoted and single-quoted keys, empty members and junk values, but wants balanced braces and a
//! `statusCode` that is an unquoted integer; see the table in the tests, which AWS was measured with.

/// The integer `statusCode` of a lenient JSON object; none when AWS refuses the text.
#[must_use]
pub fn mock_status(text: &str) -> Option<u16> {
    let mut scanner = Scanner { rest: text.trim() };
    scanner.take('{')?;
    let mut status = None;
    loop {
        scanner.skip_blanks_and_commas();
        if scanner.take('}').is_some() {
            break;
        }
        let key = scanner.key()?;
        let value = scanner.value()?;
        if key == "statusCode" {
            status = value.parse().ok();
        }
    }
    if scanner.rest.trim().is_empty() { status } else { None }
}

struct Scanner<'t> {
    rest: &'t str,
}

impl<'t> Scanner<'t> {
    fn take(&mut self, wanted: char) -> Option<()> {
        self.rest = self.rest.strip_prefix(wanted)?;
        Some(())
    }

    fn skip_blanks_and_commas(&mut self) {
        self.rest = self.rest.trim_start_matches(|c: char| c.is_whitespace() || c == ',');
    }

    /// The text before the colon that ends a key, without its quotes.
    fn key(&mut self) -> Option<&'t str> {
        if let Some(quote) = self.rest.chars().next().filter(|c| matches!(c, '"' | '\'')) {
            let (key, rest) = self.rest[1..].split_once(quote)?;
            self.rest = rest.trim_start();
            self.take(':')?;
            return Some(key);
        }
        if self.rest.starts_with('{') {
            return None;
        }
        let (key, rest) = self.rest.split_once(':')?;
        self.rest = rest;
        Some(key.trim())
    }

    /// The raw text of a value: to the comma or brace that ends it, strings and nested brackets skipped.
    fn value(&mut self) -> Option<&'t str> {
        let mut depth = 0usize;
        let mut quote = None;
        for (at, c) in self.rest.char_indices() {
            match (quote, c) {
                (Some(open), c) if c == open => quote = None,
                (Some(_), _) => {}
                (None, '"' | '\'') => quote = Some(c),
                (None, '{' | '[') => depth += 1,
                (None, ',' | '}') if depth == 0 => return Some(self.cut(at)),
                (None, '}' | ']') => depth = depth.checked_sub(1)?,
                _ => {}
            }
        }
        None
    }

    fn cut(&mut self, at: usize) -> &'t str {
        let value = self.rest[..at].trim();
        self.rest = &self.rest[at..];
        value
    }
}

#[cfg(test)]
mod tests {
    use super::mock_status;

    #[test]
    fn accepts_and_refuses_as_aws_does() {
        for text in [
            r#"{"statusCode": 200}"#,
            "{statusCode: 200}",
            "{'statusCode': 200}",
            "{statusCode: 200,super{ f}oo: [ba r]}",
            r#"{"statusCode": 200 ,, }"#,
            "{'statusCode': 200, '': ''}",
            "{statusCode: 200, null: null}",
            " \n{\"a\": {\"b\": [1, \"}\"]}, \"statusCode\": 200}\n",
        ] {
            assert_eq!(mock_status(text), Some(200), "{text}");
        }
        for text in [
            r#"{"statusCode": "200"}"#,
            "statusCode: 200",
            "{statusCode: 200, {foo: [ba r]}",
            r#"{"statusCode': 200 }"#,
            "{'statusCode: 200 }",
            r#"{"statusCode": 200"#,
            "{}",
            "",
            "{}x",
        ] {
            assert_eq!(mock_status(text), None, "{text}");
        }
    }
}
