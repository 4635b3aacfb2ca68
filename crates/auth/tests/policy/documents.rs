//! Which documents are policies.

use stagedoor_auth::policy::{Kind, Policy, quota_size};

fn error(kind: Kind, text: &str) -> String {
    Policy::parse(text, kind).map_or_else(|error| error.to_string(), |_| "fine".to_owned())
}

/// A document with one statement of these members.
fn document(members: &str) -> String {
    format!(r#"{{"Version":"2012-10-17","Statement":[{{{members}}}]}}"#)
}

const SYNTAX: &str = "Syntax errors in policy.";
const NO_VENDOR: &str = "Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.";

#[test]
fn policies_of_identities() {
    for (members, expected) in [
        (r#""Effect":"Allow","Action":"a:b","Resource":"*""#, "fine"),
        (r#""Effect":"Deny","NotAction":["a:b","c:*"],"NotResource":["arn:aws:s3:::b"]"#, "fine"),
        (r#""Effect":"allow","Action":"a:b","Resource":"*""#, SYNTAX),
        (r#""Action":"a:b","Resource":"*""#, SYNTAX),
        (r#""Effect":"Allow","Action":"a:b","Resource":"*","Extra":1"#, SYNTAX),
        (r#""effect":"Allow","Action":"a:b","Resource":"*""#, SYNTAX),
        (r#""Effect":"Allow","Effect":"Deny","Action":"a:b","Resource":"*""#, SYNTAX),
        (r#""Effect":"Allow","Action":"a:b","NotAction":"a:b","Resource":"*""#, SYNTAX),
        (r#""Effect":"Allow","Action":{"a":"b"},"Resource":"*""#, SYNTAX),
        (r#""Effect":"Allow","Action":["a:b",1],"Resource":"*""#, SYNTAX),
        (r#""Effect":"Allow","Resource":"*""#, "Policy statement must contain actions."),
        (r#""Effect":"Allow","Action":[],"Resource":"*""#, "Policy statement must contain actions."),
        (r#""Effect":"Allow","Action":"a:b""#, "Policy statement must contain resources."),
        (r#""Effect":"Allow","Action":"a:b","Resource":[]"#, "Policy statement must contain resources."),
        (r#""Effect":"Allow","Action":"ab","Resource":"*""#, NO_VENDOR),
        (r#""Effect":"Allow","Action":"a b:c","Resource":"*""#, "Vendor a b is not valid"),
        (r#""Effect":"Allow","Action":"a:b","Resource":"b""#, "Resource b must be in ARN format or \"*\"."),
        (
            r#""Effect":"Allow","Action":"a:b","Resource":"*","Principal":"*""#,
            "Policy document should not specify a principal.",
        ),
        (
            r#""Sid":"a b","Effect":"Allow","Action":"a:b","Resource":"*""#,
            "Statement IDs (SID) must be alpha-numeric. Check that your input satisfies the regular expression [0-9A-Za-z]*",
        ),
        (r#""Effect":"Allow","Action":"a:b","Resource":"*","Condition":[]"#, SYNTAX),
        (r#""Effect":"Allow","Action":"a:b","Resource":"*","Condition":{"StringIs":{"a:b":"c"}}"#, SYNTAX),
        (r#""Effect":"Allow","Action":"a:b","Resource":"*","Condition":{"StringEquals":"c"}"#, SYNTAX),
        (
            r#""Effect":"Allow","Action":"a:b","Resource":"*","Condition":{"StringEquals":{"a:b":null}}"#,
            SYNTAX,
        ),
        (
            r#""Effect":"Allow","Action":"a:b","Resource":"*","Condition":{"StringEquals":{"ab":"c"}}"#,
            NO_VENDOR,
        ),
        (
            r#""Effect":"Allow","Action":"a:b","Resource":"*","Condition":{"Bool":{"a:b":true},"Null":{"c:d":"false"}}"#,
            "fine",
        ),
        (
            r#""Effect":"Allow","Action":"a:b","Resource":"*","Condition":{"IpAddress":{"aws:SourceIp":"10.0.0.0/40"}}"#,
            "Invalid value \"10.0.0.0/40\" for the condition operator IpAddress.",
        ),
        (
            r#""Effect":"Allow","Action":"a:b","Resource":"*","Condition":{"DateLessThan":{"aws:CurrentTime":"soon"}}"#,
            "Invalid value \"soon\" for the condition operator DateLessThan.",
        ),
        (
            r#""Effect":"Allow","Action":"a:b","Resource":"*","Condition":{"NumericEquals":{"a:b":"NaN"}}"#,
            "Invalid value \"NaN\" for the condition operator NumericEquals.",
        ),
        (
            r#""Effect":"Allow","Action":"a:b","Resource":"*","Condition":{"BinaryEquals":{"a:b":"?"}}"#,
            "Invalid value \"?\" for the condition operator BinaryEquals.",
        ),
    ] {
        assert_eq!(error(Kind::Identity, &document(members)), expected, "{members}");
    }
}

#[test]
fn documents_as_a_whole() {
    let statement = r#""Effect":"Allow","Action":"a:b","Resource":"*""#;
    let twice = format!(r#""Sid":"x",{statement}}},{{"Sid":"x",{statement}"#);
    for (text, expected) in [
        ("", SYNTAX),
        ("[]", SYNTAX),
        ("{}", "Policy document must be version 2012-10-17 or greater."),
        (r#"{"Version":"2012-10-17"}"#, SYNTAX),
        (r#"{"Version":"2012-10-17","Statement":[]}"#, SYNTAX),
        (r#"{"Version":"2012-10-17","Statement":"x"}"#, SYNTAX),
        (r#"{"Version":"2020-01-01","Statement":[]}"#, SYNTAX),
        (r#"{"Version":"2012-10-17","Id":7,"Statement":[]}"#, SYNTAX),
        (&document(&twice), "Statement IDs (SID) in a single policy must be unique."),
        (&format!(r#"{{"Version":"2012-10-17","Id":"i","Statement":{{{statement}}}}}"#), "fine"),
        (
            &format!(r#"{{"Version":"2008-10-17","Statement":{{{statement}}}}}"#),
            "Policy document must be version 2012-10-17 or greater.",
        ),
        (
            &document(&format!(r#"{statement},"Sid":"{}""#, "x".repeat(70_000))),
            "The policy is longer than 65536 bytes",
        ),
    ] {
        assert_eq!(error(Kind::Identity, text), expected, "{text:.120}");
    }
    assert_eq!(quota_size("{ \"a\" :\n\t1 }"), 7);
}

#[test]
fn trust_and_resource_policies() {
    let assume = r#""Effect":"Allow","Action":"sts:AssumeRole""#;
    for (kind, members, expected) in [
        (Kind::Trust, format!(r#"{assume},"Principal":{{"Service":"apigateway.amazonaws.com"}}"#), "fine"),
        (
            Kind::Trust,
            format!(r#"{assume},"Principal":{{"AWS":["111111111111","arn:aws:iam::111111111111:role/r"]}}"#),
            "fine",
        ),
        (Kind::Trust, assume.to_owned(), "Missing required field Principal"),
        (Kind::Trust, format!(r#"{assume},"Principal":"*","Resource":"*""#), "Has prohibited field Resource"),
        (Kind::Trust, format!(r#"{assume},"NotPrincipal":"*""#), "Has prohibited field NotPrincipal"),
        (Kind::Trust, r#""Effect":"Allow","Principal":"*""#.to_owned(), "Missing required field Action"),
        (
            Kind::Trust,
            r#""Effect":"Allow","Principal":"*","Action":"s3:GetObject""#.to_owned(),
            "AssumeRole policy may only specify STS AssumeRole actions.",
        ),
        (
            Kind::Trust,
            format!(r#"{assume},"Principal":{{"AWS":"arn:aws:iam::1:user/a"}}"#),
            "Invalid principal in policy: \"AWS\":\"arn:aws:iam::1:user/a\"",
        ),
        (
            Kind::Resource,
            r#""Effect":"Allow","Principal":"*","Action":"x","Resource":"execute-api:/*""#.to_owned(),
            "fine",
        ),
        (
            Kind::Resource,
            r#""Effect":"Allow","Principal":"*","Action":"x""#.to_owned(),
            "Missing required field Resource",
        ),
        (
            Kind::Resource,
            r#""Effect":"Allow","Action":"x","Resource":"*""#.to_owned(),
            "Missing required field Principal",
        ),
        (Kind::Resource, r#""Effect":"Allow","Principal":{},"Action":"x","Resource":"*""#.to_owned(), SYNTAX),
        (
            Kind::Resource,
            r#""Effect":"Allow","Principal":{"AWS":[]},"Action":"x","Resource":"*""#.to_owned(),
            SYNTAX,
        ),
        (
            Kind::Resource,
            r#""Effect":"Allow","Principal":"all","Action":"x","Resource":"*""#.to_owned(),
            "Invalid principal in policy: \"STAR\":\"all\"",
        ),
        (
            Kind::Resource,
            r#""Effect":"Allow","Principal":{"Robot":"a"},"Action":"x","Resource":"*""#.to_owned(),
            "Invalid principal in policy: \"Robot\":\"a\"",
        ),
        (Kind::Authorizer, r#""Effect":"Allow","Action":"x","Resource":"anything""#.to_owned(), "fine"),
        (
            Kind::Authorizer,
            format!(r#""Effect":"Allow","Action":"x","Resource":"{}""#, "r".repeat(512)),
            "fine",
        ),
        (
            Kind::Authorizer,
            format!(r#""Effect":"Allow","Action":"x","NotResource":["*","{}"]"#, "r".repeat(513)),
            "A resource is longer than 512 bytes",
        ),
    ] {
        assert_eq!(error(kind, &document(&members)), expected, "{members}");
    }
    assert_eq!(error(Kind::Trust, "no json"), "This policy contains invalid Json");
    for kind in [Kind::Resource, Kind::Authorizer] {
        assert_eq!(error(kind, r#"{"Statement":[]}"#), "fine", "it lets nobody in");
    }
}

#[test]
fn principals_that_aws_knows() {
    for (name, is_known) in [
        ("*", true),
        ("111111111111", true),
        ("11111111111", false),
        ("arn:aws:iam::111111111111:root", true),
        ("arn:aws-cn:iam::111111111111:root", true),
        ("arn:aws:iam::111111111111:user/path/ann", true),
        ("arn:aws:iam::111111111111:user/*", false),
        ("arn:aws:iam::111111111111:user/", false),
        ("arn:aws:iam::111111111111:group/admins", false),
        ("arn:aws:iam::*:root", false),
        ("arn:aws:sts::111111111111:assumed-role/reader/job", true),
        ("arn:aws:sts::111111111111:role/reader", false),
        ("arn:aws:iam:us-east-1:111111111111:root", false),
        ("AIDAEXAMPLEEXAMPLE01", true),
        ("AIDA", false),
        ("apigateway.amazonaws.com", false),
        ("", false),
    ] {
        let members =
            format!(r#""Effect":"Allow","Principal":{{"AWS":"{name}"}},"Action":"x","Resource":"*""#);
        assert_eq!(error(Kind::Resource, &document(&members)) == "fine", is_known, "{name}");
    }
}
