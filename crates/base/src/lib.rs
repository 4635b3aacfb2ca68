//! Words that every layer shares: typed ids, ARNs, instants, AWS's limits as a value, data-plane failure causes.
//!
//! In: nothing. Out: plain values. It must not know any protocol, store or clock: an instant is always handed in.

mod account_throttle;
mod arn;
mod calendar;
mod cause;
mod entropy;
mod ids;
mod limits;
mod throttle;
mod timestamp;

pub use account_throttle::{AccountThrottle, AccountThrottles};
pub use arn::{ExecuteApiArn, FunctionArn, InvalidArn};
pub use calendar::{Day, Period};
pub use cause::{Cause, ConfigurationError};
pub use entropy::Entropy;
pub use ids::{
    AccountId, ApiId, ApiKeyId, DeploymentId, InvalidAccountId, Region, ResourceId, Scope, StageName,
    UsagePlanId,
};
pub use limits::Limits;
pub use throttle::Throttle;
pub use timestamp::Timestamp;
