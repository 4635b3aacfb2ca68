//! What a method's cached replies are found by, and what its stage says of caching.
//!
//! In: an integration as frozen, settings as stored. Out: where the parts of a key come from; how long replies are kept, and who
//! may renew them. It must not know what is cached.

use std::sync::Arc;
use std::time::Duration;

use stagedoor_model::{CacheClusterSize, Integration, MethodSetting, UnauthorizedCacheControl};

use crate::Expression;

const GIGABYTE: f64 = 1_073_741_824.0;

/// The parts of a cached reply's key, besides the deployment and the verb.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CachePlan {
    /// `cacheNamespace`: methods with the same one share replies. By default the resource's id.
    pub namespace: Arc<str>,
    /// `cacheKeyParameters`. None: a parameter that no call has.
    pub parameters: Box<[Option<Expression>]>,
    /// How long a call waits for what another one fetches: as long as for the integration itself.
    pub patience: Duration,
}

/// How the replies of a method are cached.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CacheSetting {
    pub ttl_seconds: u32,
    pub encrypted: bool,
    /// None: whoever sends `Cache-Control: max-age=0` renews an entry. Else what those get who may not.
    pub unauthorized: Option<UnauthorizedCacheControl>,
}

impl CachePlan {
    pub(crate) fn compile(integration: &Integration) -> Self {
        let parameters = integration.cache_key_parameters.iter();
        Self {
            namespace: integration.cache_namespace.as_str().into(),
            parameters: parameters.map(|name| source(integration, name)).collect(),
            patience: Duration::from_millis(integration.timeout_millis.into()),
        }
    }
}

/// A request's parameter with all its values; one of the integration's is what is mapped to it.
fn source(integration: &Integration, name: &str) -> Option<Expression> {
    if name.starts_with("integration.request.") {
        let mapped = integration.request_parameters.get(name)?;
        return Expression::parse(mapped).map(Expression::in_mappings);
    }
    Some(match Expression::parse(name)? {
        Expression::Header(name) => Expression::MultiHeader(name),
        Expression::Query(name) => Expression::MultiQuery(name),
        other => other,
    })
}

impl CacheSetting {
    /// None: replies are not cached.
    pub(crate) fn of(setting: &MethodSetting) -> Option<Self> {
        let is_cached = setting.caching_enabled && setting.cache_ttl_seconds > 0;
        let guard = setting.require_authorization_for_cache_control;
        is_cached.then_some(Self {
            ttl_seconds: setting.cache_ttl_seconds,
            encrypted: setting.cache_data_encrypted,
            unauthorized: guard.then_some(setting.unauthorized_cache_control),
        })
    }
}

/// The bytes of a cluster whose size is given in gigabytes.
pub(crate) fn capacity(size: CacheClusterSize) -> u64 {
    let gigabytes: f64 = size.as_str().parse().unwrap_or(0.5);
    (gigabytes * GIGABYTE) as u64
}

#[cfg(test)]
mod tests {
    use stagedoor_model::{CacheClusterSize, MethodSetting, UnauthorizedCacheControl};

    use super::{CacheSetting, capacity};

    #[test]
    fn sizes_are_gigabytes() {
        let sizes: Vec<u64> = CacheClusterSize::ALL.iter().map(|size| capacity(*size)).collect();
        assert_eq!((sizes[0], sizes[6]), (1 << 29, 118 << 30));
        assert!(sizes.is_sorted());
    }

    #[test]
    fn what_is_not_enabled_or_has_no_time_to_live_is_not_cached() {
        let setting = |caching_enabled, cache_ttl_seconds, require_authorization_for_cache_control| {
            let setting = MethodSetting {
                caching_enabled,
                cache_ttl_seconds,
                require_authorization_for_cache_control,
                ..MethodSetting::default()
            };
            CacheSetting::of(&setting)
        };
        assert_eq!((setting(false, 300, true), setting(true, 0, true)), (None, None));
        let guarded = setting(true, 300, true).unwrap();
        assert_eq!(guarded.unauthorized, Some(UnauthorizedCacheControl::SucceedWithResponseHeader));
        let open = setting(true, 1, false).unwrap();
        assert_eq!((open.ttl_seconds, open.unauthorized), (1, None));
    }
}
