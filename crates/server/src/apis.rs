//! APIs of a running gateway, and documents that are to become some: what `import`, `export`, `deploy` and `diff` share.
//!
//! In: names, files, a client. Out: the gateway's answers, or sentences for the person who asked. It must not print.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use bytes::Bytes;
use http::Method;
use serde::Deserialize;
use stagedoor_control::Preview;

use crate::client::{Call, Client, default_scope, encoded, refusal};
use crate::rehearse;

/// Pages of lists are as long as AWS allows.
const PAGE: usize = 500;

/// An API that a gateway has.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub(crate) struct Api {
    pub(crate) id: String,
    #[serde(default)]
    pub(crate) name: String,
}

/// An OpenAPI document that was read and found good.
#[derive(Debug)]
pub(crate) struct Document {
    pub(crate) bytes: Bytes,
    /// What the gateway will make of it.
    pub(crate) preview: Preview,
}

/// What a person names: a document, or an API of the gateway.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Subject {
    File(PathBuf),
    Api(String),
}

impl Subject {
    /// A file when there is one of this name, or when only files are called so; else an API.
    pub(crate) fn of(given: &str) -> Result<Self> {
        let path = Path::new(given);
        if path.is_file() {
            return Ok(Self::File(path.to_owned()));
        }
        let is_file_name = [".yaml", ".yml", ".json"].iter().any(|end| given.ends_with(end));
        if is_file_name || given.contains('/') || path.is_dir() {
            bail!("{given}: there is no such file");
        }
        Ok(Self::Api(given.to_owned()))
    }
}

/// Reads a document and checks it by the rules of imports, and of deployments if one is to follow. Refusals name line and
/// column.
pub(crate) fn read_document(file: &Path, deploys: bool) -> Result<Document> {
    let name = file.display().to_string();
    let bytes = std::fs::read(file).with_context(|| name.clone())?;
    let preview = rehearse::preview(default_scope(), "document", &name, &bytes, deploys)?;
    Ok(Document { bytes: bytes.into(), preview })
}

/// All APIs of the gateway.
pub(crate) async fn list(client: &Client) -> Result<Vec<Api>> {
    #[derive(Deserialize)]
    struct Page {
        item: Vec<Api>,
        position: Option<String>,
    }
    let mut apis = Vec::new();
    let mut target = format!("/restapis?limit={PAGE}");
    loop {
        let page: Page = serde_json::from_slice(&get(client, &target).await?)?;
        apis.extend(page.item);
        let Some(position) = page.position else { return Ok(apis) };
        target = format!("/restapis?limit={PAGE}&position={}", encoded(&position));
    }
}

/// The API with this id, or the only one with this name.
pub(crate) async fn find(client: &Client, named: &str) -> Result<Api> {
    let apis = list(client).await?;
    if let Some(api) = apis.iter().find(|api| api.id == named) {
        return Ok(api.clone());
    }
    match the_only(&apis, named)? {
        Some(api) => Ok(api),
        None => bail!(
            "there is no API with the id or name `{named}` in account {} and region {}{}",
            client.scope().await?.account,
            client.scope().await?.region,
            known(&apis)
        ),
    }
}

/// The only API with this name; none when there is none.
pub(crate) async fn find_by_name(client: &Client, name: &str) -> Result<Option<Api>> {
    the_only(&list(client).await?, name)
}

fn the_only(apis: &[Api], name: &str) -> Result<Option<Api>> {
    let namesakes: Vec<&Api> = apis.iter().filter(|api| api.name == name).collect();
    if namesakes.len() > 1 {
        let ids: Vec<&str> = namesakes.iter().map(|api| api.id.as_str()).collect();
        bail!("several APIs are called `{name}`; name one by its id: {}", ids.join(", "));
    }
    Ok(namesakes.first().map(|api| (*api).clone()))
}

fn known(apis: &[Api]) -> String {
    let names: Vec<String> = apis.iter().take(10).map(|api| format!("{} ({})", api.id, api.name)).collect();
    match names.len() {
        0 => ". There are none; --account and --region choose others".to_owned(),
        _ => format!(". There are: {}", names.join(", ")),
    }
}

/// Makes an API of a document.
pub(crate) async fn import(client: &Client, document: Bytes) -> Result<Api> {
    client.post("/restapis?mode=import", document).await
}

/// Makes an API what a document says.
pub(crate) async fn overwrite(client: &Client, api: &str, document: Bytes) -> Result<Api> {
    let target = format!("/restapis/{}?mode=overwrite", encoded(api));
    let call = Call {
        service: "apigateway",
        method: Method::PUT,
        target: &target,
        body: document,
        ..Call::default()
    };
    Ok(serde_json::from_slice(&client.expect(call).await?.body)?)
}

/// Deploys an API as it is edited now.
pub(crate) async fn deploy(client: &Client, api: &str, stage: &str) -> Result<()> {
    #[derive(Deserialize)]
    struct Deployment {}
    let body = serde_json::json!({ "stageName": stage }).to_string();
    let target = format!("/restapis/{}/deployments", encoded(api));
    client.post::<Deployment>(&target, body.into()).await.map(|_| ())
}

/// What to export, and how.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Export<'e> {
    pub(crate) api: &'e str,
    /// A stage's name, or [`DRAFT`].
    pub(crate) stage: &'e str,
    /// `oas30` or `swagger`.
    pub(crate) export_type: &'e str,
    /// A comma list; empty for none.
    pub(crate) extensions: &'e str,
    /// `application/json` or `application/yaml`.
    pub(crate) media_type: &'e str,
}

/// Stands for the API as it is edited.
pub(crate) const DRAFT: &str = "$draft";

/// A document of what a stage runs.
pub(crate) async fn export(client: &Client, asked: Export<'_>) -> Result<Bytes> {
    let Export { api, stage, export_type, extensions, media_type } = asked;
    let query = match extensions {
        "" => String::new(),
        names => format!("?extensions={}", encoded(names)),
    };
    let (api, stage) = (encoded(api), encoded(stage));
    let target = format!("/restapis/{api}/stages/{stage}/exports/{export_type}{query}");
    let headers = vec![("accept", media_type.to_owned())];
    let call = Call { service: "apigateway", target: &target, headers, ..Call::default() };
    let reply = client.call(call).await?;
    match reply.status {
        200 => Ok(reply.body),
        404 => bail!("{}{}", refusal(&reply), stages(client, &api).await?),
        _ => bail!("{}", refusal(&reply)),
    }
}

/// Which stages there are, for whoever named another.
async fn stages(client: &Client, api: &str) -> Result<String> {
    #[derive(Deserialize)]
    struct Stages {
        item: Vec<Stage>,
    }
    #[derive(Deserialize)]
    struct Stage {
        #[serde(rename = "stageName")]
        name: String,
    }
    let stages: Stages = serde_json::from_slice(&get(client, &format!("/restapis/{api}/stages")).await?)?;
    let names: Vec<String> = stages.item.into_iter().map(|stage| stage.name).collect();
    match names.len() {
        0 => Ok(". The API has no stages; `stagedoor deploy` makes one".to_owned()),
        _ => Ok(format!(". The API has: {}", names.join(", "))),
    }
}

async fn get(client: &Client, target: &str) -> Result<Bytes> {
    let call = Call { service: "apigateway", target, ..Call::default() };
    Ok(client.expect(call).await?.body)
}

/// Where a stage of the gateway at `address` is called.
pub(crate) fn url(address: std::net::SocketAddr, api: &str, stage: &str) -> String {
    format!("http://{address}/_aws/execute-api/{api}/{stage}/")
}

#[cfg(test)]
mod tests {
    use super::{Api, Subject, the_only};

    #[test]
    fn files_and_apis_are_told_apart() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("shop");
        std::fs::write(&file, "").unwrap();
        let check = |given: &str, expected: Option<Subject>| {
            assert_eq!(Subject::of(given).ok(), expected, "{given}");
        };
        check(file.to_str().unwrap(), Some(Subject::File(file.clone())));
        check("a1b2c3", Some(Subject::Api("a1b2c3".to_owned())));
        check("My shop 1.0", Some(Subject::Api("My shop 1.0".to_owned())));
        check("absent.yaml", None);
        check("absent/file", None);
        check(folder.path().to_str().unwrap(), None);
    }

    #[test]
    fn a_name_must_be_unique_to_name_an_api() {
        let api = |id: &str, name: &str| Api { id: id.to_owned(), name: name.to_owned() };
        let apis = [api("1", "shop"), api("2", "shop"), api("3", "pets")];
        assert_eq!(the_only(&apis, "pets").unwrap(), Some(api("3", "pets")));
        assert_eq!(the_only(&apis, "none").unwrap(), None);
        assert!(the_only(&apis, "shop").unwrap_err().to_string().contains("by its id: 1, 2"));
    }
}
