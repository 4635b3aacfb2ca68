//! Policies of AWS's statement language, as far as resource policies of functions use it.
//!
//! In: statements, compiled once. Out: a [`Decision`] per request, without allocation. It must not know where a policy
//! is stored or what follows from the decision.

/// What a statement does with a request that it matches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effect {
    Allow,
    Deny,
}

/// A policy's answer. Everything but `Allow` refuses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decision {
    Allow,
    /// A Deny statement matches; no Allow can outweigh it.
    ExplicitDeny,
    /// No statement matches.
    ImplicitDeny,
}

/// Whom a statement is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PrincipalPattern {
    /// `*`
    Any,
    /// `apigateway.amazonaws.com`
    Service(String),
    /// Twelve digits, or `arn:aws:iam::{account}:root`: everybody of that account.
    Account(String),
    /// One user, role or session.
    Arn(String),
}

/// Who calls.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Principal<'a> {
    Anonymous,
    Service(&'a str),
    Aws { account: &'a str, arn: &'a str },
}

/// How a condition compares.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Operator {
    /// `ArnLike`, and `ArnEquals`, which AWS defines to behave the same: part by part, with wildcards.
    ArnLike,
    StringEquals,
    StringLike,
}

/// A test of one value of the request's context. A key that the request lacks fails it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Condition {
    pub operator: Operator,
    /// `AWS:SourceArn`; compared without regard to case.
    pub key: String,
    /// Any of them may match.
    pub values: Vec<String>,
}

/// One statement. All its parts must match; within a part, any entry may.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    pub effect: Effect,
    pub principals: Vec<PrincipalPattern>,
    /// `lambda:InvokeFunction`, `lambda:*`, `*`; compared without regard to case.
    pub actions: Vec<String>,
    /// ARNs with wildcards.
    pub resources: Vec<String>,
    pub conditions: Vec<Condition>,
}

/// A compiled policy.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Policy {
    statements: Vec<Statement>,
}

/// What a policy is asked.
#[derive(Debug, Clone, Copy)]
pub struct Request<'a> {
    pub principal: Principal<'a>,
    pub action: &'a str,
    pub resource: &'a str,
    /// Condition keys and values, such as `("aws:SourceArn", …)`.
    pub context: &'a [(&'a str, &'a str)],
}

impl PrincipalPattern {
    /// The pattern that `AddPermission` means by its `Principal`.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        if text == "*" {
            return Self::Any;
        }
        if is_account(text) {
            return Self::Account(text.to_owned());
        }
        match text.strip_prefix("arn:") {
            Some(rest) => match rest.split(':').collect::<Vec<_>>().as_slice() {
                [_, "iam", "", account, "root"] if is_account(account) => {
                    Self::Account((*account).to_owned())
                }
                _ => Self::Arn(text.to_owned()),
            },
            None => Self::Service(text.to_owned()),
        }
    }

    fn matches(&self, principal: Principal<'_>) -> bool {
        match (self, principal) {
            (Self::Any, _) => true,
            (Self::Service(own), Principal::Service(name)) => own == name,
            (Self::Account(own), Principal::Aws { account, .. }) => own == account,
            (Self::Arn(own), Principal::Aws { arn, .. }) => own == arn,
            _ => false,
        }
    }
}

fn is_account(text: &str) -> bool {
    text.len() == 12 && text.bytes().all(|byte| byte.is_ascii_digit())
}

impl Policy {
    /// The policy of these statements.
    #[must_use]
    pub fn new(statements: Vec<Statement>) -> Self {
        Self { statements }
    }

    /// What the policy says of the request: a matching Deny first, then a matching Allow.
    #[must_use]
    pub fn evaluate(&self, request: &Request<'_>) -> Decision {
        let mut decision = Decision::ImplicitDeny;
        for statement in self.statements.iter().filter(|statement| statement.matches(request)) {
            match statement.effect {
                Effect::Deny => return Decision::ExplicitDeny,
                Effect::Allow => decision = Decision::Allow,
            }
        }
        decision
    }
}

impl Statement {
    fn matches(&self, request: &Request<'_>) -> bool {
        self.principals.iter().any(|pattern| pattern.matches(request.principal))
            && self.actions.iter().any(|pattern| wild(pattern, request.action, Case::Ignored))
            && self.resources.iter().any(|pattern| wild(pattern, request.resource, Case::Matters))
            && self.conditions.iter().all(|condition| condition.holds(request.context))
    }
}

impl Condition {
    fn holds(&self, context: &[(&str, &str)]) -> bool {
        let actual = context.iter().find(|(key, _)| key.eq_ignore_ascii_case(&self.key));
        actual.is_some_and(|(_, actual)| self.values.iter().any(|value| self.operator.holds(value, actual)))
    }
}

impl Operator {
    fn holds(self, pattern: &str, actual: &str) -> bool {
        match self {
            Self::ArnLike => arn_like(pattern, actual),
            Self::StringEquals => pattern == actual,
            Self::StringLike => wild(pattern, actual, Case::Matters),
        }
    }
}

/// AWS compares the six parts of an ARN one by one, so that a wildcard never reaches into the next part; inside the
/// last part it matches across `/` and `:`.
fn arn_like(pattern: &str, actual: &str) -> bool {
    let (mut patterns, mut actuals) = (pattern.splitn(6, ':'), actual.splitn(6, ':'));
    loop {
        match (patterns.next(), actuals.next()) {
            (Some(pattern), Some(actual)) if wild(pattern, actual, Case::Matters) => {}
            (None, None) => return true,
            _ => return false,
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Case {
    Matters,
    Ignored,
}

impl Case {
    fn same(self, one: u8, other: u8) -> bool {
        one == other || self == Self::Ignored && one.eq_ignore_ascii_case(&other)
    }
}

/// `*` matches any run of bytes, `?` any one character. Linear in practice, never worse than quadratic: on a mismatch
/// only the last `*` is tried again.
fn wild(pattern: &str, text: &str, case: Case) -> bool {
    let (pattern, text) = (pattern.as_bytes(), text.as_bytes());
    let (mut p, mut t) = (0, 0);
    let mut retry: Option<(usize, usize)> = None;
    while t < text.len() {
        match pattern.get(p) {
            Some(b'*') => {
                retry = Some((p, t));
                p += 1;
            }
            Some(b'?') => {
                p += 1;
                t += character(text, t);
            }
            Some(&byte) if case.same(byte, text[t]) => {
                p += 1;
                t += 1;
            }
            _ => match retry {
                Some((star, from)) => {
                    retry = Some((star, from + 1));
                    (p, t) = (star + 1, from + 1);
                }
                None => return false,
            },
        }
    }
    pattern[p..].iter().all(|&byte| byte == b'*')
}

/// Bytes of the UTF-8 character at this place.
fn character(text: &[u8], at: usize) -> usize {
    1 + text[at + 1..].iter().take_while(|&&byte| byte & 0xc0 == 0x80).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wildcards() {
        let cases = [
            ("*", "", true),
            ("*", "a/b:c", true),
            ("a*c", "abbc", true),
            ("a*c", "abcd", false),
            ("a?c", "abc", true),
            ("a?c", "ac", false),
            ("a?c", "aéc", true),
            ("*/*/GET/pets", "api/test/GET/pets", true),
            ("a*b*c", "a--b--b--c", true),
            ("", "", true),
            ("", "a", false),
            ("a**", "a", true),
        ];
        for (pattern, text, expected) in cases {
            assert_eq!(wild(pattern, text, Case::Matters), expected, "{pattern} ~ {text}");
        }
        assert!(wild("lambda:invoke*", "lambda:InvokeFunction", Case::Ignored));
    }

    #[test]
    fn arns_are_compared_part_by_part() {
        let call = "arn:aws:execute-api:us-east-1:000000000000:abc/test/GET/pets/{id}";
        let cases = [
            (call, true),
            ("arn:aws:execute-api:us-east-1:000000000000:abc/*/*", true),
            ("arn:aws:execute-api:us-east-1:000000000000:abc/*/GET/pets/*", true),
            ("arn:aws:execute-api:*:*:abc/test/?ET/*", true),
            ("arn:aws:execute-api:us-east-1:000000000000:other/*/*", false),
            ("arn:aws:execute-api:us-east-1:111111111111:abc/*", false),
            ("arn:aws:execute-api:us-east-1:*", false),
            ("*", false),
            ("", false),
        ];
        for (pattern, expected) in cases {
            assert_eq!(arn_like(pattern, call), expected, "{pattern}");
        }
    }

    const GATEWAY: Principal<'static> = Principal::Service("apigateway.amazonaws.com");

    fn grant() -> Statement {
        Statement {
            effect: Effect::Allow,
            principals: vec![PrincipalPattern::parse("apigateway.amazonaws.com")],
            actions: vec!["lambda:InvokeFunction".to_owned()],
            resources: vec!["arn:aws:lambda:us-east-1:000000000000:function:f".to_owned()],
            conditions: vec![Condition {
                operator: Operator::ArnLike,
                key: "AWS:SourceArn".to_owned(),
                values: vec!["arn:aws:execute-api:us-east-1:000000000000:abc/*/*".to_owned()],
            }],
        }
    }

    fn ask(policy: &Policy, principal: Principal<'_>, context: &[(&str, &str)]) -> Decision {
        policy.evaluate(&Request {
            principal,
            action: "lambda:InvokeFunction",
            resource: "arn:aws:lambda:us-east-1:000000000000:function:f",
            context,
        })
    }

    #[test]
    fn a_grant_admits_only_what_it_names() {
        let policy = Policy::new(vec![grant()]);
        let own = [("aws:SourceArn", "arn:aws:execute-api:us-east-1:000000000000:abc/test/GET/")];
        let foreign = [("aws:SourceArn", "arn:aws:execute-api:us-east-1:000000000000:xyz/test/GET/")];
        assert_eq!(ask(&policy, GATEWAY, &own), Decision::Allow);
        assert_eq!(ask(&policy, GATEWAY, &foreign), Decision::ImplicitDeny);
        assert_eq!(ask(&policy, GATEWAY, &[]), Decision::ImplicitDeny, "a missing key fails the condition");
        assert_eq!(ask(&policy, Principal::Service("s3.amazonaws.com"), &own), Decision::ImplicitDeny);
        assert_eq!(ask(&Policy::default(), GATEWAY, &own), Decision::ImplicitDeny);
    }

    #[test]
    fn a_deny_outweighs_grants_in_any_order() {
        let deny = Statement { effect: Effect::Deny, conditions: Vec::new(), ..grant() };
        let own = [("aws:SourceArn", "arn:aws:execute-api:us-east-1:000000000000:abc/test/GET/")];
        for statements in [vec![grant(), deny.clone()], vec![deny.clone(), grant()]] {
            assert_eq!(ask(&Policy::new(statements), GATEWAY, &own), Decision::ExplicitDeny);
        }
    }

    #[test]
    fn principals() {
        let user = Principal::Aws { account: "123456789012", arn: "arn:aws:iam::123456789012:user/a" };
        let cases = [
            ("*", true),
            ("123456789012", true),
            ("arn:aws:iam::123456789012:root", true),
            ("arn:aws:iam::123456789012:user/a", true),
            ("arn:aws:iam::123456789012:user/b", false),
            ("210987654321", false),
            ("apigateway.amazonaws.com", false),
        ];
        for (text, expected) in cases {
            assert_eq!(PrincipalPattern::parse(text).matches(user), expected, "{text}");
        }
    }
}
