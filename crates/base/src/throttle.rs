//! Which limit a call of a function met.

/// A limit on calls at once, by the name that `TooManyRequestsException` gives as its `Reason`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Throttle {
    /// The function runs as many calls as are reserved for it.
    ReservedConcurrency,
    /// Functions without a reservation run as many calls as the account has left.
    Concurrency,
    /// Too many events wait.
    Events,
}

impl Throttle {
    /// AWS's name.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::ReservedConcurrency => "ReservedFunctionConcurrentInvocationLimitExceeded",
            Self::Concurrency => "ConcurrentInvocationLimitExceeded",
            Self::Events => "CallerRateLimitExceeded",
        }
    }
}
