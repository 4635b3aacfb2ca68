//! `api_keys` and `usage_plans`: who may call with a key, how fast and how often, declared in the file.
//!
//! In: the keys below them. Out: what is declared. Values of keys come from the environment or from files of their own. It must
//! not know which APIs there are: the control plane compares when all of it is applied.

use stagedoor_base::{ApiId, ApiKeyId, StageName, Timestamp, UsagePlanId};
use stagedoor_control::DeclaredPlan;
use stagedoor_model::{
    ApiKey, Map, PlanQuota, PlanStage, QuotaPeriod, SecretText, ThrottleSettings, UsagePlan,
};

use super::secret::{self, Given};
use super::tree::{Entry, Node, Place};
use super::written::Reader;

const KEY_KEYS: [&str; 6] = ["value_env", "value_file", "description", "customer_id", "enabled", "tags"];
const PLAN_KEYS: [&str; 7] = ["description", "product_code", "stages", "throttle", "quota", "keys", "tags"];
const VALUE_CHARS: std::ops::RangeInclusive<usize> = 20..=128;

/// Reads `api_keys`: a key's name is its id.
pub(super) fn keys(reader: &mut Reader<'_>, node: &Node) -> Vec<ApiKey> {
    let mut found: Vec<ApiKey> = Vec::new();
    for entry in reader.map(node) {
        let Some(key) = key(reader, entry) else { continue };
        if found.iter().any(|known| known.value == key.value) {
            reader.complain(entry.place, format!("the API key `{}` has the value of another", entry.key));
        }
        found.push(key);
    }
    found
}

fn key(reader: &mut Reader<'_>, Entry { key: name, place, value: node }: &Entry) -> Option<ApiKey> {
    named(reader, name, *place);
    let mut key = ApiKey {
        id: ApiKeyId::from(name.as_str()),
        value: SecretText::from(String::new()),
        name: Some(name.clone()),
        description: None,
        customer_id: None,
        enabled: true,
        stage_keys: Vec::new(),
        tags: Map::new(),
        created: Timestamp(0),
        last_updated: Timestamp(0),
        declared_in: Some(reader.file.display().to_string()),
    };
    let (mut value, mut says_value) = (None, false);
    for Entry { key: member, value: node, .. } in reader.keys(node, &KEY_KEYS) {
        says_value |= member.starts_with("value_");
        match member.as_str() {
            "value_env" => {
                value = secret::of_environment(reader, node).and_then(|it| checked(reader, node, it))
            }
            "value_file" => value = secret::of_file(reader, node).and_then(|it| checked(reader, node, it)),
            "description" => key.description = reader.text(node).map(str::to_owned),
            "customer_id" => key.customer_id = reader.text(node).map(str::to_owned),
            "enabled" => key.enabled = super::front::flag(reader, node),
            _ => key.tags = reader.texts(node).into_iter().collect(),
        }
    }
    if !says_value {
        let message = format!("API key `{name}` needs `value_env: VARIABLE` or `value_file: FILE`");
        reader.complain(*place, message);
    }
    key.value = value?;
    Some(key)
}

fn checked(reader: &mut Reader<'_>, node: &Node, Given { text, source }: Given) -> Option<SecretText> {
    if VALUE_CHARS.contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Some(SecretText::from(text));
    }
    let message = format!("{source} holds no API key: 20 to 128 characters in one line");
    reader.complain(node.place, message);
    None
}

/// Names are ids, which stand in ARNs and URLs.
fn named(reader: &mut Reader<'_>, name: &str, place: Place) {
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"-_".contains(&byte);
    if !(1..=64).contains(&name.len()) || !name.bytes().all(allowed) {
        reader.complain(place, format!("`{name}` is not a name: at most 64 letters, digits, - and _"));
    }
}

/// Reads `usage_plans`: a plan's name is its id.
pub(super) fn plans(reader: &mut Reader<'_>, node: &Node) -> Vec<DeclaredPlan> {
    let entries = reader.map(node);
    entries.iter().map(|entry| plan(reader, entry)).collect()
}

fn plan(reader: &mut Reader<'_>, Entry { key: name, place, value }: &Entry) -> DeclaredPlan {
    named(reader, name, *place);
    let mut plan = UsagePlan {
        id: UsagePlanId::from(name.as_str()),
        name: name.clone(),
        description: None,
        api_stages: Vec::new(),
        throttle: None,
        quota: None,
        product_code: None,
        tags: Map::new(),
        declared_in: Some(reader.file.display().to_string()),
    };
    let mut keys = Vec::new();
    for Entry { key, value, .. } in reader.keys(value, &PLAN_KEYS) {
        match key.as_str() {
            "description" => plan.description = reader.text(value).map(str::to_owned),
            "product_code" => plan.product_code = reader.text(value).map(str::to_owned),
            "stages" => plan.api_stages = stages(reader, value),
            "throttle" => plan.throttle = Some(throttle(reader, value)),
            "quota" => plan.quota = quota(reader, value),
            "keys" => keys = names(reader, value),
            _ => plan.tags = reader.texts(value).into_iter().collect(),
        }
    }
    DeclaredPlan { plan, keys }
}

fn names(reader: &mut Reader<'_>, node: &Node) -> Vec<ApiKeyId> {
    let mut found: Vec<ApiKeyId> = Vec::new();
    for item in reader.list(node) {
        let Some(name) = reader.text(item) else { continue };
        if found.iter().any(|known| known.as_str() == name) {
            reader.complain(item.place, format!("the key `{name}` is named twice"));
        }
        found.push(ApiKeyId::from(name));
    }
    found
}

/// `API/STAGE`, and below it how fast each key may call single methods.
fn stages(reader: &mut Reader<'_>, node: &Node) -> Vec<PlanStage> {
    let mut found = Vec::new();
    for Entry { key, place, value } in reader.map(node) {
        let Some((api, stage)) =
            key.split_once('/').filter(|(api, stage)| !api.is_empty() && !stage.is_empty())
        else {
            reader.complain(*place, format!("`{key}` is not a stage of an API, like petstore/v1"));
            continue;
        };
        let throttle = methods(reader, value);
        found.push(PlanStage { api: ApiId::from(api), stage: StageName::from(stage), throttle });
    }
    found
}

/// `GET /pets: {rate: 1, burst: 2}`.
fn methods(reader: &mut Reader<'_>, node: &Node) -> Map<ThrottleSettings> {
    let mut found = Map::new();
    for Entry { key, place, value } in reader.map(node) {
        let Some((verb, path)) = key.split_once(' ').filter(|(_, path)| path.starts_with('/')) else {
            reader.complain(*place, format!("`{key}` is not a method, like GET /pets"));
            continue;
        };
        found.insert(format!("{path}/{verb}"), throttle(reader, value));
    }
    found
}

fn throttle(reader: &mut Reader<'_>, node: &Node) -> ThrottleSettings {
    let mut limits = ThrottleSettings::default();
    for Entry { key, value, .. } in reader.keys(node, &["rate", "burst"]) {
        match key.as_str() {
            "rate" => limits.rate_limit = reader.parsed(value, "a number of requests a second"),
            _ => limits.burst_limit = reader.parsed(value, "a number of requests"),
        }
    }
    limits
}

fn quota(reader: &mut Reader<'_>, node: &Node) -> Option<PlanQuota> {
    let (mut limit, mut period, mut offset) = (None, None, 0);
    for Entry { key, value, .. } in reader.keys(node, &["limit", "period", "offset"]) {
        match key.as_str() {
            "limit" => limit = reader.parsed(value, "a number of requests"),
            "offset" => offset = reader.parsed(value, "a number of days").unwrap_or(0),
            _ => {
                let text = reader.text(value)?;
                period = QuotaPeriod::parse(&text.to_ascii_uppercase());
                if period.is_none() {
                    reader.complain(value.place, format!("`{text}` is not day, week or month"));
                    return None;
                }
            }
        }
    }
    let (Some(limit), Some(period)) = (limit, period) else {
        reader.complain(node.place, "a quota needs `limit: NUMBER` and `period: day`, `week` or `month`");
        return None;
    };
    Some(PlanQuota { limit, offset, period })
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use crate::config::Config;

    fn parse(folder: &Path, text: &str) -> Result<Config, String> {
        Config::parse(&folder.join("stagedoor.yaml"), text).map_err(|problems| problems.to_string())
    }

    const VALUE: &str = "0123456789-0123456789";

    const WHOLE: &str = r#"
api_keys:
  partner: {value_file: partner.key, description: d, customer_id: c, enabled: false, tags: {a: b}}
usage_plans:
  gold:
    description: for those who pay
    stages: {petstore/v1: {GET /pets: {rate: 1.5, burst: 2}, GET /: {rate: 0}}, petstore/v2: }
    throttle: {rate: 10, burst: 5}
    quota: {limit: 1000, period: week, offset: 1}
    keys: [partner]
limits: {api_keys: 1000000}
"#;

    #[test]
    fn everything_is_read() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("partner.key"), format!("{VALUE}\n")).unwrap();
        let config = parse(folder.path(), WHOLE).unwrap();
        let key = &config.api_keys[0];
        assert_eq!((key.id.as_str(), key.value.expose(), key.enabled), ("partner", VALUE, false));
        assert!(!format!("{config:?}").contains(VALUE), "a value is printed");
        let declared = &config.usage_plans[0];
        let stages = &declared.plan.api_stages;
        assert_eq!((stages[0].api.as_str(), stages[1].stage.as_str()), ("petstore", "v2"));
        assert_eq!(stages[0].throttle.keys().collect::<Vec<_>>(), ["/pets/GET", "//GET"]);
        assert_eq!(declared.keys, ["partner".into()]);
        assert_eq!(declared.plan.quota.map(|it| (it.limit, it.offset)), Some((1000, 1)));
        assert_eq!(config.most_api_keys, Some(1_000_000));
    }

    #[test]
    fn mistakes_name_their_place_and_no_value() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("short.key"), "tooshort").unwrap();
        std::fs::write(folder.path().join("good.key"), VALUE).unwrap();
        for (text, expected) in [
            ("api_keys: {a: }", "1:12: API key `a` needs `value_env: VARIABLE` or `value_file: FILE`"),
            (
                "api_keys: {a: {value_env: STAGEDOOR_NOBODY_HAS_THIS}}",
                "1:27: the environment has no variable",
            ),
            (
                "api_keys: {a: {value_file: short.key}}",
                "short.key holds no API key: 20 to 128 characters in one line",
            ),
            ("api_keys: {a b: {value_file: good.key}}", "1:12: `a b` is not a name"),
            (
                "api_keys: {a: {value_file: good.key}, b: {value_file: good.key}}",
                "1:39: the API key `b` has the value of another",
            ),
            ("api_keys: {a: {value: x}}", "1:16: unknown key `value`"),
            ("usage_plans: {a: {stages: {b: }}}", "1:28: `b` is not a stage of an API, like petstore/v1"),
            (
                "usage_plans: {a: {stages: {b/c: {pets: {rate: 1}}}}}",
                "1:34: `pets` is not a method, like GET /pets",
            ),
            (
                "usage_plans: {a: {quota: {limit: 1}}}",
                "1:26: a quota needs `limit: NUMBER` and `period: day`",
            ),
            ("usage_plans: {a: {quota: {limit: 1, period: year}}}", "1:45: `year` is not day, week or month"),
            (
                "usage_plans: {a: {throttle: {rate: fast}}}",
                "1:36: `fast` is not a number of requests a second",
            ),
            ("usage_plans: {a: {keys: [b, b]}}", "1:29: the key `b` is named twice"),
        ] {
            let found = parse(folder.path(), text).unwrap_err();
            assert!(found.contains(expected), "{text}\n{found}");
            assert!(!found.contains("tooshort"), "{found}");
        }
    }
}
