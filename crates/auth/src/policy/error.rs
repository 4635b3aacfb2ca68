//! Why a document is no policy, in the sentences of IAM's `MalformedPolicyDocument` where they are known.

/// A document that is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PolicyError {
    #[error("This policy contains invalid Json")]
    Json,
    #[error("The policy is longer than {0} bytes")]
    TooLarge(usize),
    /// Wrong types, elements that do not exist or stand twice, unknown effects and operators.
    #[error("Syntax errors in policy.")]
    Syntax,
    #[error("Policy document must be version 2012-10-17 or greater.")]
    Version,
    #[error("Policy statement must contain actions.")]
    NoActions,
    #[error("Policy statement must contain resources.")]
    NoResources,
    #[error("Missing required field {0}")]
    Missing(&'static str),
    #[error("Has prohibited field {0}")]
    Prohibited(&'static str),
    #[error("Policy document should not specify a principal.")]
    PrincipalGiven,
    #[error("Invalid principal in policy: \"{kind}\":\"{name}\"")]
    Principal { kind: Box<str>, name: Box<str> },
    #[error("Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.")]
    NoVendor,
    #[error("Vendor {0} is not valid")]
    Vendor(Box<str>),
    #[error("AssumeRole policy may only specify STS AssumeRole actions.")]
    TrustAction,
    #[error("Resource {0} must be in ARN format or \"*\".")]
    Resource(Box<str>),
    #[error("A resource is longer than {0} bytes")]
    ResourceTooLong(usize),
    #[error("Statement IDs (SID) in a single policy must be unique.")]
    SidTwice,
    #[error(
        "Statement IDs (SID) must be alpha-numeric. Check that your input satisfies the regular expression [0-9A-Za-z]*"
    )]
    SidCharacters,
    /// A value that its operator can never compare.
    #[error("Invalid value \"{value}\" for the condition operator {operator}.")]
    Value { operator: Box<str>, value: Box<str> },
}
