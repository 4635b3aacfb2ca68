//! Header names as AWS spells them, for those who print what travels in lower case here.

/// Names with capitals of their own; all others begin every word with one.
const OWN: [(&str, &str); 9] = [
    ("x-amzn-apigateway-api-id", "x-amzn-apigateway-api-id"),
    ("x-amzn-lambda-integration-tag", "x-amzn-lambda-integration-tag"),
    ("x-amzn-requestid", "x-amzn-RequestId"),
    ("x-amzn-errortype", "x-amzn-ErrorType"),
    ("x-amzn-remapped-content-length", "x-amzn-Remapped-Content-Length"),
    ("x-amzn-trace-id", "X-Amzn-Trace-Id"),
    ("etag", "ETag"),
    ("te", "TE"),
    ("www-authenticate", "WWW-Authenticate"),
];

/// The spelling of a name that is given in lower case.
#[must_use]
pub fn header_spelling(name: &str) -> String {
    if let Some((_, own)) = OWN.iter().find(|(known, _)| *known == name) {
        return (*own).to_owned();
    }
    let mut begins = true;
    let spell = |c: char| {
        let spelled = if begins { c.to_ascii_uppercase() } else { c };
        begins = c == '-';
        spelled
    };
    name.chars().map(spell).collect()
}

#[cfg(test)]
mod tests {
    use super::header_spelling;

    #[test]
    fn words_begin_with_capitals() {
        for (name, expected) in [
            ("content-type", "Content-Type"),
            ("x-amzn-trace-id", "X-Amzn-Trace-Id"),
            ("x-amzn-errortype", "x-amzn-ErrorType"),
            ("x-amz-executed-version", "X-Amz-Executed-Version"),
            ("", ""),
        ] {
            assert_eq!(header_spelling(name), expected);
        }
    }
}
