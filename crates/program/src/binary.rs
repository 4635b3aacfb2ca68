//! Which media types an API treats as bytes.

/// The API's `binaryMediaTypes`, compiled.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct BinaryTypes {
    patterns: Box<[Pattern]>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Pattern {
    All,
    /// `image/*`, kept as `image/`.
    Family(Box<str>),
    Exact(Box<str>),
}

impl BinaryTypes {
    /// Compiles the list; a wildcard counts on the right side of the slash only.
    #[must_use]
    pub fn compile(types: &[String]) -> Self {
        let patterns = types.iter().map(|text| match text.as_str() {
            "*/*" => Pattern::All,
            text => match text.strip_suffix('*') {
                Some(family) if family.ends_with('/') => Pattern::Family(family.into()),
                _ => Pattern::Exact(text.into()),
            },
        });
        Self { patterns: patterns.collect() }
    }

    /// Whether no type is binary.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.patterns.is_empty()
    }

    /// Whether a `Content-Type` or `Accept` header names bytes: its first entry counts, parameters do not. Its absence
    /// means text, but where everything is binary: AWS logs `[Binary Data]` for preflights, which have no type at all.
    #[must_use]
    pub fn matches(&self, header: Option<&str>) -> bool {
        if self.patterns.is_empty() {
            return false;
        }
        let Some(media) = header.and_then(|header| header.split([',', ';']).next()).map(str::trim) else {
            return self.patterns.contains(&Pattern::All);
        };
        self.patterns.iter().any(|pattern| match pattern {
            Pattern::All => true,
            Pattern::Family(family) => media.starts_with(&**family) && !media.ends_with('*'),
            Pattern::Exact(exact) => media == &**exact,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::BinaryTypes;

    #[test]
    fn matches_as_aws_does() {
        for (configured, header, expected) in [
            ("image/png", Some("image/png"), true),
            ("image/*", Some("image/png"), true),
            ("*/png", Some("image/png"), false),
            ("*/*", Some("text/plain"), true),
            ("image/png", Some("image/*"), false),
            ("a/b", Some("a/b;q=0.9, c/d"), true),
            ("c/d", Some("a/b;q=0.9, c/d"), false),
            ("image/png", None, false),
            ("*/*", None, true),
        ] {
            let types = BinaryTypes::compile(&[configured.to_owned()]);
            assert_eq!(types.matches(header), expected, "{configured} {header:?}");
        }
    }
}
