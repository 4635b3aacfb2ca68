//! Every condition operator against every kind of value.

use stagedoor_auth::policy::{Context, Kind, NoContext, Outcome, Policy, Principal, Request, Value};
use stagedoor_base::Timestamp;

use crate::{ROOT, SESSION, USER};

struct Keys;

impl Context for Keys {
    fn get(&self, key: &str) -> Value<'_> {
        match key {
            "t:text" => Value::Text("Value"),
            "t:empty" => Value::Text(""),
            "t:number" => Value::Number(10),
            "t:numbertext" => Value::Text("10.5"),
            "t:yes" => Value::Bool(true),
            "t:time" => Value::Time(Timestamp(1_767_225_600_000)), // 2026-01-01T00:00:00Z
            "t:ip" => Value::Address([203, 0, 113, 7].into()),
            "t:ip6" => Value::Address("2001:db8::7".parse().unwrap()),
            "t:arn" => Value::Text("arn:aws:sns:us-east-1:111111111111:topic:x"),
            "t:list" => Value::Many(&["a", "b"]),
            "t:none" => Value::Many(&[]),
            "t:binary" => Value::Text("aGk="),
            "t:unknown" => Value::Unknown,
            _ => Value::Absent,
        }
    }
}

/// Whether a statement with this condition matches, as an Allow and as a Deny.
fn matches(condition: &str, principal: Principal<'_>) -> [bool; 2] {
    ["Allow", "Deny"].map(|effect| {
        let text = format!(
            r#"{{"Version":"2012-10-17","Statement":{{"Effect":"{effect}","Action":"*","Resource":"*","Condition":{{{condition}}}}}}}"#
        );
        let policy = Policy::parse(&text, Kind::Identity).unwrap();
        let request = Request { principal, action: "a:b", resource: "*", context: &Keys };
        policy.evaluate(&request) != Outcome::NoMatch
    })
}

fn check(rows: &[(&str, bool)]) {
    for (condition, expected) in rows {
        assert_eq!(matches(condition, Principal::Anonymous), [*expected; 2], "{condition}");
    }
}

#[test]
fn texts() {
    check(&[
        (r#""StringEquals":{"t:text":"Value"}"#, true),
        (r#""StringEquals":{"T:TEXT":["other","Value"]}"#, true),
        (r#""StringEquals":{"t:text":"value"}"#, false),
        (r#""StringEquals":{"t:text":"Val*"}"#, false),
        (r#""StringEquals":{"t:empty":""}"#, true),
        (r#""StringEquals":{"t:text":[]}"#, false),
        (r#""StringNotEquals":{"t:text":["a","b"]}"#, true),
        (r#""StringNotEquals":{"t:text":["a","Value"]}"#, false),
        (r#""StringEqualsIgnoreCase":{"t:text":"vALUE"}"#, true),
        (r#""StringNotEqualsIgnoreCase":{"t:text":"vALUE"}"#, false),
        (r#""StringLike":{"t:text":"V*u?"}"#, true),
        (r#""StringLike":{"t:text":"${t:text}"}"#, true),
        (r#""StringLike":{"t:text":"v*"}"#, false),
        (r#""StringNotLike":{"t:text":"V*"}"#, false),
        (r#""StringEquals":{"t:number":"10"}"#, true),
        (r#""StringEquals":{"t:yes":true}"#, true),
        (r#""StringLike":{"t:ip":"203.0.113.*"}"#, true),
        (r#""StringLike":{"t:time":"2026-01-01T*"}"#, true),
        (r#""BinaryEquals":{"t:binary":"aGk="}"#, true),
        (r#""BinaryEquals":{"t:binary":"aGo="}"#, false),
    ]);
}

#[test]
fn numbers_dates_and_flags() {
    check(&[
        (r#""NumericEquals":{"t:number":10}"#, true),
        (r#""NumericEquals":{"t:number":"10.0"}"#, true),
        (r#""NumericNotEquals":{"t:number":"10"}"#, false),
        (r#""NumericLessThan":{"t:number":"10"}"#, false),
        (r#""NumericLessThanEquals":{"t:number":"10"}"#, true),
        (r#""NumericGreaterThan":{"t:number":["10","9"]}"#, true),
        (r#""NumericGreaterThanEquals":{"t:numbertext":"10.5"}"#, true),
        (r#""NumericEquals":{"t:text":"10"}"#, false),
        (r#""DateEquals":{"t:time":"2026-01-01"}"#, true),
        (r#""DateEquals":{"t:time":"1767225600"}"#, true),
        (r#""DateNotEquals":{"t:time":"2026-01-01"}"#, false),
        (r#""DateLessThan":{"t:time":"2026-01-01T00:00:01Z"}"#, true),
        (r#""DateGreaterThan":{"t:time":"2026-01-01T00:00:00Z"}"#, false),
        (r#""DateGreaterThanEquals":{"t:time":"2026-01-01T01:00:00+01:00"}"#, true),
        (r#""DateLessThanEquals":{"t:number":"1970-01-01T00:00:10Z"}"#, true),
        (r#""Bool":{"t:yes":"true"}"#, true),
        (r#""Bool":{"t:yes":"FALSE"}"#, false),
        (r#""Bool":{"t:yes":["false","true"]}"#, true),
        (r#""Bool":{"t:text":"true"}"#, false),
        (r#""Null":{"t:text":"false"}"#, true),
        (r#""Null":{"t:text":"true"}"#, false),
        (r#""Null":{"t:absent":true}"#, true),
        (r#""Null":{"t:none":true}"#, true),
        (r#""Null":{"t:empty":false}"#, true),
    ]);
}

#[test]
fn addresses_and_arns() {
    check(&[
        (r#""IpAddress":{"t:ip":"203.0.113.0/24"}"#, true),
        (r#""IpAddress":{"t:ip":["10.0.0.0/8","203.0.113.7"]}"#, true),
        (r#""IpAddress":{"t:ip":"203.0.114.0/24"}"#, false),
        (r#""NotIpAddress":{"t:ip":["203.0.113.0/24","10.0.0.0/8"]}"#, false),
        (r#""NotIpAddress":{"t:ip":["203.0.114.0/24","10.0.0.0/8"]}"#, true),
        (r#""IpAddress":{"t:ip6":"2001:db8::/32"}"#, true),
        (r#""NotIpAddress":{"t:ip6":"203.0.113.0/24"}"#, true),
        (r#""IpAddress":{"t:text":"0.0.0.0/0"}"#, false),
        (r#""ArnEquals":{"t:arn":"arn:aws:sns:*:111111111111:*"}"#, true),
        (r#""ArnLike":{"t:arn":"arn:aws:sns:us-east-?:*:topic:x"}"#, true),
        (r#""ArnLike":{"t:arn":"arn:aws:sns:*:topic:x"}"#, false),
        (r#""ArnNotLike":{"t:arn":"arn:aws:sns:*:*:other"}"#, true),
        (r#""ArnNotEquals":{"t:arn":"arn:aws:sns:*:*:*"}"#, false),
    ]);
}

#[test]
fn keys_that_are_absent() {
    check(&[
        (r#""StringEquals":{"t:absent":"a"}"#, false),
        (r#""StringEqualsIfExists":{"t:absent":"a"}"#, true),
        (r#""StringEqualsIfExists":{"t:text":"a"}"#, false),
        (r#""StringNotEquals":{"t:absent":"a"}"#, true),
        (r#""NotIpAddress":{"t:absent":"10.0.0.0/8"}"#, true),
        (r#""IpAddressIfExists":{"t:absent":"10.0.0.0/8"}"#, true),
        (r#""NumericLessThan":{"t:absent":"1"}"#, false),
        (r#""Bool":{"t:absent":"false"}"#, false),
        (r#""BoolIfExists":{"t:absent":"true"}"#, true),
        (r#""ForAllValues:StringEquals":{"t:absent":"a"}"#, true),
        (r#""ForAnyValue:StringEquals":{"t:absent":"a"}"#, false),
        (r#""ForAnyValue:StringNotEquals":{"t:absent":"a"}"#, false),
        (r#""ForAllValues:StringEquals":{"t:none":"a"}"#, true),
        (r#""ForAnyValue:StringEquals":{"t:none":"a"}"#, false),
    ]);
}

#[test]
fn keys_with_several_values() {
    check(&[
        (r#""ForAllValues:StringEquals":{"t:list":["a","b","c"]}"#, true),
        (r#""ForAllValues:StringEquals":{"t:list":["a"]}"#, false),
        (r#""ForAnyValue:StringEquals":{"t:list":["b","c"]}"#, true),
        (r#""ForAnyValue:StringEquals":{"t:list":["c"]}"#, false),
        (r#""ForAllValues:StringNotEquals":{"t:list":["c"]}"#, true),
        (r#""ForAllValues:StringNotEquals":{"t:list":["a"]}"#, false),
        (r#""ForAnyValue:StringNotEquals":{"t:list":["a"]}"#, true),
        (r#""ForAnyValue:StringNotEquals":{"t:list":["a","b"]}"#, false),
        (r#""ForAllValues:StringEquals":{"t:text":"Value"}"#, true),
        (r#""ForAnyValue:StringLike":{"t:text":"V*"}"#, true),
        (r#""StringEquals":{"t:list":"b"}"#, true),
        (r#""StringNotEquals":{"t:list":"b"}"#, false),
    ]);
}

/// What nobody can tell opens nothing and hides from no deny, whatever the operator.
#[test]
fn keys_that_nobody_knows() {
    for condition in [
        r#""StringEquals":{"t:unknown":"a"}"#,
        r#""StringNotEquals":{"t:unknown":"a"}"#,
        r#""StringEqualsIfExists":{"t:unknown":"a"}"#,
        r#""Null":{"t:unknown":"true"}"#,
        r#""Null":{"t:unknown":"false"}"#,
        r#""ForAllValues:StringLike":{"t:unknown":"*"}"#,
        r#""ForAnyValue:StringLike":{"t:unknown":"*"}"#,
        // A variable without a value, and a value of another kind, cannot be shown to differ.
        r#""StringNotEquals":{"t:text":"${t:absent}"}"#,
        r#""StringNotEquals":{"t:text":"${t:list}"}"#,
        r#""NumericNotEquals":{"t:text":"1"}"#,
        r#""NotIpAddress":{"t:text":"10.0.0.0/8"}"#,
    ] {
        assert_eq!(matches(condition, Principal::Anonymous), [false, true], "{condition}");
    }
    let other = r#""StringEquals":{"t:text":"other"},"Bool":{"t:unknown":"true"}"#;
    assert_eq!(matches(other, Principal::Anonymous), [false, false], "another condition settles it");
}

#[test]
fn principals_answer_their_own_keys() {
    for (key, anonymous, user, session, root) in [
        (
            "aws:PrincipalArn",
            "",
            "arn:aws:iam::111111111111:user/team/ann",
            "arn:aws:iam::111111111111:role/team/reader",
            "arn:aws:iam::111111111111:root",
        ),
        ("aws:PrincipalAccount", "", "111111111111", "111111111111", "111111111111"),
        ("aws:PrincipalType", "", "User", "AssumedRole", "Account"),
        ("aws:userid", "", "AIDAEXAMPLEEXAMPLE01", "AROAEXAMPLEEXAMPLE01:job", "111111111111"),
        ("aws:username", "", "ann", "", ""),
        ("aws:TokenIssueTime", "", "", "1970-01-01T00:16:40Z", ""),
        ("aws:MultiFactorAuthPresent", "", "", "false", ""),
        ("aws:MultiFactorAuthAge", "", "", "", ""),
        ("aws:PrincipalOrgID", "", "", "", ""),
        ("aws:PrincipalTag/team", "", "", "", ""),
        ("aws:PrincipalIsAWSService", "false", "false", "false", "false"),
    ] {
        for (caller, value) in
            [(Principal::Anonymous, anonymous), (USER, user), (SESSION, session), (ROOT, root)]
        {
            let condition = match value {
                "" => format!(r#""Null":{{"{key}":"true"}}"#),
                value => format!(r#""StringEquals":{{"{key}":"{value}"}}"#),
            };
            assert_eq!(matches(&condition, caller), [true; 2], "{condition} {caller:?}");
        }
    }
}

#[test]
fn tags_and_services() {
    let tags = [("Team".to_owned(), "red".to_owned())];
    let Principal::Aws(user) = USER else { panic!() };
    let tagged = Principal::Aws(stagedoor_auth::policy::Aws { tags: &tags, ..user });
    assert_eq!(matches(r#""StringEquals":{"aws:PrincipalTag/team":"red"}"#, tagged), [true; 2]);
    assert_eq!(matches(r#""StringEquals":{"aws:PrincipalTag/teams":"red"}"#, tagged), [false; 2]);
    let service = Principal::Service("apigateway.amazonaws.com");
    assert_eq!(matches(r#""Bool":{"aws:PrincipalIsAWSService":"true"}"#, service), [true; 2]);
    let named = r#""StringEquals":{"aws:PrincipalServiceName":"apigateway.amazonaws.com"}"#;
    assert_eq!(matches(named, service), [true; 2]);
}

#[test]
fn all_conditions_have_to_hold() {
    let text = r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*","Condition":
        {"StringEquals":{"t:text":"Value","t:number":"10"},"Bool":{"t:yes":"true"}}}}"#;
    let policy = Policy::parse(text, Kind::Identity).unwrap();
    let mut request = Request { principal: USER, action: "a:b", resource: "*", context: &Keys };
    assert!(matches!(policy.evaluate(&request), Outcome::Allow(_)));
    request.context = &NoContext;
    assert_eq!(policy.evaluate(&request), Outcome::NoMatch);
}

/// What nobody can tell refuses: an Allow that depends on it does not apply, a Deny does.
#[test]
fn resources_with_unknown_variables() {
    for (element, expected) in [
        (r#""Resource":"arn:aws:x:::${t:unknown}""#, [false, true]),
        (r#""Resource":["arn:aws:x:::y","arn:aws:x:::${t:unknown,'v'}"]"#, [false, true]),
        (r#""Resource":["arn:aws:x:::v","arn:aws:x:::${t:unknown}"]"#, [true, true]),
        (r#""Resource":"arn:aws:x:::${t:absent}""#, [false, false]),
        (r#""Resource":"arn:aws:x:::${t:absent,'v'}""#, [true, true]),
        (r#""NotResource":"arn:aws:x:::${t:unknown}""#, [false, true]),
    ] {
        let found = ["Allow", "Deny"].map(|effect| {
            let text = format!(
                r#"{{"Version":"2012-10-17","Statement":{{"Effect":"{effect}","Action":"*",{element}}}}}"#
            );
            let policy = Policy::parse(&text, Kind::Identity).unwrap();
            let request = Request {
                principal: Principal::Anonymous,
                action: "a:b",
                resource: "arn:aws:x:::v",
                context: &Keys,
            };
            policy.evaluate(&request) != Outcome::NoMatch
        });
        assert_eq!(found, expected, "{element}");
    }
}

#[test]
fn conditions_with_unknown_variables() {
    for condition in [
        r#""StringEquals":{"t:text":"${t:unknown}"}"#,
        r#""StringEquals":{"t:text":"${t:unknown,'Value'}"}"#,
        r#""StringNotEquals":{"t:text":"${t:unknown}"}"#,
        r#""StringLike":{"t:text":"V*${t:unknown}"}"#,
        r#""StringNotLikeIfExists":{"t:text":["x","${t:unknown}"]}"#,
        r#""StringEqualsIgnoreCase":{"t:text":"${t:unknown}"}"#,
        r#""ForAnyValue:StringEquals":{"t:list":"${t:unknown}"}"#,
        r#""ForAllValues:StringEquals":{"t:list":["a","${t:unknown}"]}"#,
        r#""ArnLike":{"t:arn":"arn:aws:sns:us-east-1:111111111111:${t:unknown}"}"#,
        r#""ArnNotLike":{"t:arn":"arn:aws:sns:us-east-1:111111111111:${t:unknown}"}"#,
    ] {
        assert_eq!(matches(condition, Principal::Anonymous), [false, true], "{condition}");
    }
    check(&[
        (r#""StringEquals":{"t:text":["${t:unknown}","Value"]}"#, true),
        (r#""StringEquals":{"t:text":"${t:absent}"}"#, false),
        (r#""StringEquals":{"t:text":"${t:absent,'Value'}"}"#, true),
    ]);
}
