use stagedoor_wire::iam::Op;

use crate::testing::{Answer, House};

fn call(house: &House, action: &str, parameters: &str) -> Answer {
    house.call("POST", "/", &format!("Action={action}&Version=2010-05-08&{parameters}"))
}

/// Every parameter by which an entity is named, and whatever else is required.
const UNKNOWN: &str = "UserName=nobody&GroupName=nothing&RoleName=nothing&PolicyName=nothing&\
     PolicyArn=arn:aws:iam::000000000000:policy/nothing&AccessKeyId=AKIA0000000000000000&Status=Inactive&\
     PermissionsBoundary=arn:aws:iam::aws:policy/AdministratorAccess&VersionId=v1&Description=d&\
     Tags.member.1.Key=a&Tags.member.1.Value=b&TagKeys.member.1=a";
const ALLOW: &str = "%7B%22Version%22%3A%222012-10-17%22%2C%22Statement%22%3A%7B%22Effect%22%3A%22Allow%22%2C%22Action%22%3A%22*%22%2C%22Resource%22%3A%22*%22%7D%7D";

#[test]
fn what_does_not_exist_is_refused_by_every_operation() {
    let house = House::new();
    let about_all = |op: &&Op| {
        let name = op.name();
        // Those that make something, list all of it, or are about the account.
        let is_other =
            ["Create", "GetAccount", "ListAccount", "ListVirtual"].iter().any(|it| name.starts_with(it))
                || [
                    "ListUsers",
                    "ListGroups",
                    "ListRoles",
                    "ListPolicies",
                    "ListInstanceProfiles",
                    "AddRoleToInstanceProfile",
                ]
                .contains(&name);
        !is_other || name == "CreateAccessKey" || name == "CreatePolicyVersion"
    };
    for op in Op::ALL.iter().filter(about_all) {
        let document = if op.name() == "UpdateAssumeRolePolicy" {
            "PolicyDocument=%7B%22Version%22%3A%222012-10-17%22%2C%22Statement%22%3A%7B%22Effect%22%3A%22Allow%22%2C%22Action%22%3A%22sts%3AAssumeRole%22%2C%22Principal%22%3A%22*%22%7D%7D".to_owned()
        } else {
            format!("PolicyDocument={ALLOW}")
        };
        let answer = call(&house, op.name(), &format!("{UNKNOWN}&{document}"));
        assert_eq!(
            (answer.status, answer.error.as_str()),
            (404, "NoSuchEntity"),
            "{}: {}",
            op.name(),
            answer.body
        );
    }
}

#[test]
fn empty_and_missing_names_break_the_model() {
    let house = House::new();
    for (action, parameters, at) in [
        ("CreateUser", "", "null at 'userName'"),
        ("CreateUser", "UserName=", "'' at 'userName'"),
        ("CreateRole", "RoleName=r", "null at 'assumeRolePolicyDocument'"),
        ("TagUser", "UserName=u&Tags.member.1.Key=a", "null at 'tags.1.member.value'"),
        ("ListUsers", "MaxItems=0", "'0' at 'maxItems'"),
        ("ListUsers", "MaxItems=1001", "'1001' at 'maxItems'"),
    ] {
        let answer = call(&house, action, parameters);
        assert_eq!((answer.status, answer.error.as_str()), (400, "ValidationError"), "{action}");
        assert!(answer.body.contains(at), "{action}: {}", answer.body);
    }
    let answer = call(&house, "ListUsers", "MaxItems=many");
    assert_eq!((answer.status, answer.error.as_str()), (400, "ValidationError"));
}

#[test]
fn a_listing_of_nothing_is_an_empty_list() {
    let answer = call(&House::new(), "ListUsers", "");
    assert_eq!(answer.status, 200);
    assert!(answer.body.contains("<Users></Users><IsTruncated>false</IsTruncated>"), "{}", answer.body);
}

#[test]
fn unknown_actions_and_versions_are_told_apart() {
    let house = House::new();
    let answer = call(&house, "Dance", "");
    assert_eq!((answer.status, answer.error.as_str()), (400, "InvalidAction"));
    let answer = house.call("POST", "/", "Action=ListUsers&Version=2006-03-01");
    assert_eq!((answer.status, answer.error.as_str()), (404, "UnknownOperationException"));
}
