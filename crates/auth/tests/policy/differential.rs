//! The same generated policies and requests, evaluated here and by the crate iam-rs, which others wrote. The two have to agree.
//! Where they cannot, `DIFFERENCES` has an example and the reason, and the generator leaves such policies out.

use std::collections::HashMap;
use std::fmt::Write;

use iam_rs::{Arn, ContextValue, Decision, IAMPolicy, IAMRequest, evaluate_policy};
use stagedoor_auth::policy::{Context, Kind, Outcome, Policy, Request, Value};
use stagedoor_base::Entropy;

use crate::USER;

const CASES: usize = 20_000;
const USER_ARN: &str = "arn:aws:iam::111111111111:user/team/ann";

/// A generated case.
#[derive(Debug, Clone)]
struct Case {
    policy: String,
    kind: Kind,
    action: &'static str,
    resource: &'static str,
    keys: Vec<(&'static str, Held)>,
}

#[derive(Debug, Clone, Copy)]
enum Held {
    Text(&'static str),
    List(&'static [&'static str]),
    Flag(bool),
    Number(i32),
}

struct Generator(Entropy);

impl Generator {
    fn below(&mut self, bound: usize) -> usize {
        usize::try_from(self.0.next_u64() % bound as u64).unwrap()
    }

    fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.below(from.len())]
    }

    fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    /// One text or a list of up to three, as JSON.
    fn texts(&mut self, from: &[&str]) -> String {
        match self.below(4) {
            0 => format!("[{:?},{:?}]", self.pick(from), self.pick(from)),
            1 => format!("[{:?},{:?},{:?}]", self.pick(from), self.pick(from), self.pick(from)),
            _ => format!("{:?}", self.pick(from)),
        }
    }

    fn case(&mut self) -> Case {
        let kind = self.pick(&[Kind::Identity, Kind::Resource]);
        let count = 1 + self.below(3);
        let statements: Vec<_> = (0..count).map(|_| self.statement(kind)).collect();
        Case {
            policy: format!(r#"{{"Version":"2012-10-17","Statement":[{}]}}"#, statements.join(",")),
            kind,
            action: self.pick(&ACTIONS),
            resource: self.pick(&RESOURCES),
            keys: self.keys(),
        }
    }

    fn keys(&mut self) -> Vec<(&'static str, Held)> {
        // Here the principal says who it is, there the context does.
        let mut keys = vec![("aws:username", Held::Text("ann"))];
        for (key, values) in KEYS {
            if self.chance(75) {
                keys.push((key, self.pick(values)));
            }
        }
        keys
    }

    fn statement(&mut self, kind: Kind) -> String {
        let mut text = format!(r#"{{"Effect":"{}""#, self.pick(&["Allow", "Allow", "Deny"]));
        if kind == Kind::Resource {
            let principal = self.pick(&PRINCIPALS);
            write!(text, r#","Principal":{principal}"#).unwrap();
        }
        let element = self.pick(&["Action", "Action", "Action", "NotAction"]);
        write!(text, r#","{element}":{}"#, self.texts(&ACTION_PATTERNS)).unwrap();
        if self.chance(75) {
            write!(text, r#","Resource":{}"#, self.texts(&RESOURCE_PATTERNS)).unwrap();
        } else {
            write!(text, r#","NotResource":{}"#, self.texts(&RESOURCE_PATTERNS[1..])).unwrap();
        }
        if self.chance(60) {
            let conditions: Vec<_> = (0..=self.below(2)).map(|_| self.condition()).collect();
            // The same operator twice would be another document.
            let first = conditions[0].split(':').next().unwrap();
            let is_twice = conditions.len() == 2 && conditions[1].starts_with(&format!("{first}:"));
            let kept = if is_twice { &conditions[..1] } else { &conditions };
            write!(text, r#","Condition":{{{}}}"#, kept.join(",")).unwrap();
        }
        text + "}"
    }

    fn condition(&mut self) -> String {
        let (operators, keys, values) = FAMILIES[self.below(FAMILIES.len())];
        let (operator, key) = (self.pick(operators), self.pick(keys));
        let operator = match operator {
            "Null" => operator.to_owned(),
            _ if key == "t:list" => self.pick(&["ForAllValues:", "ForAnyValue:"]).to_owned() + operator,
            _ => operator.to_owned() + self.pick(&["", "", "IfExists"]),
        };
        let values = if operator == "Null" { format!("{:?}", self.pick(values)) } else { self.texts(values) };
        format!(r#""{operator}":{{"{key}":{values}}}"#)
    }
}

const ACTIONS: [&str; 4] =
    ["execute-api:Invoke", "execute-api:InvalidateCache", "s3:GetObject", "s3:PutObject"];
const ACTION_PATTERNS: [&str; 8] = [
    "execute-api:Invoke",
    "execute-api:*",
    "EXECUTE-API:inv*",
    "s3:*Object",
    "s3:?etObject",
    "s3:Get*",
    "*",
    "lambda:*",
];
const RESOURCES: [&str; 6] = [
    "arn:aws:execute-api:us-east-1:111111111111:abc/dev/GET/pets",
    "arn:aws:execute-api:us-east-1:111111111111:abc/dev/GET/pets/1/toys",
    "arn:aws:execute-api:us-east-1:111111111111:abc/prod/POST/",
    "arn:aws:execute-api:eu-west-1:222222222222:xyz/dev/GET/pets",
    "arn:aws:s3:::bucket/home/ann/file",
    "arn:aws:s3:::bucket/home/bob/file",
];
/// `NotResource` goes without the first.
const RESOURCE_PATTERNS: [&str; 13] = [
    "arn:aws:s3:::bucket/home/${aws:username}/*",
    "*",
    "arn:aws:execute-api:us-east-1:111111111111:abc/*",
    "arn:aws:execute-api:us-east-1:111111111111:abc/dev/GET/pets",
    "arn:aws:execute-api:us-east-1:111111111111:abc/*/GET/pets*",
    "arn:aws:execute-api:*:*:*/dev/?ET/*",
    "arn:aws:execute-api:*:111111111111:abc/*/*/*",
    "arn:aws:execute-api:us-????-1:*:*",
    "arn:aws:execute-api:us-east-1:222222222222:abc/*",
    "arn:aws:s3:::bucket/home/${t:absent, 'bob'}/*",
    "arn:aws:s3:::bucket/*/ann/*",
    "arn:aws:s3:::bucket/home/*",
    "arn:aws:s3:::*",
];
const PRINCIPALS: [&str; 5] = [
    r#""*""#,
    r#"{"AWS":"*"}"#,
    r#"{"AWS":"arn:aws:iam::111111111111:user/team/ann"}"#,
    r#"{"AWS":["arn:aws:iam::222222222222:user/x","arn:aws:iam::111111111111:user/team/ann"]}"#,
    r#"{"Service":"apigateway.amazonaws.com"}"#,
];
const KEYS: [(&str, &[Held]); 7] = [
    ("t:text", &[Held::Text("Value"), Held::Text("other")]),
    ("t:list", &[Held::List(&["a"]), Held::List(&["a", "b"]), Held::List(&["c", "d"])]),
    ("t:flag", &[Held::Flag(true), Held::Flag(false)]),
    ("t:number", &[Held::Number(5), Held::Number(10), Held::Number(15)]),
    ("aws:CurrentTime", &[Held::Text("2026-01-01T00:00:00Z"), Held::Text("2025-06-01T12:00:00Z")]),
    ("aws:SourceIp", &[Held::Text("203.0.113.7"), Held::Text("10.1.2.3"), Held::Text("2001:db8::1")]),
    (
        "aws:SourceArn",
        &[
            Held::Text("arn:aws:sns:us-east-1:111111111111:topic"),
            Held::Text("arn:aws:sqs:us-east-1:111111111111:q/a:b"),
        ],
    ),
];

/// Operators, keys and values that go together.
type Family = (&'static [&'static str], &'static [&'static str], &'static [&'static str]);

const FAMILIES: [Family; 9] = [
    (
        &[
            "StringEquals",
            "StringNotEquals",
            "StringEqualsIgnoreCase",
            "StringNotEqualsIgnoreCase",
            "StringLike",
            "StringNotLike",
        ],
        &["t:text", "T:Text", "t:absent"],
        &["Value", "value", "V*", "other", "${aws:username}", "?alue"],
    ),
    (&["StringEquals", "StringNotEquals", "StringLike", "StringNotLike"], &["t:list"], &["a", "b", "c", "?"]),
    (
        &[
            "NumericEquals",
            "NumericNotEquals",
            "NumericLessThan",
            "NumericLessThanEquals",
            "NumericGreaterThan",
            "NumericGreaterThanEquals",
        ],
        &["t:number", "t:absent"],
        &["5", "10", "12.5", "15"],
    ),
    (
        &[
            "DateEquals",
            "DateNotEquals",
            "DateLessThan",
            "DateLessThanEquals",
            "DateGreaterThan",
            "DateGreaterThanEquals",
        ],
        &["aws:CurrentTime"],
        &["2026-01-01T00:00:00Z", "2025-12-31T23:59:59Z", "2025-06-01T12:00:00Z"],
    ),
    (&["Bool"], &["t:flag", "t:absent"], &["true", "false"]),
    (
        &["IpAddress", "NotIpAddress"],
        &["aws:SourceIp", "t:absent"],
        &["203.0.113.0/24", "10.1.2.3", "0.0.0.0/0", "2001:db8::/32"],
    ),
    (
        &["ArnLike", "ArnNotLike"],
        &["aws:SourceArn"],
        &["arn:aws:sns:us-east-1:111111111111:topic", "arn:aws:s?s:*:*:*", "arn:aws:sqs:*:111111111111:q/*"],
    ),
    (
        &["ArnEquals", "ArnNotEquals"],
        &["aws:SourceArn"],
        &["arn:aws:sns:us-east-1:111111111111:topic", "arn:aws:sqs:us-east-1:111111111111:q/a:b"],
    ),
    (&["Null"], &["t:text", "t:absent", "t:flag"], &["true", "false"]),
];

struct Keys<'c>(&'c Case);

impl Context for Keys<'_> {
    fn get(&self, key: &str) -> Value<'_> {
        match self.0.keys.iter().find(|(known, _)| known.eq_ignore_ascii_case(key)) {
            None => Value::Absent,
            Some((_, Held::Text(text))) => Value::Text(text),
            Some((_, Held::List(list))) => Value::Many(list),
            Some((_, Held::Flag(flag))) => Value::Bool(*flag),
            Some((_, Held::Number(number))) => Value::Number(i64::from(*number)),
        }
    }
}

fn ours(case: &Case) -> &'static str {
    let policy =
        Policy::parse(&case.policy, case.kind).unwrap_or_else(|error| panic!("{error}: {}", case.policy));
    let (action, resource, context) = (case.action, case.resource, &Keys(case));
    match policy.evaluate(&Request { principal: USER, action, resource, context }) {
        Outcome::Allow(_) => "allow",
        Outcome::ExplicitDeny(_) => "deny",
        Outcome::NoMatch => "silent",
    }
}

fn theirs(case: &Case) -> String {
    let mut context = iam_rs::Context::with_data(HashMap::new());
    for (key, held) in &case.keys {
        let value = match held {
            Held::Text(text) => ContextValue::String((*text).to_owned()),
            Held::List(list) => {
                ContextValue::StringList(list.iter().map(|text| (*text).to_owned()).collect())
            }
            Held::Flag(flag) => ContextValue::Boolean(*flag),
            Held::Number(number) => ContextValue::Number(f64::from(*number)),
        };
        context.insert((*key).to_owned(), value);
    }
    let principal = iam_rs::Principal::Aws(iam_rs::PrincipalId::String(USER_ARN.to_owned()));
    let request =
        IAMRequest::new_with_context(principal, case.action, Arn::parse(case.resource).unwrap(), context);
    match IAMPolicy::from_json(&case.policy) {
        Err(error) => format!("unreadable: {error}"),
        Ok(policy) => match evaluate_policy(&policy, &request) {
            Ok(Decision::Allow) => "allow".to_owned(),
            Ok(Decision::Deny) => "deny".to_owned(),
            Ok(Decision::NotApplicable) => "silent".to_owned(),
            Err(error) => format!("error: {error:?}"),
        },
    }
}

#[test]
fn generated_policies_mean_the_same() {
    let mut generator = Generator(Entropy::new([5, 6, 7, 8]));
    let mut found = HashMap::new();
    for _ in 0..CASES {
        let case = generator.case();
        let own = ours(&case);
        assert_eq!(own, theirs(&case), "{case:?}");
        *found.entry(own).or_insert(0) += 1;
    }
    assert!(
        found.len() == 3 && found.values().all(|count| *count > CASES / 20),
        "the cases are no mixture: {found:?}"
    );
}

/// A condition or resource that the two read differently: what each says of an Allow with it, and why.
const DIFFERENCES: [(&str, &str, &str, &str); 7] = [
    (
        r#""Resource":"*","Condition":{"ArnEquals":{"aws:SourceArn":"arn:aws:sns:*:*:*"}}"#,
        "allow",
        "silent",
        "AWS documents ArnEquals and ArnLike as the same, wildcards included",
    ),
    (
        r#""Resource":"*","Condition":{"ArnLike":{"aws:SourceArn":"arn:aws:sns:*:topic"}}"#,
        "silent",
        "allow",
        "AWS compares the six parts of an ARN one by one; this pattern has five",
    ),
    (
        r#""Resource":"*","Condition":{"Null":{"t:absent":["false","true"]}}"#,
        "allow",
        "silent",
        "any of several values may match, for Null as for all operators",
    ),
    (
        r#""NotResource":"arn:aws:s3:::bucket/${t:absent}/*""#,
        "silent",
        "allow",
        "a variable without a value must not turn an exception into a grant",
    ),
    (
        r#""Resource":"*","Condition":{"StringNotLike":{"aws:SourceArn":"${t:absent}"}}"#,
        "silent",
        "allow",
        "nor can it be shown to differ from anything",
    ),
    (
        r#""Resource":"*","Condition":{"ForAllValues:StringEqualsIfExists":{"t:absent":"a"}}"#,
        "allow",
        "unreadable",
        "AWS takes IfExists together with ForAllValues",
    ),
    (
        r#""Resource":"*","Condition":{"StringNotEquals":{"t:list":"b"}}"#,
        "silent",
        "allow",
        "AWS leaves open what several values mean without ForAllValues; here none of them may be the excluded one",
    ),
];

#[test]
fn differences_are_known() {
    for (members, own, other, why) in DIFFERENCES {
        let case = Case {
            policy: format!(
                r#"{{"Version":"2012-10-17","Statement":[{{"Effect":"Allow","Action":"*",{members}}}]}}"#
            ),
            kind: Kind::Identity,
            action: "execute-api:Invoke",
            resource: "arn:aws:execute-api:us-east-1:111111111111:abc/dev/GET/pets",
            keys: vec![
                ("aws:SourceArn", Held::Text("arn:aws:sns:us-east-1:111111111111:topic")),
                ("t:list", Held::List(&["a", "b"])),
            ],
        };
        let theirs = theirs(&case);
        assert_eq!((ours(&case), theirs.split(':').next()), (own, Some(other)), "{members}: {why}");
    }
}
