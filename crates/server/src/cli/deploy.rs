//! `stagedoor deploy`: a document, or an API as it is edited, to a stage of a running gateway.

use anyhow::{Result, bail};
use clap::Args;

use super::Target;
use crate::apis::{self, Api, Document, Subject};
use crate::client::{Client, block_on};
use crate::findings;
use crate::terminal::{during, print};

const EXAMPLES: &str = "\
Examples:
  stagedoor deploy api.yaml --stage prod        # creates the API, or updates the one with the same title
  stagedoor deploy api.yaml --stage prod --api a1b2c3d4e5
  stagedoor deploy shop --stage prod            # deploys the API as it is edited now

`stagedoor diff` shows beforehand what would change.";

/// Deploy an OpenAPI document, or an API as it is edited, to a stage.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct DeployArgs {
    /// An OpenAPI 3 or Swagger 2.0 document, or the id or name of an API.
    #[arg(value_name = "FILE|API")]
    subject: String,
    /// The stage; made when it does not exist.
    #[arg(long)]
    stage: String,
    /// The API that becomes what the document says [default: the one called like the document's title, or a new one].
    #[arg(long)]
    api: Option<String>,
    #[command(flatten)]
    target: Target,
}

impl DeployArgs {
    pub(super) fn run(self) -> Result<()> {
        let address = self.target.address()?;
        let client = self.target.client_of(address)?;
        let api = match Subject::of(&self.subject)? {
            Subject::File(file) => {
                let document = apis::read_document(&file, true)?;
                findings::warn(&document.preview.warnings);
                block_on(put(&client, document, self.api.as_deref()))?
            }
            Subject::Api(_) if self.api.is_some() => {
                bail!("{}: there is no such file, and --api goes with a document", self.subject)
            }
            Subject::Api(named) => block_on(apis::find(&client, &named))?,
        };
        block_on(during("deploying", apis::deploy(&client, &api.id, &self.stage)))?;
        Ok(print(format!("deployed to {}\n", apis::url(address, &api.id, &self.stage)))?)
    }
}

/// Makes the API of a document, or makes it what the document says.
async fn put(client: &Client, document: Document, api: Option<&str>) -> Result<Api> {
    let title = &document.preview.tree.api.name;
    let known = match api {
        Some(named) => Some(apis::find(client, named).await?),
        None => apis::find_by_name(client, title).await?,
    };
    let Some(known) = known else {
        let made = during("importing", apis::import(client, document.bytes)).await?;
        print(format!("created API {} ({title})\n", made.id))?;
        return Ok(made);
    };
    let made = during("importing", apis::overwrite(client, &known.id, document.bytes)).await?;
    print(format!("updated API {} ({title})\n", made.id))?;
    Ok(made)
}
