//! `cognito`: user pools whose tokens come from elsewhere than AWS.

use std::collections::HashMap;
use std::sync::Arc;

use http::Uri;
use stagedoor_engine::{KeySource, TokenIssuer};

use super::tree::{Entry, Node, Value};
use super::written::Reader;

/// By the pool's ARN or id.
pub(crate) type CognitoConfig = HashMap<Box<str>, Arc<TokenIssuer>>;

const KEYS: [&str; 2] = ["issuer", "jwks"];

/// Reads `cognito`.
pub(super) fn read(reader: &mut Reader<'_>, node: &Node) -> CognitoConfig {
    let mut pools = CognitoConfig::new();
    for Entry { key, place, value } in reader.map(node) {
        if !is_pool(key) {
            let message =
                format!("`{key}` is neither the id nor the ARN of a user pool like us-east-1_AbCdEfGhI");
            reader.complain(*place, message);
        } else if let Some(issuer) = issuer(reader, value) {
            pools.insert(key.as_str().into(), Arc::new(issuer));
        }
    }
    pools
}

fn is_pool(text: &str) -> bool {
    let id = match text.strip_prefix("arn:") {
        Some(_) => text.split(":userpool/").nth(1).unwrap_or_default(),
        None => text,
    };
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
    id.contains('_') && id.bytes().all(plain)
}

/// A URL under which a pool is served as Cognito serves it, or an issuer of any kind.
fn issuer(reader: &mut Reader<'_>, node: &Node) -> Option<TokenIssuer> {
    if let Value::Scalar(_) = &node.value {
        let url = url(reader, node)?;
        let names = vec![url.into()];
        return Some(TokenIssuer {
            names,
            keys: KeySource::of_pool(url.trim_end_matches('/')),
            names_token_use: true,
        });
    }
    let (mut name, mut keys) = (None, None);
    for Entry { key, value, .. } in reader.keys(node, &KEYS) {
        match key.as_str() {
            "issuer" => name = Some(url(reader, value)?),
            _ => keys = Some(source(reader, value)?),
        }
    }
    let Some(name) = name else {
        reader.complain(node.place, "a user pool needs `issuer: URL`: what its tokens carry as `iss`");
        return None;
    };
    let keys = keys.unwrap_or_else(|| KeySource::Discovery(name.into()));
    Some(TokenIssuer { names: vec![name.into()], keys, names_token_use: false })
}

/// A URL, or a file beside the configuration.
fn source(reader: &mut Reader<'_>, node: &Node) -> Option<KeySource> {
    match reader.text(node)? {
        text if text.contains("://") => Some(KeySource::Url(url(reader, node)?.into())),
        _ => super::existing(reader, node).map(KeySource::File),
    }
}

fn url<'n>(reader: &mut Reader<'_>, node: &'n Node) -> Option<&'n str> {
    let text = reader.text(node)?;
    let is_url = text.parse::<Uri>().is_ok_and(|uri| {
        let known = matches!(uri.scheme_str(), Some("http" | "https"));
        known && uri.authority().is_some_and(|it| !it.as_str().contains('@') && !it.host().is_empty())
    });
    if !is_url {
        reader.complain(
            node.place,
            format!("`{text}` is not the URL of an issuer like http://localhost:9229/POOL"),
        );
    }
    is_url.then_some(text)
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use crate::config::Config;

    fn parse(file: &Path, text: &str) -> Result<String, String> {
        let config = Config::parse(file, text).map_err(|problems| problems.to_string())?;
        let shown = config.cognito.iter().map(|(pool, issuer)| {
            format!("{pool} {} {} {}", issuer.names.join(","), issuer.keys, issuer.names_token_use)
        });
        Ok(shown.collect::<Vec<_>>().join("; "))
    }

    #[test]
    fn pools_have_issuers() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("keys.json"), "{}").unwrap();
        let file = folder.path().join("stagedoor.yaml");
        let check = |text: &str, expected: &str| {
            assert_eq!(parse(&file, &format!("cognito: {text}")).as_deref(), Ok(expected), "{text}");
        };
        check(
            "{local_1: 'http://localhost:9229/local_1'}",
            "local_1 http://localhost:9229/local_1 http://localhost:9229/local_1/.well-known/jwks.json true",
        );
        check("{a_1: {issuer: 'https://i/x'}}", "a_1 https://i/x https://i/x false");
        check("{a_1: {issuer: 'https://i/', jwks: 'https://k/keys'}}", "a_1 https://i/ https://k/keys false");
        let keys = folder.path().join("keys.json");
        check(
            "{a_1: {issuer: 'https://i', jwks: keys.json}}",
            &format!("a_1 https://i {} false", keys.display()),
        );
        let arn = "arn:aws:cognito-idp:eu-west-1:123456789012:userpool/eu-west-1_Abc";
        check(&format!("{{'{arn}': {{issuer: 'https://i'}}}}"), &format!("{arn} https://i https://i false"));
    }

    #[test]
    fn mistakes_name_their_place() {
        for (text, expected) in [
            ("{pool: 'http://h'}", "1:11: `pool` is neither the id nor the ARN of a user pool"),
            ("{a/_1: 'http://h'}", "1:11: `a/_1` is neither the id nor the ARN of a user pool"),
            ("{'arn:aws:sqs': 'http://h'}", "is neither the id nor the ARN of a user pool"),
            ("{a_1: here}", "1:16: `here` is not the URL of an issuer"),
            ("{a_1: 'https://user@h'}", "is not the URL of an issuer"),
            ("{a_1: {jwks: 'https://h'}}", "1:16: a user pool needs `issuer: URL`"),
            ("{a_1: {issuer: 'https://h', jwks: lost.json}}", "/app/lost.json does not exist"),
            ("{a_1: {issuer: 'https://h', keys: x}}", "unknown key `keys`"),
            ("[a_1]", "expected keys with values"),
        ] {
            let problem = parse(Path::new("/app/stagedoor.yaml"), &format!("cognito: {text}")).unwrap_err();
            assert!(problem.contains(expected), "{text}\n{problem}");
        }
    }
}
