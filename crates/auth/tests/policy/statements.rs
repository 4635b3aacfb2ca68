//! Whom, what and where a statement is about.

use stagedoor_auth::policy::{Grant, Kind, NoContext, Outcome, Policy, Principal, Request};

use crate::{ROOT, SESSION, USER};

const CALL: &str = "arn:aws:execute-api:us-east-1:111111111111:abc/dev/GET/pets/1";

fn outcome(kind: Kind, members: &str, principal: Principal<'_>, resource: &str) -> String {
    let text = format!(r#"{{"Version":"2012-10-17","Statement":[{{{members}}}]}}"#);
    let policy = Policy::parse(&text, kind).unwrap();
    let request = Request { principal, action: "execute-api:Invoke", resource, context: &NoContext };
    match policy.evaluate(&request) {
        Outcome::Allow(found) => format!("{:?}", found.grant),
        Outcome::ExplicitDeny(_) => "Deny".to_owned(),
        Outcome::NoMatch => "-".to_owned(),
    }
}

#[test]
fn actions_and_resources() {
    for (members, expected) in [
        (r#""Effect":"Allow","Action":"execute-api:Invoke","Resource":"*""#, "Direct"),
        (r#""Effect":"Allow","Action":"EXECUTE-API:invoke","Resource":"*""#, "Direct"),
        (r#""Effect":"Allow","Action":["s3:*","execute-api:In*"],"Resource":"*""#, "Direct"),
        (r#""Effect":"Allow","Action":"execute-api:InvalidateCache","Resource":"*""#, "-"),
        (r#""Effect":"Allow","NotAction":"execute-api:InvalidateCache","Resource":"*""#, "Direct"),
        (r#""Effect":"Allow","NotAction":"execute-api:*","Resource":"*""#, "-"),
        (r#""Effect":"Deny","Action":"*","Resource":"arn:aws:execute-api:*:*:abc/dev/GET/*""#, "Deny"),
        (r#""Effect":"Allow","Action":"*","Resource":"arn:aws:execute-api:*:*:abc/dev/get/*""#, "-"),
        (r#""Effect":"Allow","Action":"*","NotResource":"arn:aws:execute-api:*:*:abc/prod/*""#, "Direct"),
        (r#""Effect":"Allow","Action":"*","NotResource":"arn:aws:execute-api:*:*:abc/dev/*""#, "-"),
        (r#""Effect":"Deny","Action":"*","NotResource":["arn:aws:execute-api:*:*:abc/dev/*"]"#, "-"),
        (r#""Effect":"Deny","Action":"*","NotResource":["arn:aws:execute-api:*:*:abc/prod/*"]"#, "Deny"),
        (r#""Effect":"Allow","Action":"*","Resource":"arn:aws:execute-api:*:*:abc/*/${aws:username}""#, "-"),
        (
            r#""Effect":"Allow","Action":"*","Resource":"arn:aws:execute-api:*:*:abc/*/${none:such,'1'}""#,
            "Direct",
        ),
        // What nobody can tell never opens, and never lets a deny pass.
        (r#""Effect":"Allow","Action":"*","NotResource":"arn:aws:execute-api:*:*:${none:such}/*""#, "-"),
        (r#""Effect":"Deny","Action":"*","NotResource":"arn:aws:execute-api:*:*:${none:such}/*""#, "Deny"),
    ] {
        assert_eq!(outcome(Kind::Identity, members, USER, CALL), expected, "{members}");
    }
}

#[test]
fn variables_have_a_meaning_from_2012_on() {
    let check = |version: &str, resource: &str| {
        let text = format!(
            r#"{{"Version":"{version}","Statement":{{"Effect":"Allow","Principal":"*","Action":"*","Resource":"{resource}"}}}}"#
        );
        let request = Request { principal: USER, action: "a:b", resource: "home/ann", context: &NoContext };
        matches!(Policy::parse(&text, Kind::Resource).unwrap().evaluate(&request), Outcome::Allow(_))
    };
    assert!(check("2012-10-17", "home/${aws:username}"));
    assert!(!check("2008-10-17", "home/${aws:username}"));
}

/// All principals of a policy against all callers.
#[test]
fn principals() {
    const APIGATEWAY: Principal<'static> = Principal::Service("apigateway.amazonaws.com");
    const PROVIDER: Principal<'static> = Principal::Federated("accounts.google.com");
    // anonymous, service, federated, user, session, root
    let callers = [Principal::Anonymous, APIGATEWAY, PROVIDER, USER, SESSION, ROOT];
    for (principal, expected) in [
        (r#""*""#, "Limited Limited Limited Limited Limited Limited"),
        (r#"{"AWS":"*"}"#, "Limited - - Limited Limited Limited"),
        (r#"{"AWS":"111111111111"}"#, "- - - Delegated Delegated Direct"),
        (r#"{"AWS":"arn:aws:iam::111111111111:root"}"#, "- - - Delegated Delegated Direct"),
        (r#"{"AWS":"222222222222"}"#, "- - - - - -"),
        (r#"{"AWS":"arn:aws:iam::111111111111:user/team/ann"}"#, "- - - Direct - -"),
        (r#"{"AWS":"arn:aws:iam::111111111111:user/ann"}"#, "- - - - - -"),
        (r#"{"AWS":"arn:aws:iam::111111111111:user/team/Ann"}"#, "- - - - - -"),
        (r#"{"AWS":"arn:aws:iam::111111111111:role/team/reader"}"#, "- - - - Limited -"),
        (r#"{"AWS":"arn:aws:sts::111111111111:assumed-role/reader/job"}"#, "- - - - Direct -"),
        (r#"{"AWS":"arn:aws:sts::111111111111:assumed-role/reader/other"}"#, "- - - - - -"),
        (r#"{"AWS":"AIDAEXAMPLEEXAMPLE01"}"#, "- - - Direct - -"),
        (r#"{"AWS":"AROAEXAMPLEEXAMPLE01"}"#, "- - - - Limited -"),
        (
            r#"{"AWS":["111111111111","arn:aws:iam::111111111111:user/team/ann"]}"#,
            "- - - Direct Delegated Direct",
        ),
        (r#"{"Service":"apigateway.amazonaws.com"}"#, "- Direct - - - -"),
        (r#"{"Service":["s3.amazonaws.com"],"AWS":"222222222222"}"#, "- - - - - -"),
        (r#"{"Federated":"accounts.google.com"}"#, "- - Direct - - -"),
        (r#"{"CanonicalUser":"79a5"}"#, "- - - - - -"),
    ] {
        let row = |element: &str, effect: &str| {
            let members =
                format!(r#""Effect":"{effect}","{element}":{principal},"Action":"*","Resource":"*""#);
            callers.map(|caller| outcome(Kind::Resource, &members, caller, CALL))
        };
        let expected: Vec<_> = expected.split(' ').collect();
        assert_eq!(row("Principal", "Allow").as_slice(), expected, "{principal}");
        let denied = expected.iter().map(|grant| if *grant == "-" { "-" } else { "Deny" });
        assert_eq!(row("Principal", "Deny").as_slice(), denied.collect::<Vec<_>>(), "{principal}");
        let others = expected.iter().map(|grant| if *grant == "-" { "Limited" } else { "-" });
        assert_eq!(row("NotPrincipal", "Allow").as_slice(), others.collect::<Vec<_>>(), "{principal}");
    }
}

#[test]
fn a_deny_spares_only_who_is_named_at_every_level() {
    const ACCOUNT: &str = r#""111111111111""#;
    const ANN: &str = r#""arn:aws:iam::111111111111:user/team/ann""#;
    const ROLE: &str = r#""arn:aws:iam::111111111111:role/team/reader""#;
    const JOB: &str = r#""arn:aws:sts::111111111111:assumed-role/reader/job""#;
    for (named, user, session, root) in [
        (vec![ACCOUNT], "Deny", "Deny", "-"),
        (vec![ANN], "Deny", "Deny", "Deny"),
        (vec![ACCOUNT, ANN], "-", "Deny", "-"),
        (vec![ACCOUNT, ROLE], "Deny", "Deny", "-"),
        (vec![ROLE, JOB], "Deny", "Deny", "Deny"),
        (vec![ACCOUNT, ROLE, JOB], "Deny", "-", "-"),
        (vec![r#""*""#], "-", "-", "-"),
    ] {
        let members = format!(
            r#""Effect":"Deny","NotPrincipal":{{"AWS":[{}]}},"Action":"*","Resource":"*""#,
            named.join(",")
        );
        let row = [USER, SESSION, ROOT].map(|caller| outcome(Kind::Resource, &members, caller, CALL));
        assert_eq!(row, [user, session, root], "{named:?}");
        let anonymous = outcome(Kind::Resource, &members, Principal::Anonymous, CALL);
        assert_eq!(anonymous, if user == "-" && root == "-" && session == "-" { "-" } else { "Deny" });
    }
}

#[test]
fn the_first_deny_and_the_farthest_allow_count() {
    let text = r#"{"Statement":[
        {"Effect":"Allow","Principal":{"AWS":"111111111111"},"Action":"*","Resource":"*"},
        {"Sid":"me","Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111111111111:user/team/ann"},"Action":"*","Resource":"*"},
        {"Effect":"Allow","Principal":"*","Action":"*","Resource":"*"},
        {"Sid":"never","Effect":"Deny","Principal":"*","Action":"a:Delete","Resource":"*"}]}"#;
    let policy = Policy::parse(text, Kind::Resource).unwrap();
    let ask =
        |action| policy.evaluate(&Request { principal: USER, action, resource: "r", context: &NoContext });
    let Outcome::Allow(found) = ask("a:Read") else { panic!() };
    assert_eq!((found.statement, found.sid, found.grant), (1, Some("me"), Grant::Direct));
    let Outcome::ExplicitDeny(found) = ask("a:Delete") else { panic!() };
    assert_eq!((found.statement, found.sid), (3, Some("never")));
}
