//! Names of the service model in Rust's spelling.

/// Words that Rust reserves and the models use.
const KEYWORDS: [&str; 6] = ["type", "ref", "match", "in", "use", "move"];

/// `restApiId`, `ApiId`, `KMSKeyArn`, `providerARNs` → `rest_api_id`, `api_id`, `kms_key_arn`, `provider_arns`.
pub(super) fn snake(name: &str) -> String {
    let name = name.trim_start_matches('_').replace("ARNs", "Arns").replace('-', "_");
    let characters: Vec<char> = name.chars().collect();
    let mut snake = String::new();
    for (index, character) in characters.iter().enumerate() {
        let before = index.checked_sub(1).and_then(|before| characters.get(before));
        let after = characters.get(index + 1);
        let starts_word = character.is_uppercase()
            && before.is_some_and(|before| {
                before.is_lowercase()
                    || before.is_ascii_digit()
                    || (before.is_uppercase() && after.is_some_and(|after| after.is_lowercase()))
            });
        if starts_word {
            snake.push('_');
        }
        snake.extend(character.to_lowercase());
    }
    snake
}

/// The same as a field, escaped when Rust reserves the word.
pub(super) fn field(name: &str) -> String {
    let snake = snake(name);
    if KEYWORDS.contains(&snake.as_str()) { format!("r#{snake}") } else { snake }
}

/// `StatusCode` → `STATUS_CODE`.
pub(super) fn constant(name: &str) -> String {
    snake(name).to_uppercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_fields() {
        for (name, expected) in [
            ("restApiId", "rest_api_id"),
            ("ApiId", "api_id"),
            ("KMSKeyArn", "kms_key_arn"),
            ("providerARNs", "provider_arns"),
            ("S3Bucket", "s3_bucket"),
            ("type", "r#type"),
            ("CodeSha256", "code_sha256"),
        ] {
            assert_eq!(field(name), expected);
        }
    }
}
