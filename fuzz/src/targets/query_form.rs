//! Forms of the query protocol are decoded or refused, soon and calmly; whoever reads one parameter of a form sees what the
//! decoder of its operation sees; and what a form says cannot leave its place in the XML of an answer.

use http::HeaderMap;
use stagedoor_wire::{Fault, Form, Raw, Request, Service, decode, form, form_parameter, iam, sts};

/// The query and the body, in a line each.
pub fn run(data: &[u8]) {
    let input = String::from_utf8_lossy(data);
    let (query, body) = input.split_once('\n').unwrap_or(("", &input));
    let role = decoded::<sts::AssumeRoleRequest>(query, body);
    same(query, body, "RoleArn", role.as_ref().map(|request| &*request.role_arn));
    let made = decoded::<iam::CreateRoleRequest>(query, body);
    same(query, body, "RoleName", made.as_ref().map(|request| &*request.role_name));
    let policy = decoded::<iam::PutUserPolicyRequest>(query, body);
    same(query, body, "UserName", policy.as_ref().map(|request| &*request.user_name));
    if let Some(Form::Unknown { service, action, version }) = form(query, body.as_bytes()) {
        check_answer(service, &format!("{action} {version}"));
    }
    check_answer(Service::Iam, &input);
}

fn decoded<R: Request>(query: &str, body: &str) -> Option<R> {
    let Some(Form::Known(matched)) = form(query, body.as_bytes()) else { return None };
    let raw = Raw { query, headers: &HeaderMap::new(), body: body.as_bytes() };
    (matched.operation == R::OPERATION).then(|| decode(&matched, &raw).ok()).flatten()
}

fn same(query: &str, body: &str, name: &str, decoded: Option<&str>) {
    if decoded.is_some() {
        let found = form_parameter(query, body.as_bytes(), name);
        assert_eq!(decoded, found.as_deref(), "two readings of {name}");
    }
}

/// The id of the request stands where it belongs, once, and markup is the answer's own.
fn check_answer(service: Service, message: &str) {
    let reply = Fault::new(service, 400, "ValidationError", message).reply().with_request_id("id");
    let text = String::from_utf8(reply.body).unwrap_or_default();
    assert!(text.ends_with("</Error><RequestId>id</RequestId></ErrorResponse>\n"), "{text}");
    assert_eq!(text.matches('<').count(), 12, "{text}");
    let controls = |found: &char| found.is_ascii_control() && !matches!(found, '\n' | '\t' | '\u{7f}');
    assert_eq!(text.chars().find(controls), None, "{text}");
}

/// Calls with lists, structures, doubled parameters, and names that nest.
pub fn corpus() -> Vec<Vec<u8>> {
    let nested = format!("\nAction=CreateRole&Version=2010-05-08&{}=1", ["Tags.member.1"; 9].join("."));
    [
        "\nAction=AssumeRole&Version=2011-06-15&RoleArn=arn%3Aaws%3Aiam%3A%3A000000000000%3Arole%2Fr&RoleSessionName=s&Tags.member.1.Key=a&Tags.member.1.Value=b&DurationSeconds=900",
        "\nAction=CreateRole&Version=2010-05-08&RoleName=r&RoleName=q&AssumeRolePolicyDocument=%7B%7D&Tags.member.2.Key=k&Tags.member.1.Key=k&Path=/a/",
        "Action=PutUserPolicy&Version=2010-05-08&UserName=u\nUserName=v&PolicyName=p&PolicyDocument=%7B%22a%22%3A+1%7D",
        "\nAction=<b>&Version=2010-05-08&&=&.=&a..b=%zz%00",
        &nested,
    ]
    .map(|input| input.as_bytes().to_vec())
    .to_vec()
}
