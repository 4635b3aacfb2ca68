//! What accounts may call altogether.

use std::collections::HashMap;

use crate::AccountId;

/// The limits of all accounts, each in every region by itself.
#[derive(Debug, Clone, PartialEq)]
pub struct AccountThrottles {
    /// Of those that are not listed. None: no limit.
    pub all: Option<AccountThrottle>,
    pub own: HashMap<AccountId, Option<AccountThrottle>>,
}

/// The limit of an account in one region.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct AccountThrottle {
    /// Requests a second.
    pub rate: f64,
    /// Requests at once.
    pub burst: u32,
}

impl AccountThrottles {
    /// No limits.
    #[must_use]
    pub fn off() -> Self {
        Self { all: None, own: HashMap::new() }
    }

    /// What an account may call.
    #[must_use]
    pub fn of(&self, account: &AccountId) -> Option<AccountThrottle> {
        self.own.get(account).copied().unwrap_or(self.all)
    }
}

/// AWS's limit for every account.
impl Default for AccountThrottles {
    fn default() -> Self {
        Self { all: Some(AccountThrottle::default()), own: HashMap::new() }
    }
}

/// AWS's limit in most regions.
impl Default for AccountThrottle {
    fn default() -> Self {
        Self { rate: 10_000.0, burst: 5_000 }
    }
}
