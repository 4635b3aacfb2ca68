//! Who asks, and whom a statement is about.

use stagedoor_base::Timestamp;

use super::context::Value;

/// Who asks.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Principal<'a> {
    Anonymous,
    /// `apigateway.amazonaws.com`
    Service(&'a str),
    /// An identity provider: its ARN or its domain.
    Federated(&'a str),
    Aws(Aws<'a>),
}

/// Somebody who signed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Aws<'a> {
    pub account: &'a str,
    /// As AWS prints it: a user, a session of a role, or the root of an account.
    pub arn: &'a str,
    pub identity: AwsIdentity<'a>,
    /// `aws:userid`: `AIDA…`, `AROA…:session`, or the account.
    pub user_id: &'a str,
    pub tags: &'a [(String, String)],
    /// When a session's credentials were issued.
    pub issued: Option<Timestamp>,
}

/// What kind of identity signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AwsIdentity<'a> {
    Root,
    User {
        name: &'a str,
    },
    /// A session of the role with this ARN in IAM.
    Session {
        role_arn: &'a str,
    },
}

/// Whether a key, in lower case, may be one that principals answer.
pub(super) fn is_of_principal(key: &str) -> bool {
    let Some(rest) = key.strip_prefix("aws:") else { return false };
    matches!(rest, "userid" | "username" | "tokenissuetime")
        || rest.starts_with("principal")
        || rest.starts_with("multifactorauth")
}

impl<'a> Principal<'a> {
    /// The keys that a principal answers itself. AWS has most of them only for signed requests.
    pub(super) fn key(&self, key: &str) -> Option<Value<'a>> {
        let rest = key.strip_prefix("aws:")?;
        let Self::Aws(aws) = self else { return self.foreign_key(rest) };
        Some(match rest {
            "principalarn" => Value::Text(aws.identity_arn()),
            "principalaccount" => Value::Text(aws.account),
            "principaltype" => Value::Text(aws.kind()),
            "userid" => Value::Text(aws.user_id),
            "username" => match aws.identity {
                AwsIdentity::User { name } => Value::Text(name),
                _ => Value::Absent,
            },
            "tokenissuetime" => aws.issued.map_or(Value::Absent, Value::Time),
            // Long-term keys leave the key out; sessions without a second factor say false.
            "multifactorauthpresent" => aws.issued.map_or(Value::Absent, |_| Value::Bool(false)),
            "principalisawsservice" => Value::Bool(false),
            _ => return aws.tag(rest),
        })
    }

    fn foreign_key(&self, rest: &str) -> Option<Value<'a>> {
        let is_service = matches!(self, Self::Service(_));
        Some(match rest {
            "principalisawsservice" => Value::Bool(is_service),
            "principalservicename" => match self {
                Self::Service(name) => Value::Text(name),
                _ => Value::Absent,
            },
            "principalarn"
            | "principalaccount"
            | "principaltype"
            | "userid"
            | "username"
            | "tokenissuetime"
            | "multifactorauthpresent"
            | "multifactorauthage"
            | "principalorgid"
            | "principalorgpaths" => Value::Absent,
            _ if rest.starts_with("principaltag/") => Value::Absent,
            _ => return None,
        })
    }
}

impl<'a> Aws<'a> {
    /// For sessions the role, not the session.
    fn identity_arn(&self) -> &'a str {
        match self.identity {
            AwsIdentity::Session { role_arn } => role_arn,
            _ => self.arn,
        }
    }

    fn kind(&self) -> &'static str {
        match self.identity {
            AwsIdentity::Root => "Account",
            AwsIdentity::User { .. } => "User",
            AwsIdentity::Session { .. } => "AssumedRole",
        }
    }

    fn tag(&self, rest: &str) -> Option<Value<'a>> {
        match rest {
            // No accounts here belong to an organization.
            "multifactorauthage" | "principalorgid" | "principalorgpaths" | "principalservicename" => {
                Some(Value::Absent)
            }
            _ => {
                let name = rest.strip_prefix("principaltag/")?;
                let found = self.tags.iter().find(|(known, _)| known.eq_ignore_ascii_case(name));
                Some(found.map_or(Value::Absent, |(_, value)| Value::Text(value)))
            }
        }
    }
}

/// How far an Allow of a resource's policy reaches inside its own account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Grant {
    /// It names the account, which leaves the decision to the account's own policies.
    Delegated,
    /// It names everybody, or a role: boundaries and session policies still limit it.
    Limited,
    /// It names exactly who asks.
    Direct,
}

/// Whom a statement names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum PrincipalPattern {
    /// `"*"`
    Everybody,
    /// `{"AWS": "*"}`
    AnyAws,
    Account(Box<str>),
    /// A user, a role or a session.
    Arn(Box<str>),
    /// `AIDA…`, `AROA…`: what IAM makes of the ARN of an identity that is gone.
    UniqueId(Box<str>),
    Service(Box<str>),
    Federated(Box<str>),
    /// Canonical user ids belong to S3; nobody has one here.
    CanonicalUser,
}

/// The levels at which an identity can be named.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Level {
    Account,
    Role,
    Exact,
}

impl PrincipalPattern {
    /// An entry under `AWS`. None: it names nobody that AWS knows.
    pub(super) fn aws(text: &str) -> Option<Self> {
        if text == "*" {
            return Some(Self::AnyAws);
        }
        if is_account(text) {
            return Some(Self::Account(text.into()));
        }
        if is_unique_id(text) {
            return Some(Self::UniqueId(text.into()));
        }
        let mut parts = text.splitn(6, ':');
        let mut next = || parts.next();
        let (Some("arn"), Some(partition), Some(service), Some(""), Some(account), Some(name)) =
            (next(), next(), next(), next(), next(), next())
        else {
            return None;
        };
        let is_known = match service {
            "iam" => name == "root" || has_prefix(name, &["user/", "role/"]),
            "sts" => has_prefix(name, &["assumed-role/", "federated-user/"]),
            _ => false,
        };
        if !partition.starts_with("aws") || !is_account(account) || !is_known || name.contains(['*', '?']) {
            return None;
        }
        Some(if name == "root" { Self::Account(account.into()) } else { Self::Arn(text.into()) })
    }

    /// The principal that Lambda's `AddPermission` means.
    pub(super) fn of_permission(text: &str) -> Self {
        match Self::aws(text) {
            Some(Self::AnyAws) => Self::Everybody,
            Some(pattern) => pattern,
            None if text.starts_with("arn:") => Self::Arn(text.into()),
            None => Self::Service(text.into()),
        }
    }

    /// How far an Allow for these principals reaches for who asks. None: it is not about them.
    pub(super) fn grant(&self, principal: &Principal<'_>) -> Option<Grant> {
        match (self, principal) {
            (Self::Everybody, _) => Some(Grant::Limited),
            (Self::AnyAws, Principal::Anonymous | Principal::Aws(_)) => Some(Grant::Limited),
            (Self::Service(own), Principal::Service(name)) => (**own == **name).then_some(Grant::Direct),
            (Self::Federated(own), Principal::Federated(name)) => (**own == **name).then_some(Grant::Direct),
            (_, Principal::Aws(aws)) => self.level(aws).map(|level| match level {
                Level::Account if aws.identity != AwsIdentity::Root => Grant::Delegated,
                Level::Role => Grant::Limited,
                Level::Account | Level::Exact => Grant::Direct,
            }),
            _ => None,
        }
    }

    fn level(&self, aws: &Aws<'_>) -> Option<Level> {
        match self {
            Self::Account(account) => (**account == *aws.account).then_some(Level::Account),
            Self::Arn(own) if **own == *aws.arn => Some(Level::Exact),
            Self::Arn(own) => match aws.identity {
                AwsIdentity::Session { role_arn } if **own == *role_arn => Some(Level::Role),
                _ => None,
            },
            Self::UniqueId(own) => {
                let id = aws.user_id.split(':').next().unwrap_or_default();
                let level = if id.len() == aws.user_id.len() { Level::Exact } else { Level::Role };
                (**own == *id).then_some(level)
            }
            _ => None,
        }
    }
}

/// Whether any of the patterns is about who asks, at whatever level.
pub(super) fn names_any(patterns: &[PrincipalPattern], principal: &Principal<'_>) -> bool {
    patterns.iter().any(|pattern| pattern.grant(principal).is_some())
}

/// Whether the patterns exempt who asks from a Deny with `NotPrincipal`. AWS wants every level named: the account beside
/// the user, and account and role beside the session.
pub(super) fn names_wholly(patterns: &[PrincipalPattern], principal: &Principal<'_>) -> bool {
    let everybody = patterns.iter().any(|pattern| match pattern {
        PrincipalPattern::Everybody => true,
        PrincipalPattern::AnyAws => !matches!(principal, Principal::Service(_) | Principal::Federated(_)),
        _ => false,
    });
    let Principal::Aws(aws) = principal else { return names_any(patterns, principal) };
    let named = |level| patterns.iter().any(|pattern| pattern.level(aws) == Some(level));
    everybody
        || named(Level::Account)
            && match aws.identity {
                AwsIdentity::Root => true,
                AwsIdentity::User { .. } => named(Level::Exact),
                AwsIdentity::Session { .. } => named(Level::Role) && named(Level::Exact),
            }
}

fn has_prefix(name: &str, prefixes: &[&str]) -> bool {
    prefixes.iter().any(|prefix| name.len() > prefix.len() && name.starts_with(prefix))
}

fn is_account(text: &str) -> bool {
    text.len() == 12 && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_unique_id(text: &str) -> bool {
    (text.starts_with("AIDA") || text.starts_with("AROA"))
        && (16..=128).contains(&text.len())
        && text.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
}
