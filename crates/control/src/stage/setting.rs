//! Method settings of a stage: which paths name one, and what each accepts.
//!
//! In: a PATCH path and value. Out: the changed map of settings, or the refusal. It must not know the stage's other fields.

use stagedoor_model::{HttpMethod, LoggingLevel, Map, MethodSetting, UnauthorizedCacheControl};

use crate::ApiError;
use crate::method::values::invalid_option;
use crate::patch::Patch;

/// The key of the entry that stands for all methods.
const ALL_METHODS: &str = "*/*";
/// Longest time that a reply may be cached, in seconds.
const MAX_TTL: u32 = 3600;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Field {
    MetricsEnabled,
    LoggingLevel,
    DataTrace,
    BurstLimit,
    RateLimit,
    CachingEnabled,
    CacheTtl,
    CacheEncrypted,
    RequireAuthorization,
    UnauthorizedStrategy,
}

impl Field {
    fn parse(group: &str, name: &str) -> Option<Self> {
        match (group, name) {
            ("metrics", "enabled") => Some(Self::MetricsEnabled),
            ("logging", "loglevel") => Some(Self::LoggingLevel),
            ("logging", "dataTrace") => Some(Self::DataTrace),
            ("throttling", "burstLimit") => Some(Self::BurstLimit),
            ("throttling", "rateLimit") => Some(Self::RateLimit),
            ("caching", "enabled") => Some(Self::CachingEnabled),
            ("caching", "ttlInSeconds") => Some(Self::CacheTtl),
            ("caching", "dataEncrypted") => Some(Self::CacheEncrypted),
            ("caching", "requireAuthorizationForCacheControl") => Some(Self::RequireAuthorization),
            ("caching", "unauthorizedCacheControlHeaderStrategy") => Some(Self::UnauthorizedStrategy),
            _ => None,
        }
    }
}

/// One setting of one entry.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Target<'a> {
    /// `{path}/{VERB}` as sent, without the leading slash, `~1` kept.
    key: &'a str,
    field: Field,
}

impl<'a> Target<'a> {
    /// The setting that a path names: the last two segments pick the field, the one before is the verb, the rest the path.
    pub(super) fn parse(path: &'a str) -> Option<Self> {
        let mut parts = path.strip_prefix('/')?.rsplitn(3, '/');
        let (name, group, key) = (parts.next()?, parts.next()?, parts.next()?);
        let (_, verb) = key.rsplit_once('/')?;
        let field = Field::parse(group, name)?;
        (verb == "*" || HttpMethod::parse(verb).is_some()).then_some(Self { key, field })
    }

    /// Sets it; a new entry starts as a copy of the one for all methods, whose caching is about GET alone.
    pub(super) fn set(
        &self,
        settings: &mut Map<MethodSetting>,
        patch: &Patch,
        may_log: bool,
    ) -> Result<(), ApiError> {
        let mut setting = match settings.get(self.key) {
            Some(setting) => setting.clone(),
            None => self.copied(settings),
        };
        self.write(&mut setting, patch, may_log)?;
        settings.insert(self.key.to_owned(), setting);
        Ok(())
    }

    fn copied(&self, settings: &Map<MethodSetting>) -> MethodSetting {
        let all = settings.get(ALL_METHODS).cloned().unwrap_or_default();
        let caching_enabled = all.caching_enabled && self.key.ends_with("/GET");
        MethodSetting { caching_enabled, ..all }
    }

    fn write(&self, setting: &mut MethodSetting, patch: &Patch, may_log: bool) -> Result<(), ApiError> {
        match self.field {
            Field::MetricsEnabled => setting.metrics_enabled = patch.flag(),
            Field::LoggingLevel => setting.logging_level = Some(logging_level(patch, may_log)?),
            Field::DataTrace => setting.data_trace_enabled = patch.flag(),
            Field::BurstLimit => setting.throttling_burst_limit = Some(burst(patch)?),
            Field::RateLimit => setting.throttling_rate_limit = Some(rate(patch)?),
            Field::CachingEnabled => setting.caching_enabled = patch.flag(),
            Field::CacheTtl => setting.cache_ttl_seconds = ttl(patch)?,
            Field::CacheEncrypted => setting.cache_data_encrypted = patch.flag(),
            Field::RequireAuthorization => setting.require_authorization_for_cache_control = patch.flag(),
            Field::UnauthorizedStrategy => setting.unauthorized_cache_control = strategy(patch)?,
        }
        Ok(())
    }
}

fn given(patch: &Patch) -> &str {
    patch.value.as_deref().unwrap_or_default()
}

fn logging_level(patch: &Patch, may_log: bool) -> Result<LoggingLevel, ApiError> {
    let level = LoggingLevel::parse(given(patch)).ok_or_else(|| {
        invalid_option("LoggingLevel", LoggingLevel::ALL.iter().map(|level| level.as_str()))
    })?;
    if level == LoggingLevel::Off || may_log {
        return Ok(level);
    }
    Err(ApiError::bad_request("CloudWatch Logs role ARN must be set in account settings to enable logging"))
}

fn burst(patch: &Patch) -> Result<i32, ApiError> {
    let refusal = || ApiError::bad_request("Throttling burst limit must be an integer of at least -1");
    given(patch).parse().ok().filter(|limit| *limit >= -1).ok_or_else(refusal)
}

fn rate(patch: &Patch) -> Result<f64, ApiError> {
    let refusal = || ApiError::bad_request("Throttling rate limit must be a number of at least 0, or -1");
    let limit = given(patch).parse::<f64>().map_err(|_| refusal())?;
    if limit.is_finite() && (limit >= 0.0 || limit == -1.0) { Ok(limit) } else { Err(refusal()) }
}

fn ttl(patch: &Patch) -> Result<u32, ApiError> {
    let refusal = || ApiError::bad_request("Cache TTL must be between 0 and 3600 seconds");
    given(patch).parse().ok().filter(|seconds| *seconds <= MAX_TTL).ok_or_else(refusal)
}

fn strategy(patch: &Patch) -> Result<UnauthorizedCacheControl, ApiError> {
    let options = || UnauthorizedCacheControl::ALL.iter().map(|strategy| strategy.as_str());
    UnauthorizedCacheControl::parse(given(patch))
        .ok_or_else(|| invalid_option("UnauthorizedCacheControlHeaderStrategy", options()))
}
