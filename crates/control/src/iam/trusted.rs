//! Whom trust policies name, when an identity goes or gets another name. AWS keeps the unique id of whoever a policy names: one
//! that is made again under an old name is somebody else.
//!
//! In: an identity's ARN, and what stands for it from now on. Out: rewritten trust policies, of all accounts. It must not know
//! why the ARN means something else now.

use stagedoor_base::AccountId;
use stagedoor_json::{Map, Value, parse, to_json_text};
use stagedoor_model::IamTree;

use crate::ApiError;
use crate::context::Context;

impl Context {
    /// Writes `now` where trust policies of other accounts name the principal `arn`.
    pub(super) fn rename_in_other_accounts(&self, arn: &str, now: &str) -> Result<(), ApiError> {
        let mut concerned: Vec<AccountId> = Vec::new();
        self.store.for_each_iam(|account, tree| {
            if account != self.scope.account && names(&tree, arn) {
                concerned.push(account);
            }
        })?;
        for account in concerned {
            self.edit_iam_of(&account, |tree| {
                rename_principal(tree, arn, now);
                Ok(())
            })?;
        }
        Ok(())
    }
}

fn names(tree: &IamTree, arn: &str) -> bool {
    tree.roles.values().any(|role| role.trust_policy.contains(arn))
}

/// Writes `now` where trust policies of an account name the principal `arn`.
pub(super) fn rename_principal(tree: &mut IamTree, arn: &str, now: &str) {
    for role in tree.roles.values_mut().filter(|role| role.trust_policy.contains(arn)) {
        if let Ok(document) = parse(&role.trust_policy) {
            let renamed = in_document(&document, arn, now);
            if renamed != document {
                role.trust_policy = to_json_text(&renamed);
            }
        }
    }
}

fn in_document(document: &Value, arn: &str, now: &str) -> Value {
    changed(document, |name, value| match name {
        "Statement" => each(value, |statement| in_statement(statement, arn, now)),
        _ => value.clone(),
    })
}

fn in_statement(statement: &Value, arn: &str, now: &str) -> Value {
    let principal = |text: &Value| match text.as_str() {
        Some(known) if known == arn => Value::String(now.into()),
        _ => text.clone(),
    };
    changed(statement, |name, value| match name {
        "Principal" | "NotPrincipal" => changed(value, |_, listed| each(listed, principal)),
        _ => value.clone(),
    })
}

/// An object with other values; anything else as it is.
fn changed(value: &Value, change: impl Fn(&str, &Value) -> Value) -> Value {
    match value {
        Value::Object(members) => {
            let members = members.iter().map(|(name, value)| (Box::from(name), change(name, value)));
            Value::Object(members.collect::<Map>())
        }
        other => other.clone(),
    }
}

/// What may be one or a list of them.
fn each(value: &Value, change: impl Fn(&Value) -> Value) -> Value {
    match value {
        Value::Array(items) => Value::Array(items.iter().map(change).collect()),
        one => change(one),
    }
}

#[cfg(test)]
mod tests {
    use stagedoor_json::{parse, to_json_text};

    use super::in_document;

    fn check(document: &str, expected: &str) {
        assert_eq!(to_json_text(&in_document(&parse(document).unwrap(), "arn:a", "AIDA")), expected);
    }

    #[test]
    fn only_principals_are_renamed() {
        check(
            r#"{"Version":"arn:a","Statement":{"Principal":{"AWS":"arn:a"},"Condition":{"X":{"k":"arn:a"}}}}"#,
            r#"{"Version":"arn:a","Statement":{"Principal":{"AWS":"AIDA"},"Condition":{"X":{"k":"arn:a"}}}}"#,
        );
        check(
            r#"{"Statement":[{"NotPrincipal":{"AWS":["arn:ab","arn:a"],"Service":"s"}},{"Principal":"*"}]}"#,
            r#"{"Statement":[{"NotPrincipal":{"AWS":["arn:ab","AIDA"],"Service":"s"}},{"Principal":"*"}]}"#,
        );
    }
}
