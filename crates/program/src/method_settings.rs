//! What a stage says of its methods, and changes without a deployment.
//!
//! In: the stage's method settings as stored. Out: the settings of a method, those of its own before those of all. It must not
//! know which methods there are.

use std::collections::HashMap;

use stagedoor_model::{HttpMethod, Map, MethodSetting};

use crate::CacheSetting;

/// The key of the settings of all methods that have none of their own.
const ALL: &str = "*/*";

/// A stage's settings of its methods.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct MethodSettings {
    all: Option<LiveSetting>,
    /// By `{path}/{VERB}` as [`key`] spells it.
    own: HashMap<Box<str>, LiveSetting>,
}

/// Settings of one method, or of all.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LiveSetting {
    /// None: only the account limits.
    pub throttle: Option<Throttle>,
    /// None: replies are not cached.
    pub cache: Option<CacheSetting>,
}

/// How many calls of a method a stage lets through. What is none is as the account has it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Throttle {
    /// Requests a second.
    pub rate: Option<f64>,
    /// Requests at once.
    pub burst: Option<u32>,
}

impl MethodSettings {
    /// Compiles what a stage says. Never fails.
    #[must_use]
    pub fn compile(settings: &Map<MethodSetting>) -> Self {
        let own = settings.iter().filter(|(key, _)| *key != ALL);
        Self {
            all: settings.get(ALL).map(LiveSetting::of),
            own: own.map(|(key, setting)| (relative(key).into(), LiveSetting::of(setting))).collect(),
        }
    }

    /// The settings of a method: its own, or those of all.
    #[must_use]
    pub fn find(&self, path: &str, verb: HttpMethod) -> Option<&LiveSetting> {
        let own = || self.own.get(key(path, verb.as_str()).as_str());
        (!self.own.is_empty()).then(own).flatten().or(self.all.as_ref())
    }

    /// How replies of a method are cached. What is said of all methods is about GET alone.
    #[must_use]
    pub fn cache(&self, path: &str, verb: HttpMethod) -> Option<CacheSetting> {
        let of_all = || self.all.as_ref().filter(|_| verb == HttpMethod::Get);
        self.own.get(key(path, verb.as_str()).as_str()).or_else(of_all)?.cache
    }

    /// Whether a method has settings of its own.
    #[must_use]
    pub fn has_own(&self, path: &str, verb: HttpMethod) -> bool {
        self.own.contains_key(key(path, verb.as_str()).as_str())
    }

    /// The settings that single verbs of a path have: a method for any verb may have several.
    pub fn verbs<'s>(&'s self, path: &str) -> impl Iterator<Item = (&'s str, &'s LiveSetting)> {
        let before = key(path, "");
        self.own.iter().filter_map(move |(key, setting)| {
            let verb = key.strip_prefix(&before)?;
            (!verb.contains('/')).then_some((verb, setting))
        })
    }
}

impl LiveSetting {
    fn of(setting: &MethodSetting) -> Self {
        Self { throttle: Throttle::of(setting), cache: CacheSetting::of(setting) }
    }
}

impl Throttle {
    /// Less than zero is no limit of its own, and so is what was never set.
    fn of(setting: &MethodSetting) -> Option<Self> {
        let rate = setting.throttling_rate_limit.filter(|rate| *rate >= 0.0);
        let burst = setting.throttling_burst_limit.and_then(|burst| u32::try_from(burst).ok());
        (rate.is_some() || burst.is_some()).then_some(Self { rate, burst })
    }
}

/// `pets~1{id}/GET`, the form without a leading slash. The root's is `/GET`.
fn key(path: &str, verb: &str) -> String {
    format!("{}/{verb}", path.strip_prefix('/').unwrap_or(path).replace('/', "~1"))
}

/// A stored key in that form; clients may have sent the path's leading slash as `~1`.
fn relative(key: &str) -> &str {
    key.strip_prefix("~1").unwrap_or(key)
}

#[cfg(test)]
mod tests {
    use stagedoor_model::{HttpMethod, MethodSetting};

    use super::{MethodSettings, Throttle};

    fn setting(rate: Option<f64>, burst: Option<i32>) -> MethodSetting {
        MethodSetting {
            throttling_rate_limit: rate,
            throttling_burst_limit: burst,
            ..MethodSetting::default()
        }
    }

    fn compiled(settings: &[(&str, Option<f64>, Option<i32>)]) -> MethodSettings {
        let settings = settings.iter().map(|(key, rate, burst)| ((*key).to_owned(), setting(*rate, *burst)));
        MethodSettings::compile(&settings.collect())
    }

    fn rate(settings: &MethodSettings, path: &str, verb: HttpMethod) -> Option<f64> {
        settings.find(path, verb)?.throttle?.rate
    }

    #[test]
    fn a_method_s_own_settings_stand_before_those_of_all() {
        let settings = compiled(&[
            ("*/*", Some(1.0), Some(1)),
            ("pets~1{id}/GET", Some(2.0), Some(2)),
            ("~1pets/POST", Some(3.0), Some(3)),
            ("~1/GET", Some(4.0), Some(4)),
            ("open/GET", Some(-1.0), Some(-1)),
        ]);
        for (path, verb, expected) in [
            ("/pets/{id}", HttpMethod::Get, Some(2.0)),
            ("/pets/{id}", HttpMethod::Post, Some(1.0)),
            ("/pets", HttpMethod::Post, Some(3.0)),
            ("/", HttpMethod::Get, Some(4.0)),
            ("/x", HttpMethod::Get, Some(1.0)),
            ("/open", HttpMethod::Get, None),
        ] {
            assert_eq!(rate(&settings, path, verb), expected, "{verb:?} {path}");
        }
        assert_eq!(rate(&compiled(&[]), "/x", HttpMethod::Get), None);
    }

    #[test]
    fn verbs_of_a_path_are_not_those_below_it() {
        let settings =
            compiled(&[("a/GET", Some(1.0), None), ("a~1b/PUT", Some(2.0), None), ("a/PUT", None, None)]);
        let mut verbs: Vec<_> = settings.verbs("/a").map(|(verb, _)| verb).collect();
        verbs.sort_unstable();
        assert_eq!(verbs, ["GET", "PUT"]);
    }

    #[test]
    fn a_negative_limit_is_as_good_as_none() {
        for (given, expected) in [
            ((None, None), None),
            ((Some(0.0), Some(0)), Some(Throttle { rate: Some(0.0), burst: Some(0) })),
            ((Some(2.5), None), Some(Throttle { rate: Some(2.5), burst: None })),
            ((None, Some(3)), Some(Throttle { rate: None, burst: Some(3) })),
            ((Some(-1.0), Some(3)), Some(Throttle { rate: None, burst: Some(3) })),
            ((Some(2.0), Some(-1)), Some(Throttle { rate: Some(2.0), burst: None })),
            ((Some(-1.0), Some(-1)), None),
        ] {
            assert_eq!(Throttle::of(&setting(given.0, given.1)), expected, "{given:?}");
        }
    }
}
