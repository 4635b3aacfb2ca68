//! `stagedoor export`: what a stage runs, as an OpenAPI document.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use clap::{Args, ValueEnum};

use super::Target;
use crate::apis::{self, DRAFT, Export};
use crate::client::block_on;
use crate::terminal::{during, print_line};

const EXAMPLES: &str = "\
Examples:
  stagedoor export shop prod -O api.yaml
  stagedoor export a1b2c3d4e5 prod --format swagger --extensions integrations,authorizers
  stagedoor export shop --extensions none";

/// Print what a stage runs as an OpenAPI document.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct ExportArgs {
    /// The API's id, or its name.
    api: String,
    /// The stage; without it, the API as it is edited, deployed or not.
    stage: Option<String>,
    /// The format of the document.
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    /// Write YAML; what files called .yaml or .yml get anyway.
    #[arg(long, conflicts_with = "json")]
    yaml: bool,
    /// Write JSON [default].
    #[arg(long)]
    json: bool,
    /// What the document says beyond the specification; `apigateway` is all that an import needs.
    #[arg(long, value_delimiter = ',', default_value = "apigateway")]
    extensions: Vec<Extension>,
    /// Write to this file instead of standard output.
    #[arg(long, short = 'O', value_name = "FILE")]
    output_file: Option<PathBuf>,
    #[command(flatten)]
    target: Target,
}

/// The format of a document.
#[derive(Debug, Clone, Copy, Default, ValueEnum)]
enum Format {
    /// OpenAPI 3.0.
    #[default]
    Oas30,
    /// Swagger 2.0.
    Swagger,
}

/// What a document may say beyond the specification.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Extension {
    /// What methods call.
    Integrations,
    /// Who decides whether a call may pass.
    Authorizers,
    /// All that API Gateway knows of the API.
    Apigateway,
    /// What Postman needs to sign calls.
    Postman,
    /// Nothing.
    None,
}

impl ExportArgs {
    pub(super) fn run(self) -> Result<()> {
        let client = self.target.client()?;
        let extensions = self.extensions();
        let document = block_on(during("exporting", async {
            let api = apis::find(&client, &self.api).await?;
            let asked = Export {
                api: &api.id,
                stage: self.stage.as_deref().unwrap_or(DRAFT),
                export_type: &word(&self.format),
                extensions: &extensions,
                media_type: if self.is_yaml() { "application/yaml" } else { "application/json" },
            };
            apis::export(&client, asked).await
        }))?;
        match &self.output_file {
            Some(file) => std::fs::write(file, &document).with_context(|| file.display().to_string()),
            None => Ok(print_line(&document)?),
        }
    }

    fn is_yaml(&self) -> bool {
        let extension = self.output_file.as_deref().and_then(Path::extension);
        let is_called_so = extension.is_some_and(|extension| extension == "yaml" || extension == "yml");
        self.yaml || !self.json && is_called_so
    }

    fn extensions(&self) -> String {
        let named = self.extensions.iter().filter(|extension| **extension != Extension::None);
        named.map(word).collect::<Vec<_>>().join(",")
    }
}

/// The value as it is given on the command line, which is AWS's word too.
fn word(value: &impl ValueEnum) -> String {
    value.to_possible_value().map(|value| value.get_name().to_owned()).unwrap_or_default()
}
