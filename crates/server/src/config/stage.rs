//! What an API's entry says of its stage: the size of its cache cluster, and the settings of its methods.
//!
//! In: the keys `cache_cluster_size` and `method_settings`. Out: what is declared, by the paths of AWS's API. It must not know
//! which methods there are, or what values the settings take: the control plane checks both when all of it is applied.

use stagedoor_control::DeclaredSetting;
use stagedoor_model::CacheClusterSize;

use super::tree::{Entry, Node};
use super::written::Reader;

/// What a setting takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Takes {
    Flag,
    Text,
}

/// AWS's names of the settings, and their paths below a method.
const SETTINGS: [(&str, &str, Takes); 10] = [
    ("metrics_enabled", "metrics/enabled", Takes::Flag),
    ("logging_level", "logging/loglevel", Takes::Text),
    ("data_trace_enabled", "logging/dataTrace", Takes::Flag),
    ("throttling_burst_limit", "throttling/burstLimit", Takes::Text),
    ("throttling_rate_limit", "throttling/rateLimit", Takes::Text),
    ("caching_enabled", "caching/enabled", Takes::Flag),
    ("cache_ttl_in_seconds", "caching/ttlInSeconds", Takes::Text),
    ("cache_data_encrypted", "caching/dataEncrypted", Takes::Flag),
    ("require_authorization_for_cache_control", "caching/requireAuthorizationForCacheControl", Takes::Flag),
    (
        "unauthorized_cache_control_header_strategy",
        "caching/unauthorizedCacheControlHeaderStrategy",
        Takes::Text,
    ),
];
/// The method that stands for all.
const ALL: &str = "*";

pub(super) fn cache_cluster_size(reader: &mut Reader<'_>, node: &Node) -> Option<CacheClusterSize> {
    let text = reader.text(node)?;
    let size = CacheClusterSize::parse(text);
    if size.is_none() {
        let sizes: Vec<&str> = CacheClusterSize::ALL.iter().map(|size| size.as_str()).collect();
        reader
            .complain(node.place, format!("`{text}` is no size of a cache cluster: {} GB", sizes.join(", ")));
    }
    size
}

/// Settings of `GET /pets`, or of `*`, which come first: those of a method begin as a copy of them.
pub(super) fn method_settings(reader: &mut Reader<'_>, node: &Node) -> Vec<DeclaredSetting> {
    let mut found = Vec::new();
    for Entry { key, place, value } in reader.map(node) {
        let method = key.split_once(' ').filter(|(_, path)| path.starts_with('/'));
        if method.is_none() && key != ALL {
            reader.complain(*place, format!("`{key}` is not a method, like GET /pets, nor `*` for all"));
            continue;
        }
        let method = method.map(|(verb, path)| (verb.to_owned(), path.to_owned()));
        settings(reader, value, method.as_ref(), &mut found);
    }
    found.sort_by_key(|setting| setting.method.is_some());
    found
}

fn settings(
    reader: &mut Reader<'_>,
    node: &Node,
    method: Option<&(String, String)>,
    found: &mut Vec<DeclaredSetting>,
) {
    let names = SETTINGS.map(|(name, ..)| name);
    for Entry { key, value, .. } in reader.keys(node, &names) {
        let Some((_, path, takes)) = SETTINGS.iter().find(|(name, ..)| name == key) else { continue };
        let given = match takes {
            Takes::Flag => Some(super::front::flag(reader, value).to_string()),
            Takes::Text => reader.text(value).map(str::to_owned),
        };
        let Some(given) = given else { continue };
        found.push(DeclaredSetting { method: method.cloned(), path, value: given });
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use crate::config::Config;

    fn parse(folder: &Path, text: &str) -> Result<Config, String> {
        std::fs::write(folder.join("a.yaml"), "").unwrap();
        Config::parse(&folder.join("stagedoor.yaml"), text).map_err(|problems| problems.to_string())
    }

    #[test]
    fn settings_of_all_methods_come_first() {
        let folder = tempfile::tempdir().unwrap();
        let text = "apis: {pets: {openapi: a.yaml, cache_cluster_size: 6.1, method_settings: {
            'GET /pets/{id}': {caching_enabled: true, cache_ttl_in_seconds: 60},
            '*': {throttling_rate_limit: 1.5, logging_level: INFO}}}}";
        let config = parse(folder.path(), text).unwrap();
        let api = &config.apis[0];
        assert_eq!(api.cache_cluster_size.map(|size| size.as_str()), Some("6.1"));
        let pets = Some(("GET".to_owned(), "/pets/{id}".to_owned()));
        let found: Vec<_> =
            api.method_settings.iter().map(|it| (it.method.clone(), it.path, it.value.as_str())).collect();
        let expected = [
            (None, "throttling/rateLimit", "1.5"),
            (None, "logging/loglevel", "INFO"),
            (pets.clone(), "caching/enabled", "true"),
            (pets, "caching/ttlInSeconds", "60"),
        ];
        assert_eq!(found, expected);
    }

    #[test]
    fn mistakes_name_their_place() {
        let folder = tempfile::tempdir().unwrap();
        for (stage, expected) in [
            ("cache_cluster_size: 7", "1:52: `7` is no size of a cache cluster: 0.5, 1.6, 6.1"),
            ("method_settings: {pets: }", "1:50: `pets` is not a method, like GET /pets, nor `*` for all"),
            ("method_settings: {'*': {caching: true}}", "unknown key `caching`"),
            ("method_settings: {'*': {caching_enabled: yes}}", "`yes` is not `true` or `false`"),
        ] {
            let text = format!("apis: {{pets: {{openapi: a.yaml, {stage}}}}}");
            let found = parse(folder.path(), &text).unwrap_err();
            assert!(found.contains(expected), "{text}\n{found}");
        }
    }
}
