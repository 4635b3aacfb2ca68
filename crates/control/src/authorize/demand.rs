//! Which permissions an operation asks for, as AWS's service authorization reference lists them.
//!
//! In: a matched call, the caller's scope, and the identities of its account, which have paths in their ARNs. Out: the
//! action and the ARN that a policy has to allow. It must not know any policy.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use stagedoor_base::Scope;
use stagedoor_json::Value;
use stagedoor_model::{IamKind, IamTree};
use stagedoor_wire::{Matched, Operation, form_parameter};

use crate::ControlRequest;
use crate::lambda::function_arn;

/// One permission that a call needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Demand {
    /// `apigateway:GET`, `lambda:InvokeFunction`.
    pub(crate) action: String,
    /// An ARN, or `*` for operations that are about no resource.
    pub(crate) resource: String,
}

/// What a matched call needs of its caller, whose own ARN is `own`; none when everybody may make it, or its handler asks.
/// The roles that it hands on are asked for beside this, where they are stored.
pub(crate) fn demanded(
    scope: &Scope,
    matched: &Matched,
    request: &ControlRequest,
    own: &str,
    identities: &IamTree,
) -> Option<Demand> {
    let operation = matched.operation.name();
    Some(match matched.operation {
        Operation::ApiGateway(_) | Operation::ApiGatewayV2(_) => gateway(scope, request),
        Operation::ApiGatewayManagement(_) => connections(scope, request),
        Operation::Lambda(_) => Demand {
            action: format!("lambda:{}", lambda_action(operation)),
            resource: lambda_resource(scope, matched, request),
        },
        Operation::Iam(_) => Demand {
            action: format!("iam:{operation}"),
            resource: Identities { scope, request, own, tree: identities }.resource(operation),
        },
        // A role's trust policy decides with the caller's own policies, so the handler asks.
        Operation::Sts(_) if operation == "AssumeRole" => return None,
        // AWS answers these even to those whom a policy denies them.
        Operation::Sts(_) if matches!(operation, "GetCallerIdentity" | "GetSessionToken") => return None,
        Operation::Sts(_) => Demand { action: format!("sts:{operation}"), resource: "*".to_owned() },
    })
}

/// The verb is the action and the path is the resource, without `/v2`.
fn gateway(scope: &Scope, request: &ControlRequest) -> Demand {
    let path = request.path.trim_matches('/');
    let path = path.strip_prefix("v2/").unwrap_or(path);
    let path = match path.strip_prefix("tags/") {
        Some(arn) => format!("tags/{}", encoded(&decoded(arn))),
        None => path.split('/').map(segment).collect::<Vec<_>>().join("/"),
    };
    Demand {
        action: format!("apigateway:{}", request.method),
        resource: format!("arn:aws:apigateway:{}::/{path}", scope.region),
    }
}

/// One level of a path as policies write it. A slash inside stays escaped: it makes no level.
fn segment(raw: &str) -> String {
    decoded(raw).replace('/', "%2F")
}

fn decoded(raw: &str) -> String {
    percent_encoding::percent_decode_str(raw).decode_utf8_lossy().into_owned()
}

/// ARNs below `/tags/` are written percent-encoded in policies.
fn encoded(arn: &str) -> String {
    const KEPT: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');
    utf8_percent_encode(arn, KEPT).to_string()
}

fn connections(scope: &Scope, request: &ControlRequest) -> Demand {
    let path = request.path.trim_matches('/');
    Demand {
        action: "execute-api:ManageConnections".to_owned(),
        resource: format!("arn:aws:execute-api:{}:{}:{path}", scope.region, scope.account),
    }
}

/// Some operations share the action of another.
fn lambda_action(operation: &'static str) -> &'static str {
    match operation {
        "Invoke" | "InvokeAsync" | "InvokeWithResponseStream" => "InvokeFunction",
        "GetLayerVersionByArn" => "GetLayerVersion",
        other => other,
    }
}

fn lambda_resource(scope: &Scope, matched: &Matched, request: &ControlRequest) -> String {
    let prefix = format!("arn:aws:lambda:{}:{}", scope.region, scope.account);
    let query = |name: &str| stagedoor_wire::query_parameter(&request.query, name);
    if let Some(name) = matched.label("FunctionName") {
        return function_arn(scope, name, query("Qualifier").as_deref());
    }
    if let Some(layer) = matched.label("LayerName") {
        let layer =
            if layer.starts_with("arn:") { layer.to_owned() } else { format!("{prefix}:layer:{layer}") };
        return match matched.label("VersionNumber") {
            Some(version) => format!("{layer}:{version}"),
            None => layer,
        };
    }
    if let Some(id) = matched.label("UUID") {
        return format!("{prefix}:event-source-mapping:{id}");
    }
    if let Some(arn) = matched.label("Resource") {
        return arn.to_owned();
    }
    match matched.operation.name() {
        "CreateFunction" => function_arn(scope, &member(&request.body, "FunctionName"), None),
        "GetLayerVersionByArn" => query("Arn").unwrap_or_default(),
        _ => "*".to_owned(),
    }
}

/// The entities of IAM that a call may be about.
struct Identities<'a> {
    scope: &'a Scope,
    request: &'a ControlRequest,
    /// The caller's ARN: who names no user means himself.
    own: &'a str,
    tree: &'a IamTree,
}

impl Identities<'_> {
    /// The table is by operation: a parameter that an operation does not have cannot change what it is about.
    fn resource(&self, operation: &str) -> String {
        match operation {
            "ListUsers"
            | "ListGroups"
            | "ListRoles"
            | "ListPolicies"
            | "CreateServiceLinkedRole"
            | "GetAccessKeyLastUsed" => "*".to_owned(),
            "CreatePolicy" => self.new_or(IamKind::Policy, "PolicyName", None),
            "CreatePolicyVersion"
            | "DeletePolicy"
            | "DeletePolicyVersion"
            | "GetPolicy"
            | "GetPolicyVersion"
            | "ListEntitiesForPolicy"
            | "ListPolicyTags"
            | "ListPolicyVersions"
            | "SetDefaultPolicyVersion"
            | "TagPolicy"
            | "UntagPolicy" => self.given("PolicyArn").unwrap_or_default(),
            "ListGroupsForUser" => self.user(),
            group if group.contains("Group") => {
                let name = self.given("GroupName").unwrap_or_default();
                self.new_or(
                    IamKind::Group,
                    "GroupName",
                    self.tree.groups.get(&name).map(|group| &*group.path),
                )
            }
            role if role.contains("Role") && !role.contains("InstanceProfile")
                || role.ends_with("ForRole") =>
            {
                let name = self.given("RoleName").unwrap_or_default();
                self.new_or(IamKind::Role, "RoleName", self.tree.roles.get(&name).map(|role| &*role.path))
            }
            user if user.contains("User") || user.contains("AccessKey") || user.contains("LoginProfile") => {
                self.user()
            }
            _ => "*".to_owned(),
        }
    }

    fn user(&self) -> String {
        match self.given("UserName") {
            None => self.own.to_owned(),
            Some(name) => {
                self.new_or(IamKind::User, "UserName", self.tree.users.get(&name).map(|user| &*user.path))
            }
        }
    }

    /// The ARN of an entity with this path; of one that is yet to be made when there is none.
    fn new_or(&self, kind: IamKind, parameter: &str, path: Option<&str>) -> String {
        let name = self.given(parameter).unwrap_or_default();
        let given = self.given("Path");
        let path = path.or(given.as_deref()).unwrap_or("/");
        kind.arn(self.scope.account.as_str(), path, &name)
    }

    fn given(&self, parameter: &str) -> Option<String> {
        form_parameter(&self.request.query, &self.request.body, parameter)
    }
}

/// A member of a JSON body; empty when it is none, which the handler refuses later.
fn member(body: &[u8], name: &str) -> String {
    let text = std::str::from_utf8(body).unwrap_or_default();
    match stagedoor_json::parse(text) {
        Ok(Value::Object(members)) => match members.get(name) {
            Some(Value::String(text)) => text.to_string(),
            _ => String::new(),
        },
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use stagedoor_model::{IamTree, User};
    use stagedoor_wire::{Form, route};

    use super::demanded;
    use crate::testing::{NOW, request, scope};

    const OWN: &str = "arn:aws:iam::000000000000:user/ann";

    fn check(method: &str, target: &str, body: &str, expected: &str) {
        let request = request(method, target, body);
        let matched = route(&request.method, &request.path, &request.query).unwrap();
        let demand = demanded(&scope(), &matched, &request, OWN, &IamTree::default()).unwrap();
        assert_eq!(format!("{} {}", demand.action, demand.resource), expected, "{method} {target}");
    }

    fn iam(form: &str) -> Option<String> {
        let mut tree = IamTree::default();
        let user = User {
            name: "bob".to_owned(),
            id: "AIDAEXAMPLE".to_owned(),
            path: "/staff/".to_owned(),
            created: NOW,
            groups: Default::default(),
            permissions: Default::default(),
            boundary: None,
            tags: Default::default(),
            declared_in: None,
        };
        tree.users.insert("bob".to_owned(), user);
        let body = format!("{form}&Version=2010-05-08");
        let request = request("POST", "/", &body);
        let Some(Form::Known(matched)) = stagedoor_wire::form("", body.as_bytes()) else { panic!("{form}") };
        demanded(&scope(), &matched, &request, OWN, &tree)
            .map(|demand| format!("{} {}", demand.action, demand.resource))
    }

    #[test]
    fn entities_of_iam_are_named_with_their_paths() {
        let check = |form: &str, action: &str, resource: &str| {
            let resource = resource.replace('@', "arn:aws:iam::000000000000");
            assert_eq!(iam(form).unwrap(), format!("iam:{action} {resource}"), "{form}");
        };
        check("Action=ListUsers", "ListUsers", "*");
        check("Action=CreateUser&UserName=eve&Path=/x/", "CreateUser", "@:user/x/eve");
        check("Action=GetUser&UserName=bob", "GetUser", "@:user/staff/bob");
        check("Action=DeleteUser&UserName=bob&Path=/x/&RoleName=r", "DeleteUser", "@:user/staff/bob");
        check("Action=GetUser", "GetUser", OWN);
        check("Action=CreateAccessKey", "CreateAccessKey", OWN);
        check("Action=AddUserToGroup&UserName=bob&GroupName=g", "AddUserToGroup", "@:group/g");
        check("Action=ListGroupsForUser&UserName=bob", "ListGroupsForUser", "@:user/staff/bob");
        check("Action=AttachRolePolicy&RoleName=r&PolicyArn=p", "AttachRolePolicy", "@:role/r");
        check("Action=ListInstanceProfilesForRole&RoleName=r", "ListInstanceProfilesForRole", "@:role/r");
        check("Action=UpdateAssumeRolePolicy&RoleName=r", "UpdateAssumeRolePolicy", "@:role/r");
        check("Action=CreatePolicy&PolicyName=p", "CreatePolicy", "@:policy/p");
        check("Action=DeletePolicy&PolicyArn=arn:x", "DeletePolicy", "arn:x");
        check(
            "Action=DeleteUserPermissionsBoundary&UserName=bob",
            "DeleteUserPermissionsBoundary",
            "@:user/staff/bob",
        );
    }

    #[test]
    fn api_gateways_resources_are_its_paths() {
        let at = |path: &str| format!("arn:aws:apigateway:us-east-1::{path}");
        check("GET", "/account", "", &format!("apigateway:GET {}", at("/account")));
        check("POST", "/restapis?mode=import", "", &format!("apigateway:POST {}", at("/restapis")));
        check(
            "PATCH",
            "/restapis/abc/stages/a%20b/",
            "[]",
            &format!("apigateway:PATCH {}", at("/restapis/abc/stages/a b")),
        );
        check("GET", "/v2/apis/abc", "", &format!("apigateway:GET {}", at("/apis/abc")));
        check(
            "DELETE",
            "/restapis/abc%2Fstages",
            "",
            &format!("apigateway:DELETE {}", at("/restapis/abc%2Fstages")),
        );
        let tags = at("/tags/arn%3Aaws%3Aapigateway%3Aus-east-1%3A%3A%2Frestapis%2Fabc");
        for spelling in [
            "arn:aws:apigateway:us-east-1::/restapis/abc",
            "arn%3Aaws%3Aapigateway%3Aus-east-1%3A%3A%2Frestapis%2Fabc",
        ] {
            check("PUT", &format!("/tags/{spelling}"), "{}", &format!("apigateway:PUT {tags}"));
        }
    }

    #[test]
    fn functions_are_named_by_their_arn_however_the_call_names_them() {
        let arn = "arn:aws:lambda:us-east-1:000000000000:function:f";
        let functions = "/2015-03-31/functions";
        check("GET", functions, "", "lambda:ListFunctions *");
        check("POST", functions, r#"{"FunctionName":"f"}"#, &format!("lambda:CreateFunction {arn}"));
        check(
            "POST",
            functions,
            "nonsense",
            "lambda:CreateFunction arn:aws:lambda:us-east-1:000000000000:function:",
        );
        check("GET", &format!("{functions}/f"), "", &format!("lambda:GetFunction {arn}"));
        check("GET", &format!("{functions}/f?Qualifier=2"), "", &format!("lambda:GetFunction {arn}:2"));
        check(
            "POST",
            &format!("{functions}/f:live/invocations"),
            "",
            &format!("lambda:InvokeFunction {arn}:live"),
        );
        check("POST", &format!("{functions}/{arn}/invocations"), "", &format!("lambda:InvokeFunction {arn}"));
        check(
            "POST",
            &format!("{functions}/{}/invocations", arn.replace(':', "%3A")),
            "",
            &format!("lambda:InvokeFunction {arn}"),
        );
        let layer = "arn:aws:lambda:us-east-1:000000000000:layer:l";
        check("POST", "/2018-10-31/layers/l/versions", "{}", &format!("lambda:PublishLayerVersion {layer}"));
        check("GET", "/2018-10-31/layers/l/versions/3", "", &format!("lambda:GetLayerVersion {layer}:3"));
        check(
            "GET",
            &format!("/2018-10-31/layers?find=LayerVersion&Arn={layer}:3"),
            "",
            &format!("lambda:GetLayerVersion {layer}:3"),
        );
        check("GET", &format!("/2017-03-31/tags/{arn}"), "", &format!("lambda:ListTags {arn}"));
    }
}
