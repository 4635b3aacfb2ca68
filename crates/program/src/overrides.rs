//! What templates set on `$context.requestOverride` and `$context.responseOverride`.
//!
//! In: what a rendered template left there. Out: the same for the steps behind it, and for the response template, which
//! sees what the request template set. It must not know templates, nor how a value reaches a head.

use stagedoor_json::{Map, Value};

/// The values as templates set them, in their order. Keys that mean nothing to AWS stay readable for the next template.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Overrides {
    /// `header`, `path`, `querystring`.
    pub request: Map,
    /// `header`, `status`.
    pub response: Map,
}

impl Overrides {
    /// Request parameters of one kind: `header`, `path` or `querystring`.
    pub fn request_values<'o>(&'o self, kind: &str) -> impl Iterator<Item = (&'o str, &'o Value)> + use<'o> {
        values(&self.request, kind)
    }

    /// Headers for the client.
    pub fn response_headers(&self) -> impl Iterator<Item = (&str, &Value)> {
        values(&self.response, "header")
    }

    /// All of them for people to read: `requestOverride.header.x`, and the value.
    pub fn listed(&self) -> Vec<(String, String)> {
        let maps = [("requestOverride", &self.request), ("responseOverride", &self.response)];
        let entries =
            maps.into_iter().flat_map(|(of, map)| map.iter().map(move |(key, value)| (of, key, value)));
        let mut listed = Vec::new();
        for (of, key, value) in entries {
            match value.as_object() {
                Some(members) => {
                    listed.extend(
                        members.iter().map(|(name, value)| (format!("{of}.{key}.{name}"), shown(value))),
                    );
                }
                None => listed.push((format!("{of}.{key}"), shown(value))),
            }
        }
        listed
    }

    /// The status for the client: an integer up to 599; AWS ignores anything else. A final reply cannot be informational.
    #[must_use]
    pub fn status(&self) -> Option<u16> {
        let status = self.response.get("status")?.as_number()?.as_i64()?;
        u16::try_from(status).ok().filter(|status| (200..=599).contains(status))
    }
}

fn shown(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

fn values<'o>(map: &'o Map, kind: &str) -> impl Iterator<Item = (&'o str, &'o Value)> + use<'o> {
    map.get(kind).and_then(Value::as_object).into_iter().flat_map(Map::iter)
}

#[cfg(test)]
mod tests {
    use stagedoor_json::{Map, Value};

    use super::Overrides;

    fn response(key: &str, value: Value) -> Overrides {
        let response = [(key.into(), value)].into_iter().collect();
        Overrides { request: Map::new(), response }
    }

    #[test]
    fn only_integers_are_a_status() {
        for (status, expected) in [
            (Value::from(444), Some(444)),
            (Value::from(200), Some(200)),
            (Value::from(599), Some(599)),
            (Value::from(100), None),
            (Value::from(600), None),
            (Value::from(-200), None),
            (Value::from("444"), None),
            (Value::from(444.0), None),
            (Value::Null, None),
        ] {
            assert_eq!(response("status", status.clone()).status(), expected, "{status}");
        }
    }

    #[test]
    fn what_is_no_map_holds_nothing() {
        let overrides = response("header", Value::from("x"));
        assert_eq!(overrides.response_headers().count(), 0);
        assert_eq!(overrides.request_values("path").count(), 0);
    }
}
