//! The ARNs a gateway reads and prints.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::{AccountId, ApiId, Region, Scope, StageName};

/// The text is not an ARN of the expected kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvalidArn(pub String);

/// `arn:aws:lambda:{region}:{account}:function:{name}[:{qualifier}]`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct FunctionArn {
    pub scope: Scope,
    pub name: String,
    /// A version number, an alias, or `$LATEST`; none names the unqualified function.
    pub qualifier: Option<String>,
}

impl FunctionArn {
    /// Parses a full function ARN.
    ///
    /// # Errors
    /// [`InvalidArn`] when the text is anything else.
    pub fn parse(text: &str) -> Result<Self, InvalidArn> {
        let invalid = || InvalidArn(text.to_owned());
        let parts: Vec<&str> = text.split(':').collect();
        let (region, account, name, qualifier) = match parts.as_slice() {
            ["arn", partition, "lambda", region, account, "function", name]
                if partition.starts_with("aws") =>
            {
                (*region, *account, *name, None)
            }
            ["arn", partition, "lambda", region, account, "function", name, qualifier]
                if partition.starts_with("aws") =>
            {
                (*region, *account, *name, Some((*qualifier).to_owned()))
            }
            _ => return Err(invalid()),
        };
        if name.is_empty() || region.is_empty() || qualifier.as_deref() == Some("") {
            return Err(invalid());
        }
        let account = AccountId::parse(account).map_err(|_| invalid())?;
        Ok(Self { scope: Scope { account, region: Region::from(region) }, name: name.to_owned(), qualifier })
    }

    /// The same function under another qualifier.
    #[must_use]
    pub fn with_qualifier(&self, qualifier: Option<String>) -> Self {
        Self { qualifier, ..self.clone() }
    }
}

impl fmt::Display for FunctionArn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "arn:aws:lambda:{}:{}:function:{}", self.scope.region, self.scope.account, self.name)?;
        match &self.qualifier {
            Some(qualifier) => write!(f, ":{qualifier}"),
            None => Ok(()),
        }
    }
}

/// `arn:aws:execute-api:{region}:{account}:{api}/{stage}/{method}{path}`: what a caller asks to invoke and what a
/// function's policy is asked about.
#[derive(Debug, Clone, Copy)]
pub struct ExecuteApiArn<'a> {
    pub scope: &'a Scope,
    pub api: &'a ApiId,
    pub stage: &'a StageName,
    /// The defined method, `*` for ANY.
    pub method: &'a str,
    /// The resource path with its braces, beginning with `/`.
    pub path: &'a str,
}

impl fmt::Display for ExecuteApiArn<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "arn:aws:execute-api:{}:{}:{}/{}/{}{}",
            self.scope.region, self.scope.account, self.api, self.stage, self.method, self.path
        )
    }
}

#[cfg(test)]
mod tests {
    use super::FunctionArn;

    #[test]
    fn function_arns_round_trip() {
        for text in [
            "arn:aws:lambda:us-east-1:000000000000:function:pets",
            "arn:aws:lambda:us-east-1:000000000000:function:pets:live",
        ] {
            assert_eq!(FunctionArn::parse(text).map(|arn| arn.to_string()), Ok(text.to_owned()));
        }
        for text in [
            "pets",
            "arn:aws:lambda:us-east-1:1:function:pets",
            "arn:aws:lambda:us-east-1:000000000000:function:",
        ] {
            assert!(FunctionArn::parse(text).is_err(), "{text}");
        }
    }
}
