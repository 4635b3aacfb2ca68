//! Secrets as AWS shows them in execution logs: the last characters only.

/// Whether a header's value is nobody's business. The name is in lower case.
#[must_use]
pub fn is_secret(name: &str) -> bool {
    ["authorization", "proxy-authorization", "cookie", "set-cookie", "x-api-key", "x-amz-security-token"]
        .contains(&name)
}

/// What is shown of a secret.
#[must_use]
pub fn masked(value: &str) -> String {
    let shown: Vec<char> = value.chars().rev().take(if value.len() > 12 { 6 } else { 0 }).collect();
    format!("******{}", shown.into_iter().rev().collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::masked;

    #[test]
    fn secrets_show_their_end_only() {
        for (secret, expected) in
            [("", "******"), ("short", "******"), ("AbcdefghijklmnOPQRST", "******OPQRST")]
        {
            assert_eq!(masked(secret), expected);
        }
    }
}
