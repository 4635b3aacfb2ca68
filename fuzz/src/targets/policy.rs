//! Documents of every kind are refused or evaluated, soon and calmly; and what an Allow matches, the same statement as a Deny
//! matches too: what cannot be told never opens.

use stagedoor_auth::policy::{
    Aws, AwsIdentity, Context, Kind, Outcome, Policies, Policy, Principal, Request, Value, explain,
};
use stagedoor_base::Timestamp;

const KINDS: [Kind; 6] =
    [Kind::Identity, Kind::Boundary, Kind::Session, Kind::Resource, Kind::Trust, Kind::Authorizer];

/// One text for some keys, and other kinds of values for others.
struct Keys<'t>(&'t str);

impl Context for Keys<'_> {
    fn get(&self, key: &str) -> Value<'_> {
        match key.len() % 7 {
            0 => Value::Absent,
            1 => Value::Unknown,
            2 => Value::Number(7),
            3 => Value::Bool(true),
            4 => Value::Time(Timestamp(1_767_225_600_000)),
            _ if key.contains("ip") => Value::Address([203, 0, 113, 7].into()),
            _ => Value::Text(self.0),
        }
    }
}

/// A resource, the text of keys, and a document, in a line each.
pub fn run(data: &[u8]) {
    let input = String::from_utf8_lossy(data);
    let mut lines = input.splitn(3, '\n');
    let [resource, text, document] = std::array::from_fn(|_| lines.next().unwrap_or_default());
    for kind in KINDS {
        let Ok(policy) = Policy::parse(document, kind) else { continue };
        for principal in principals() {
            let request = Request { principal, action: "execute-api:Invoke", resource, context: &Keys(text) };
            let outcome = policy.evaluate(&request);
            let policies = Policies { resource: Some(&policy), same_account: true, ..Policies::default() };
            assert_eq!(explain(&policies, &request).statements.len(), policy.statement_count());
            if matches!(outcome, Outcome::Allow(_)) && !resource.contains("Allow") && !text.contains("Allow")
            {
                let denying = Policy::parse(&document.replace("\"Allow\"", "\"Deny\""), kind);
                let closed = denying
                    .is_ok_and(|denying| matches!(denying.evaluate(&request), Outcome::ExplicitDeny(_)));
                assert!(closed, "as an Allow it matches, as a Deny it does not");
            }
        }
    }
}

fn principals() -> [Principal<'static>; 4] {
    let (account, tags, issued) = ("111111111111", &[][..], None);
    let role_arn = "arn:aws:iam::111111111111:role/r";
    let user = AwsIdentity::User { name: "ann" };
    [
        Principal::Anonymous,
        Principal::Service("apigateway.amazonaws.com"),
        Principal::Aws(Aws {
            account,
            arn: "arn:aws:iam::111111111111:user/ann",
            identity: user,
            user_id: "AIDAEXAMPLEEXAMPLE01",
            tags,
            issued,
        }),
        Principal::Aws(Aws {
            account,
            arn: "arn:aws:sts::111111111111:assumed-role/r/s",
            identity: AwsIdentity::Session { role_arn },
            user_id: "AROAEXAMPLEEXAMPLE01:s",
            tags,
            issued,
        }),
    ]
}

/// Policies with every element, many wildcards, and every operator.
pub fn corpus() -> Vec<Vec<u8>> {
    const RESOURCE: &str =
        "arn:aws:execute-api:us-east-1:111111111111:abc/dev/GET/pets/aaaaaaaaaaaaaaaaaaaaaaaa";
    let elements = [
        r#""Principal":"*","Action":"execute-api:Invoke","Resource":"arn:aws:execute-api:*:*:*""#,
        r#""NotPrincipal":{"AWS":["111111111111","arn:aws:iam::111111111111:user/ann"]},"NotAction":"s3:*","NotResource":"*/x""#,
        r#""Action":["execute-api:*"],"Resource":["arn:aws:execute-api:us-*:${aws:username,'x'}:*a*a*a*a?b","*"]"#,
        r#""Principal":{"AWS":"AROAEXAMPLEEXAMPLE01","Service":"apigateway.amazonaws.com"},"Action":"sts:AssumeRole""#,
        r#""Action":"*","Resource":"*","Condition":{"ForAllValues:StringLikeIfExists":{"a:b":["*a*","${c:d}"]},"IpAddress":{"aws:SourceIp":"203.0.113.0/24"},"DateLessThan":{"a:bcde":"2026-01-01T00:00:00Z"},"NumericNotEquals":{"a:b":7},"Null":{"x:y":true},"ArnLike":{"a:arn":"arn:aws:sns:*:*:t"},"BinaryEquals":{"a:bin":"aGk="},"Bool":{"a:bcd":"true"},"StringNotEqualsIgnoreCase":{"a:text":"É${*}"}}"#,
    ];
    let document = |element: &&str| {
        format!(
            "{RESOURCE}\nvalue\n{{\"Version\":\"2012-10-17\",\"Statement\":[{{\"Sid\":\"s\",\"Effect\":\"Allow\",{element}}}]}}"
        )
    };
    elements.iter().map(document).map(String::into_bytes).collect()
}
