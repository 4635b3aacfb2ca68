//! Identity, boundary, session and resource policies together: every cell of AWS's tables, by the rule in AWS's own order.

use std::sync::Arc;

use stagedoor_auth::policy::{
    Decision, Kind, NoContext, Policies, Policy, Principal, Request, Source, decide, explain,
};

use crate::{ROOT, SESSION, USER};

/// What a policy says of the one request of these tests.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Says {
    Allow,
    Nothing,
    Deny,
}

use Says::{Allow, Deny, Nothing};

const ALL: [Says; 3] = [Allow, Nothing, Deny];

fn policy(kind: Kind, says: Says, principal: &str) -> Policy {
    let effect = if says == Deny { "Deny" } else { "Allow" };
    let action = if says == Nothing { "a:other" } else { "a:b" };
    let principal =
        if kind == Kind::Resource { format!(r#""Principal":{principal},"#) } else { String::new() };
    let text = format!(
        r#"{{"Version":"2012-10-17","Statement":{{"Effect":"{effect}",{principal}"Action":"{action}","Resource":"*"}}}}"#
    );
    Policy::parse(&text, kind).unwrap()
}

fn request(principal: Principal<'_>) -> Request<'_> {
    Request { principal, action: "a:b", resource: "arn:aws:s3:::b", context: &NoContext }
}

/// One cell: the decision in a word.
fn word(decision: &Decision<'_>) -> &'static str {
    match decision {
        Decision::Allowed(_) => "allow",
        Decision::ExplicitDeny(_) => "deny",
        Decision::ImplicitDeny(_) => "silent",
    }
}

fn cell(identity: Says, resource: Says, principal: Principal<'_>, same_account: bool) -> &'static str {
    let identity = [Arc::new(policy(Kind::Identity, identity, ""))];
    let resource = policy(Kind::Resource, resource, r#""*""#);
    let policies =
        Policies { identity: &identity, resource: Some(&resource), same_account, ..Policies::default() };
    word(&decide(&policies, &request(principal)))
}

#[test]
fn table_a_within_an_account() {
    for (identity, expected) in [
        (Allow, ["allow", "allow", "deny"]),
        (Nothing, ["allow", "silent", "deny"]),
        (Deny, ["deny", "deny", "deny"]),
    ] {
        for principal in [USER, SESSION, ROOT, Principal::Anonymous] {
            assert_eq!(
                ALL.map(|resource| cell(identity, resource, principal, true)),
                expected,
                "{identity:?} {principal:?}"
            );
        }
    }
}

#[test]
fn table_b_across_accounts() {
    for (identity, expected) in [
        (Allow, ["allow", "silent", "deny"]),
        (Nothing, ["silent", "silent", "deny"]),
        (Deny, ["deny", "deny", "deny"]),
    ] {
        for principal in [USER, SESSION] {
            assert_eq!(
                ALL.map(|resource| cell(identity, resource, principal, false)),
                expected,
                "{identity:?}"
            );
        }
    }
}

/// How the resource's policy names the caller, and what its Allow overcomes there.
const NAMES: [(&str, bool, bool); 4] = [
    // names, alone enough, beyond boundary and session
    (r#""*""#, true, false),
    (r#"{"AWS":"111111111111"}"#, false, false),
    (r#"{"AWS":"arn:aws:iam::111111111111:role/team/reader"}"#, true, false),
    (r#"{"AWS":"arn:aws:sts::111111111111:assumed-role/reader/job"}"#, true, true),
];

/// All 3 × 3 × 4 × 4 combinations of each way to name a session, within an account and across.
#[test]
fn boundaries_and_sessions_limit() {
    let with_none = [None, Some(Allow), Some(Nothing), Some(Deny)];
    let mut cells = 0;
    for (names, enough, beyond) in NAMES {
        for identity in ALL {
            for resource in ALL {
                for boundary in with_none {
                    for session in with_none {
                        for same_account in [true, false] {
                            let found = limited(identity, (resource, names), boundary, session, same_account);
                            let says = [Some(identity), Some(resource), boundary, session];
                            let within =
                                [boundary, session].iter().all(|it| matches!(it, None | Some(Allow)));
                            let (by_identity, by_resource) = (identity == Allow, resource == Allow);
                            let expected = if says.contains(&Some(Deny)) {
                                "deny"
                            } else if !same_account {
                                if by_identity && by_resource && within { "allow" } else { "silent" }
                            } else if by_resource && beyond
                                || within && (by_identity || by_resource && enough)
                            {
                                "allow"
                            } else {
                                "silent"
                            };
                            assert_eq!(found, expected, "{names} {says:?} {same_account}");
                            cells += 1;
                        }
                    }
                }
            }
        }
    }
    assert_eq!(cells, 4 * 3 * 3 * 4 * 4 * 2);
}

fn limited(
    identity: Says,
    (resource, names): (Says, &str),
    boundary: Option<Says>,
    session: Option<Says>,
    same_account: bool,
) -> &'static str {
    let identity = [Arc::new(policy(Kind::Identity, identity, ""))];
    let resource = policy(Kind::Resource, resource, names);
    let boundary = boundary.map(|says| policy(Kind::Boundary, says, ""));
    let session = session.map(|says| [Arc::new(policy(Kind::Session, says, ""))]);
    let policies = Policies {
        identity: &identity,
        boundary: boundary.as_ref(),
        session: session.as_ref().map(|list| list.as_slice()),
        resource: Some(&resource),
        unrestricted: false,
        same_account,
    };
    word(&decide(&policies, &request(SESSION)))
}

#[test]
fn without_policies() {
    let resource = policy(Kind::Resource, Nothing, r#""*""#);
    let none = Policies { same_account: true, ..Policies::default() };
    let guarded = Policies { resource: Some(&resource), ..none };
    let root = Policies { unrestricted: true, ..none };
    let limited = Policies { session: Some(&[]), ..root };
    for (policies, principal, expected) in [
        (none, USER, Decision::ImplicitDeny(Source::Identity)),
        (none, Principal::Anonymous, Decision::ImplicitDeny(Source::Resource)),
        (guarded, Principal::Anonymous, Decision::ImplicitDeny(Source::Resource)),
        (guarded, USER, Decision::ImplicitDeny(Source::Identity)),
        (limited, ROOT, Decision::ImplicitDeny(Source::Session)),
        (Policies { same_account: false, ..root }, ROOT, Decision::ImplicitDeny(Source::Resource)),
    ] {
        assert_eq!(decide(&policies, &request(principal)), expected, "{policies:?}");
    }
    assert!(decide(&root, &request(ROOT)).is_allowed());
}

#[test]
fn explanations_name_the_statement() {
    let text = r#"{"Version":"2012-10-17","Statement":[
        {"Effect":"Allow","Principal":"*","Action":"a:*","Resource":"*"},
        {"Sid":"Office","Effect":"Deny","Principal":"*","Action":"a:b","Resource":"*",
         "Condition":{"NotIpAddress":{"aws:SourceIp":"10.0.0.0/8"}}},
        {"Effect":"Allow","Principal":"*","Action":"a:b","Resource":"*","Condition":{"StringEquals":{"a:k":"v"}}}]}"#;
    let resource = Policy::parse(text, Kind::Resource).unwrap();
    let admin = [Arc::new(policy(Kind::Identity, Allow, "").named("Admin"))];
    let policies =
        Policies { identity: &admin, resource: Some(&resource), same_account: true, ..Policies::default() };
    let explained = explain(&policies, &request(USER));
    assert!(!explained.allowed);
    assert_eq!(
        explained.to_string(),
        "denied by statement 2 (\"Office\") of the resource-based policy
  statement 1 of the resource-based policy, Allow: matches
  statement 2 (\"Office\") of the resource-based policy, Deny: matches
  statement 3 of the resource-based policy, Allow: its condition on a:k does not hold; here the request has none
  statement 1 of the identity-based policy Admin, Allow: matches"
    );
    let open = Policies { resource: None, ..policies };
    assert_eq!(
        explain(&open, &request(USER)).verdict,
        "allowed by statement 1 of the identity-based policy Admin"
    );
    let root = Policies { unrestricted: true, ..Policies::default() };
    let root = Policies { same_account: true, ..root };
    assert_eq!(
        explain(&root, &request(ROOT)).verdict,
        "allowed by the account's root, who may do everything"
    );
    let nobody = Policies { same_account: true, ..Policies::default() };
    assert_eq!(explain(&nobody, &request(USER)).verdict, "denied: no identity-based policy allows it");
}
