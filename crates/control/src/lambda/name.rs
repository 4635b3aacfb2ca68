//! The forms in which a caller may name a function, with or without a qualifier.
//!
//! In: `name`, `name:qualifier`, partial and full ARNs, and a separate qualifier. Out: a [`FunctionName`] of the
//! caller's own scope.

use stagedoor_base::{FunctionArn, Scope};

use crate::ApiError;

/// A function as a caller names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct FunctionName {
    pub(super) scope: Scope,
    pub(super) name: String,
    pub(super) qualifier: Option<String>,
}

/// The parts of a name before they are compared with the caller's scope.
#[derive(Debug, PartialEq, Eq)]
struct Parts<'a> {
    region: Option<&'a str>,
    account: Option<&'a str>,
    name: &'a str,
    qualifier: Option<&'a str>,
}

impl FunctionName {
    /// Reads a name and the `Qualifier` given beside it.
    pub(super) fn parse(scope: &Scope, text: &str, qualifier: Option<&str>) -> Result<Self, ApiError> {
        let parts = Parts::of(text).ok_or_else(|| invalid(text))?;
        let qualifier = match (parts.qualifier, qualifier) {
            (Some(own), Some(given)) if own != given => {
                return Err(ApiError::bad_request(
                    "The derived qualifier from the function name does not match the specified qualifier.",
                ));
            }
            (own, given) => own.or(given).map(str::to_owned),
        };
        if let Some(region) = parts.region.filter(|region| *region != scope.region.as_str()) {
            return Err(ApiError::not_found(format!(
                "Functions from '{region}' are not reachable in this region ('{}')",
                scope.region
            )));
        }
        let found = Self { scope: scope.clone(), name: parts.name.to_owned(), qualifier };
        match parts.account {
            Some(account) if account != scope.account.as_str() => Err(ApiError::not_found(format!(
                "Function not found: {}",
                found.arn().to_string().replacen(scope.account.as_str(), account, 1)
            ))),
            _ => Ok(found),
        }
    }

    /// The same for operations whose function takes no qualifier.
    pub(super) fn unqualified(scope: &Scope, text: &str) -> Result<Self, ApiError> {
        let name = Self::parse(scope, text, None)?;
        match name.qualifier {
            None => Ok(name),
            Some(_) => Err(invalid(text)),
        }
    }

    pub(super) fn arn(&self) -> FunctionArn {
        FunctionArn { scope: self.scope.clone(), name: self.name.clone(), qualifier: self.qualifier.clone() }
    }

    /// The ARN of one version or alias.
    pub(super) fn arn_of(&self, qualifier: &str) -> FunctionArn {
        self.arn().with_qualifier(Some(qualifier.to_owned()))
    }

    pub(super) fn not_found(&self) -> ApiError {
        ApiError::not_found(format!("Function not found: {}", self.arn()))
    }
}

/// The ARN that a caller's text for a function means; handlers refuse a text that means none.
pub(crate) fn function_arn(scope: &Scope, text: &str, qualifier: Option<&str>) -> String {
    match FunctionName::parse(scope, text, qualifier) {
        Ok(name) => name.arn().to_string(),
        Err(_) => format!("arn:aws:lambda:{}:{}:function:{text}", scope.region, scope.account),
    }
}

/// The bare name that a caller's text for a function means.
pub(crate) fn function_name(scope: &Scope, text: &str) -> Option<String> {
    FunctionName::parse(scope, text, None).ok().map(|name| name.name)
}

fn invalid(text: &str) -> ApiError {
    ApiError::bad_request(format!("The provided function name {text} is not valid for this operation"))
}

impl<'a> Parts<'a> {
    fn of(text: &'a str) -> Option<Self> {
        let parts: Vec<&str> = text.split(':').collect();
        // A function may itself be called `function`, but not in an ARN without the word before it.
        let (scope, name) = match parts.iter().position(|part| *part == "function") {
            Some(at) if at + 1 < parts.len() => (&parts[..at], &parts[at + 1..]),
            _ if parts.len() > 1 && is_account(parts[0]) => parts.split_at(1),
            _ => parts.split_at(0),
        };
        let (region, account) = match scope {
            [] => (None, None),
            [account] if is_account(account) => (None, Some(*account)),
            [region, account] if is_account(account) => (Some(*region), Some(*account)),
            ["arn", "aws", "lambda", region, account] if is_account(account) => {
                (Some(*region), Some(*account))
            }
            _ => return None,
        };
        let (name, qualifier) = match name {
            [name] => (*name, None),
            [name, qualifier] => (*name, Some(*qualifier)),
            _ => return None,
        };
        (!name.is_empty()).then_some(Self { region, account, name, qualifier })
    }
}

fn is_account(text: &str) -> bool {
    text.len() == 12 && text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::FunctionName;
    use crate::ApiError;
    use crate::testing::scope;

    fn read(text: &str, qualifier: Option<&str>) -> Result<String, String> {
        FunctionName::parse(&scope(), text, qualifier)
            .map(|name| format!("{} {}", name.name, name.qualifier.unwrap_or_default()))
            .map_err(|error: ApiError| error.to_string())
    }

    #[test]
    fn forms() {
        let forms = [
            ("f", None, "f "),
            ("f:live", None, "f live"),
            ("f", Some("1"), "f 1"),
            ("f:1", Some("1"), "f 1"),
            ("function", None, "function "),
            ("function:f", None, "f "),
            ("function:function:live", None, "function live"),
            ("000000000000:f", None, "f "),
            ("000000000000:function:f:live", None, "f live"),
            ("us-east-1:000000000000:function:f", None, "f "),
            ("arn:aws:lambda:us-east-1:000000000000:function:f", None, "f "),
            ("arn:aws:lambda:us-east-1:000000000000:function:f:$LATEST", None, "f $LATEST"),
        ];
        for (text, qualifier, expected) in forms {
            assert_eq!(read(text, qualifier).as_deref(), Ok(expected), "{text}");
        }
    }

    #[test]
    fn refusals() {
        let mismatch = "The derived qualifier from the function name does not match the specified qualifier.";
        let elsewhere = "Functions from 'eu-west-1' are not reachable in this region ('us-east-1')";
        let foreign = "Function not found: arn:aws:lambda:us-east-1:111111111111:function:f";
        let cases = [
            ("f:1", Some("2"), mismatch),
            ("arn:aws:lambda:eu-west-1:000000000000:function:f", None, elsewhere),
            ("111111111111:function:f", None, foreign),
            ("a:b:c", None, "The provided function name a:b:c is not valid for this operation"),
            (":x", None, "The provided function name :x is not valid for this operation"),
        ];
        for (text, qualifier, expected) in cases {
            assert_eq!(read(text, qualifier), Err(expected.to_owned()), "{text}");
        }
    }
}
