//! `stagedoor explain`: which statement of which policy decides over a call.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use anyhow::{Context as _, Result, bail};
use clap::Args;
use stagedoor_auth::policy::{
    Aws, AwsIdentity, Context, Decision, Kind, Policies, Policy, Principal, Request, Value, decide, explain,
};
use stagedoor_base::{ApiId, Scope, Timestamp};
use stagedoor_engine::{Demand, path_readings};
use stagedoor_program::{api_arn, parse_resource_policy};

use super::Target;
use crate::apis::{self, DRAFT, Export, Subject};
use crate::client::{block_on, default_scope};
use crate::rehearse;
use crate::terminal::{during, print_line};

const EXAMPLES: &str = "\
Examples:
  stagedoor explain shop GET /pets/1 --stage prod
  stagedoor explain api.yaml GET /pets --source-ip 203.0.113.9 --key aws:Referer=https://a.example/
  stagedoor explain policy.json POST /pets --as arn:aws:iam::111122223333:user/ann --identity ann.json

The exit code is 0 when the call is allowed, 1 when it is denied, 2 when it cannot be told.";

const ACTION: &str = "execute-api:Invoke";
/// Stands for the id of an API that no gateway knows.
const UNNAMED: &str = "api";

/// Say which statement of which policy lets a call in, or keeps it out.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct ExplainArgs {
    /// A resource policy, an OpenAPI document that has one, or the id or name of an API.
    #[arg(value_name = "FILE|API")]
    subject: String,
    /// The call's verb.
    method: String,
    /// The call's path, without the stage.
    path: String,
    /// The stage; of an API, what it runs. Without it, an API as it is edited.
    #[arg(long)]
    stage: Option<String>,
    /// Who signs the call: the ARN of a user, a role, a session, or an account's 12 digits [default: nobody].
    #[arg(long = "as", value_name = "ARN")]
    caller: Option<String>,
    /// A policy of whoever signs; may stand several times.
    #[arg(long, value_name = "FILE", requires = "caller")]
    identity: Vec<PathBuf>,
    /// Where the call comes from.
    #[arg(long, default_value = "127.0.0.1", value_name = "ADDRESS")]
    source_ip: std::net::IpAddr,
    /// Another condition key of the call; may stand several times.
    #[arg(long = "key", value_name = "NAME=VALUE", value_parser = pair)]
    keys: Vec<(String, String)>,
    #[command(flatten)]
    target: Target,
}

/// What guards an API, and where it is.
struct Guarded {
    scope: Scope,
    api: String,
    policy: Option<String>,
}

impl ExplainArgs {
    /// Errors have an exit code of their own.
    pub(super) fn run(&self) -> ExitCode {
        let told = self.explanation().and_then(|(text, allowed)| {
            print_line(text.as_bytes())?;
            Ok(allowed)
        });
        match told {
            Ok(true) => ExitCode::SUCCESS,
            Ok(false) => ExitCode::from(1),
            Err(error) => {
                super::print_error(&error);
                ExitCode::from(2)
            }
        }
    }

    fn explanation(&self) -> Result<(String, bool)> {
        let guarded = self.guarded()?;
        let api = ApiId::from(guarded.api.as_str());
        let parse =
            |text: &String| parse_resource_policy(&guarded.scope, &api, text).context("the resource policy");
        let resource = guarded.policy.as_ref().map(parse).transpose()?;
        let identity = self.identity.iter().map(|file| identity(file)).collect::<Result<Vec<_>>>()?;
        let caller = self.caller.as_deref().map(Caller::parse).transpose()?;
        if resource.is_none() && caller.is_none() {
            return Ok(("allowed: no resource policy guards the API, and nobody signs".to_owned(), true));
        }
        let policies = Policies {
            identity: &identity,
            resource: resource.as_ref(),
            unrestricted: caller.as_ref().is_some_and(|caller| caller.kind == CallerKind::Root),
            same_account: caller
                .as_ref()
                .is_none_or(|caller| caller.account == guarded.scope.account.as_str()),
            ..Policies::default()
        };
        let prefix =
            format!("{}/{}/{}/", api_arn(&guarded.scope, &api), self.stage(), self.method.to_uppercase());
        let keys = Keys { now: now(), source: self.source_ip, given: &self.keys };
        let principal = caller.as_ref().map_or(Principal::Anonymous, Caller::principal);
        let mut last = String::new();
        for (demand, path) in path_readings(self.path.trim_start_matches('/')) {
            let resource = format!("{prefix}{path}");
            let request = Request { principal, action: ACTION, resource: &resource, context: &keys };
            let decision = decide(&policies, &request);
            last = format!("{}\n  asked for {resource}", explain(&policies, &request));
            let passes = decision.is_allowed()
                || demand == Demand::NotDenied && matches!(decision, Decision::ImplicitDeny(_));
            if !passes {
                return Ok((last, false));
            }
        }
        Ok((last, true))
    }

    fn stage(&self) -> &str {
        self.stage.as_deref().unwrap_or("dev")
    }

    fn guarded(&self) -> Result<Guarded> {
        match Subject::of(&self.subject)? {
            Subject::File(file) => {
                let policy = policy_of_file(&file)?;
                Ok(Guarded { scope: default_scope(), api: UNNAMED.to_owned(), policy })
            }
            Subject::Api(named) => self.of_gateway(&named),
        }
    }

    fn of_gateway(&self, named: &str) -> Result<Guarded> {
        let client = self.target.client()?;
        let (api, document) = block_on(during("asking", async {
            let api = apis::find(&client, named).await?.id;
            let asked = Export {
                api: &api,
                stage: self.stage.as_deref().unwrap_or(DRAFT),
                export_type: "oas30",
                extensions: "apigateway",
                media_type: "application/json",
            };
            let document = apis::export(&client, asked).await?;
            anyhow::Ok((api, document))
        }))?;
        let scope = block_on(client.scope())?.clone();
        let tree = rehearse::preview(scope.clone(), &api, "document", &document, false)?.tree;
        Ok(Guarded { scope, policy: tree.api.policy, api })
    }
}

/// A policy by itself, or the one of a document.
fn policy_of_file(file: &Path) -> Result<Option<String>> {
    let name = file.display().to_string();
    let text = std::fs::read_to_string(file).with_context(|| name.clone())?;
    if is_policy(&text) {
        return Ok(Some(text));
    }
    Ok(rehearse::preview(default_scope(), UNNAMED, &name, text.as_bytes(), false)?.tree.api.policy)
}

fn is_policy(text: &str) -> bool {
    let value: Option<serde_json::Value> = serde_json::from_str(text).ok();
    value.is_some_and(|value| value.get("Statement").is_some())
}

fn identity(file: &Path) -> Result<Arc<Policy>> {
    let name = file.display().to_string();
    let text = std::fs::read_to_string(file).with_context(|| name.clone())?;
    let policy = Policy::parse(&text, Kind::Identity).with_context(|| name.clone())?;
    Ok(Arc::new(policy.named(&name)))
}

fn pair(text: &str) -> Result<(String, String), &'static str> {
    let (name, value) = text.split_once('=').ok_or("a key is given as NAME=VALUE")?;
    Ok((name.to_lowercase(), value.to_owned()))
}

fn now() -> Timestamp {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Timestamp(u64::try_from(since.as_millis()).unwrap_or(u64::MAX))
}

/// The condition keys of the call that is asked about.
struct Keys<'a> {
    now: Timestamp,
    source: std::net::IpAddr,
    given: &'a [(String, String)],
}

impl Context for Keys<'_> {
    fn get(&self, key: &str) -> Value<'_> {
        if let Some((_, value)) = self.given.iter().find(|(name, _)| name == key) {
            return Value::Text(value);
        }
        match key {
            "aws:sourceip" => Value::Address(self.source),
            "aws:currenttime" => Value::Time(self.now),
            "aws:epochtime" => i64::try_from(self.now.epoch_seconds()).map_or(Value::Unknown, Value::Number),
            "aws:securetransport" => Value::Bool(true),
            _ => Value::Absent,
        }
    }
}

/// Who signs, as far as an ARN tells.
#[derive(Debug, PartialEq, Eq)]
struct Caller {
    account: String,
    arn: String,
    kind: CallerKind,
}

#[derive(Debug, PartialEq, Eq)]
enum CallerKind {
    Root,
    User(String),
    /// Of the role with this ARN.
    Session(String),
}

impl Caller {
    fn parse(text: &str) -> Result<Self> {
        let account_alone = text.len() == 12 && text.bytes().all(|byte| byte.is_ascii_digit());
        let text = if account_alone { format!("arn:aws:iam::{text}:root") } else { text.to_owned() };
        let parts: Vec<&str> = text.splitn(6, ':').collect();
        let ["arn", _, service, "", account, name] = parts.as_slice() else {
            bail!("{text} is no ARN of IAM or STS")
        };
        let last = name.rsplit('/').next().unwrap_or_default();
        let (kind, arn) = match (*service, name.split('/').next().unwrap_or_default()) {
            ("iam", "root") => (CallerKind::Root, text.clone()),
            ("iam", "user") => (CallerKind::User(last.to_owned()), text.clone()),
            ("iam", "role") => {
                let session = format!("arn:aws:sts::{account}:assumed-role/{last}/explain");
                (CallerKind::Session(text.clone()), session)
            }
            ("sts", "assumed-role") => {
                let role = name.split('/').nth(1).unwrap_or_default();
                (CallerKind::Session(format!("arn:aws:iam::{account}:role/{role}")), text.clone())
            }
            _ => bail!("{text} is neither a user nor a role, a session or a root"),
        };
        Ok(Self { account: (*account).to_owned(), arn, kind })
    }

    fn principal(&self) -> Principal<'_> {
        let identity = match &self.kind {
            CallerKind::Root => AwsIdentity::Root,
            CallerKind::User(name) => AwsIdentity::User { name },
            CallerKind::Session(role_arn) => AwsIdentity::Session { role_arn },
        };
        Principal::Aws(Aws {
            account: &self.account,
            arn: &self.arn,
            identity,
            user_id: "",
            tags: &[],
            issued: None,
        })
    }
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::{Caller, CallerKind, ExplainArgs};

    #[derive(Debug, Parser)]
    struct Line {
        #[command(flatten)]
        explain: ExplainArgs,
    }

    const POLICY: &str = r#"{"Version":"2012-10-17","Statement":[
        {"Effect":"Allow","Principal":"*","Action":"execute-api:Invoke","Resource":"execute-api:/*"},
        {"Sid":"Office","Effect":"Deny","Principal":"*","Action":"execute-api:Invoke","Resource":"execute-api:/*/*/admin",
         "Condition":{"NotIpAddress":{"aws:SourceIp":"10.0.0.0/8"}}}]}"#;
    const IDENTITY: &str = r#"{"Version":"2012-10-17","Statement":
        {"Effect":"Deny","Action":"execute-api:*","Resource":"*","Condition":{"StringEquals":{"aws:username":"ann"}}}}"#;

    /// The first line of the explanation.
    fn explained(arguments: &[&str]) -> (String, bool) {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str, text: &str| {
            let file = folder.path().join(name);
            std::fs::write(&file, text).unwrap();
            file.display().to_string()
        };
        let (policy, ann) = (write("policy.json", POLICY), write("ann.json", IDENTITY));
        let arguments = arguments.iter().map(|word| if *word == "ANN" { ann.as_str() } else { word });
        let line = Line::try_parse_from(["explain", &policy].into_iter().chain(arguments)).unwrap();
        let (text, allowed) = line.explain.explanation().unwrap();
        (text.lines().next().unwrap().replace(&ann, "ANN"), allowed)
    }

    #[test]
    fn the_deciding_statement_is_named() {
        let by_one = "allowed by statement 1 of the resource-based policy";
        let by_office = "denied by statement 2 (\"Office\") of the resource-based policy";
        let user = "arn:aws:iam::000000000000:user/ann";
        for (arguments, expected, allowed) in [
            (&["GET", "/pets"][..], by_one, true),
            (&["GET", "/admin"], by_office, false),
            (&["GET", "/admin/"], by_office, false),
            (&["GET", "/x/..%2fadmin"], by_office, false),
            (&["GET", "/admin", "--source-ip", "10.1.2.3"], by_one, true),
            (&["GET", "/admin", "--key", "aws:SourceIp=10.1.2.3"], by_one, true),
            (&["GET", "/pets", "--as", user], by_one, true),
            (
                &["GET", "/pets", "--as", user, "--identity", "ANN"],
                "denied by statement 1 of the identity-based policy ANN",
                false,
            ),
            (
                &["GET", "/pets", "--as", "111111111111"],
                "allowed by the account's root, who may do everything",
                true,
            ),
            (
                &["GET", "/pets", "--as", "arn:aws:iam::111111111111:role/r"],
                "denied: no identity-based policy allows it",
                false,
            ),
        ] {
            assert_eq!(explained(arguments), (expected.to_owned(), allowed), "{arguments:?}");
        }
    }

    #[test]
    fn callers() {
        let role = Caller::parse("arn:aws:iam::111111111111:role/team/r").unwrap();
        assert_eq!(role.arn, "arn:aws:sts::111111111111:assumed-role/r/explain");
        assert_eq!(role.kind, CallerKind::Session("arn:aws:iam::111111111111:role/team/r".to_owned()));
        for text in ["ann", "arn:aws:s3:::b", "arn:aws:iam::111111111111:group/g"] {
            assert!(Caller::parse(text).is_err(), "{text}");
        }
    }
}
