//! Which permissions an operation asks for, as AWS's service authorization reference lists them.
//!
//! In: a matched call, the caller's scope, and the identities of its account, which have paths in their ARNs. Out: the
//! action and the ARN that a policy has to allow. It must not know any policy.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use stagedoor_base::Scope;
use stagedoor_json::Value;
use stagedoor_model::{IamKind, IamTree, Map};
use stagedoor_wire::{Matched, Operation, form_parameter};

use crate::ControlRequest;
use crate::lambda::{function_arn, function_name};

/// One permission that a call needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Demand {
    /// `apigateway:GET`, `lambda:InvokeFunction`.
    pub(crate) action: String,
    /// An ARN, or `*` for operations that are about no resource.
    pub(crate) resource: String,
}

/// What a matched call needs of its caller, whose own ARN is `own`; nothing when everybody may make it, or its handler
/// asks. The first is what the call is about. Roles that it hands on are asked for where they are stored.
pub(crate) fn demanded(
    scope: &Scope,
    matched: &Matched,
    request: &ControlRequest,
    own: &str,
    identities: &IamTree,
) -> Vec<Demand> {
    let operation = matched.operation.name();
    match matched.operation {
        Operation::ApiGateway(_) | Operation::ApiGatewayV2(_) => gateway(scope, operation, request),
        Operation::ApiGatewayManagement(_) => vec![connections(scope, request)],
        Operation::Lambda(_) => vec![Demand {
            action: format!("lambda:{}", lambda_action(operation)),
            resource: lambda_resource(scope, matched, request),
        }],
        Operation::Iam(_) => Identities { scope, request, own, tree: identities }.demanded(operation),
        // A role's trust policy decides with the caller's own policies, so the handler asks. The others AWS answers even to
        // those whom a policy denies them.
        Operation::Sts(_) if matches!(operation, "AssumeRole" | "GetCallerIdentity" | "GetSessionToken") => {
            Vec::new()
        }
        Operation::Sts(_) => vec![Demand { action: format!("sts:{operation}"), resource: "*".to_owned() }],
    }
}

/// The verb is the action and the path is the resource, without `/v2`. Whoever copies an API reads it.
fn gateway(scope: &Scope, operation: &str, request: &ControlRequest) -> Vec<Demand> {
    let path = request.path.trim_matches('/');
    let path = path.strip_prefix("v2/").unwrap_or(path);
    let path = match path.strip_prefix("tags/") {
        Some(arn) => format!("tags/{}", encoded(&decoded(arn))),
        None => path.split('/').map(segment).collect::<Vec<_>>().join("/"),
    };
    let at = |verb: &str, path: &str| Demand {
        action: format!("apigateway:{verb}"),
        resource: format!("arn:aws:apigateway:{}::/{path}", scope.region),
    };
    let mut demands = vec![at(&request.method, &path)];
    if operation == "CreateRestApi" {
        let copied = member(&request.body, "cloneFrom");
        demands.extend((!copied.is_empty()).then(|| at("GET", &format!("restapis/{copied}"))));
    }
    demands
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

/// The operations that are about a version or an alias where they name one. All others are about the function, whatever
/// else stands in their query.
const QUALIFIED: [&str; 11] = [
    "AddPermission",
    "DeleteFunction",
    "DeleteProvisionedConcurrencyConfig",
    "GetFunction",
    "GetFunctionConfiguration",
    "GetPolicy",
    "GetProvisionedConcurrencyConfig",
    "Invoke",
    "InvokeWithResponseStream",
    "PutProvisionedConcurrencyConfig",
    "RemovePermission",
];

fn lambda_resource(scope: &Scope, matched: &Matched, request: &ControlRequest) -> String {
    let prefix = format!("arn:aws:lambda:{}:{}", scope.region, scope.account);
    let query = |name: &str| stagedoor_wire::query_parameter(&request.query, name);
    if let Some(name) = matched.label("FunctionName") {
        if QUALIFIED.contains(&matched.operation.name()) {
            return function_arn(scope, name, query("Qualifier").as_deref());
        }
        return unqualified(scope, name);
    }
    // However an ARN spells what is before it.
    let own_layer = |layer: &str| {
        let name = layer.split_once(":layer:").map_or(layer, |(_, name)| name);
        format!("{prefix}:layer:{name}")
    };
    if let Some(layer) = matched.label("LayerName") {
        let layer = own_layer(layer);
        return match matched.label("VersionNumber") {
            Some(version) => format!("{layer}:{version}"),
            None => layer,
        };
    }
    if let Some(id) = matched.label("UUID") {
        return format!("{prefix}:event-source-mapping:{id}");
    }
    if let Some(arn) = matched.label("Resource") {
        return unqualified(scope, arn);
    }
    match matched.operation.name() {
        "CreateFunction" => unqualified(scope, &member(&request.body, "FunctionName")),
        "GetLayerVersionByArn" => own_layer(&query("Arn").unwrap_or_default()),
        _ => "*".to_owned(),
    }
}

/// The ARN of a function, whatever version or alias its name carries.
fn unqualified(scope: &Scope, text: &str) -> String {
    let name = function_name(scope, text);
    function_arn(scope, name.as_deref().unwrap_or(text), None)
}

/// The entities of IAM that a call may be about.
struct Identities<'a> {
    scope: &'a Scope,
    request: &'a ControlRequest,
    /// The caller's ARN: who names no user means himself.
    own: &'a str,
    tree: &'a IamTree,
}

/// The entity that an operation of IAM is about.
enum Subject {
    /// None, or all of them.
    All,
    /// A policy that is yet to be made.
    NewPolicy,
    Policy,
    Group,
    Role,
    User,
}

impl Subject {
    /// The table is by operation: a parameter that an operation does not have cannot change what it is about.
    fn of(operation: &str) -> Self {
        match operation {
            "ListUsers"
            | "ListGroups"
            | "ListRoles"
            | "ListPolicies"
            | "CreateServiceLinkedRole"
            | "GetAccessKeyLastUsed" => Self::All,
            "CreatePolicy" => Self::NewPolicy,
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
            | "UntagPolicy" => Self::Policy,
            "ListGroupsForUser" => Self::User,
            group if group.contains("Group") => Self::Group,
            role if role.contains("Role") && !role.contains("InstanceProfile")
                || role.ends_with("ForRole") =>
            {
                Self::Role
            }
            user if user.contains("User") || user.contains("AccessKey") || user.contains("LoginProfile") => {
                Self::User
            }
            _ => Self::All,
        }
    }
}

/// The tags of the entity that a call of IAM is about; groups have none.
pub(super) fn identity_tags<'t>(
    operation: &str,
    request: &ControlRequest,
    (tree, own): (&'t IamTree, &'t Map<String>),
) -> Option<&'t Map<String>> {
    let given = |parameter| form_parameter(&request.query, &request.body, parameter);
    match Subject::of(operation) {
        Subject::User => match given("UserName") {
            Some(name) => tree.users.get(&name).map(|user| &user.tags),
            None => Some(own),
        },
        Subject::Role => tree.roles.get(&given("RoleName")?).map(|role| &role.tags),
        Subject::Policy => {
            tree.policies.get(given("PolicyArn")?.rsplit('/').next()?).map(|policy| &policy.tags)
        }
        Subject::All | Subject::NewPolicy | Subject::Group => None,
    }
}

impl Identities<'_> {
    fn demanded(&self, operation: &str) -> Vec<Demand> {
        let about = |resource: String| Demand { action: format!("iam:{operation}"), resource };
        let mut demands = vec![about(self.resource(operation))];
        // Whoever moves or renames somebody needs to be allowed both before and after.
        let (kind, name) = match operation {
            "UpdateUser" => (IamKind::User, "UserName"),
            "UpdateGroup" => (IamKind::Group, "GroupName"),
            _ => return demands,
        };
        let new_name = format!("New{name}");
        if let (None, None) = (self.given(&new_name), self.given("NewPath")) {
            return demands;
        }
        let old = self.given(name).unwrap_or_default();
        let path = self.given("NewPath").or_else(|| self.path(kind, &old)).unwrap_or_else(|| "/".to_owned());
        let name = self.given(&new_name).unwrap_or(old);
        demands.push(about(kind.arn(self.scope.account.as_str(), &path, &name)));
        demands
    }

    fn resource(&self, operation: &str) -> String {
        match Subject::of(operation) {
            Subject::All => "*".to_owned(),
            Subject::NewPolicy => self.new_or(IamKind::Policy, "PolicyName", None),
            Subject::Policy => self.given("PolicyArn").unwrap_or_default(),
            Subject::Group => self.existing(IamKind::Group, "GroupName"),
            Subject::Role => self.existing(IamKind::Role, "RoleName"),
            Subject::User if self.given("UserName").is_none() => self.own.to_owned(),
            Subject::User => self.existing(IamKind::User, "UserName"),
        }
    }

    fn existing(&self, kind: IamKind, parameter: &str) -> String {
        let path = self.path(kind, &self.given(parameter).unwrap_or_default());
        self.new_or(kind, parameter, path.as_deref())
    }

    fn path(&self, kind: IamKind, name: &str) -> Option<String> {
        match kind {
            IamKind::User => self.tree.users.get(name).map(|user| user.path.clone()),
            IamKind::Group => self.tree.groups.get(name).map(|group| group.path.clone()),
            IamKind::Role => self.tree.roles.get(name).map(|role| role.path.clone()),
            IamKind::Policy => self.tree.policies.get(name).map(|policy| policy.path.clone()),
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

    use super::{Demand, demanded};
    use crate::testing::{NOW, request, scope};

    const OWN: &str = "arn:aws:iam::000000000000:user/ann";

    fn told(demands: &[Demand]) -> String {
        let each = demands.iter().map(|demand| format!("{} {}", demand.action, demand.resource));
        each.collect::<Vec<_>>().join(", ")
    }

    fn check(method: &str, target: &str, body: &str, expected: &str) {
        let request = request(method, target, body);
        let matched = route(&request.method, &request.path, &request.query).unwrap();
        let demands = demanded(&scope(), &matched, &request, OWN, &IamTree::default());
        assert_eq!(told(&demands), expected, "{method} {target}");
    }

    fn iam(form: &str) -> String {
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
        told(&demanded(&scope(), &matched, &request, OWN, &tree))
    }

    #[test]
    fn entities_of_iam_are_named_with_their_paths() {
        let check = |form: &str, action: &str, resource: &str| {
            let resource = resource.replace('@', "arn:aws:iam::000000000000");
            assert_eq!(iam(form), format!("iam:{action} {resource}"), "{form}");
        };
        let moved = iam("Action=UpdateUser&UserName=bob&NewPath=/admin/&NewUserName=boss");
        let (before, after) = ("user/staff/bob", "user/admin/boss");
        let about = |user: &str| format!("iam:UpdateUser arn:aws:iam::000000000000:{user}");
        assert_eq!(moved, format!("{}, {}", about(before), about(after)));
        let renamed = iam("Action=UpdateUser&UserName=bob&NewUserName=boss");
        assert_eq!(renamed, format!("{}, {}", about(before), about("user/staff/boss")));
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
        let copied = format!("apigateway:POST {}, apigateway:GET {}", at("/restapis"), at("/restapis/abc"));
        check("POST", "/restapis", r#"{"name":"n","cloneFrom":"abc"}"#, &copied);
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
        for (method, target, action) in [
            ("PUT", "/2015-03-31/functions/f/code?Qualifier=x", "UpdateFunctionCode"),
            ("PUT", "/2015-03-31/functions/f:x/configuration", "UpdateFunctionConfiguration"),
            ("GET", "/2015-03-31/functions/f/versions?Qualifier=x", "ListVersionsByFunction"),
            ("GET", "/2017-03-31/tags/arn:aws:lambda:us-east-1:000000000000:function:f:x", "ListTags"),
        ] {
            check(method, target, "{}", &format!("lambda:{action} {arn}"));
        }
        let layer = "arn:aws:lambda:us-east-1:000000000000:layer:l";
        check(
            "GET",
            "/2018-10-31/layers?find=LayerVersion&Arn=arn:x:lambda:us-east-1:000000000000:layer:l:3",
            "",
            &format!("lambda:GetLayerVersion {layer}:3"),
        );
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
