//! `stagedoor diff`: what a deployment would change.
//!
//! Both sides are documents: what the stage runs comes from GetExport, what would be deployed from GetExport of the draft
//! or from the file. Each is applied to an empty API here, by the rules of imports, and the two trees are compared. The
//! gateway is only read.

use std::process::ExitCode;

use anyhow::{Context, Result, bail};
use clap::{Args, ValueEnum};
use serde_json::json;
use stagedoor_base::Scope;
use stagedoor_model::ApiTree;
use stagedoor_model::diff::{Change, Difference, FieldChange, diff};

use super::Target;
use crate::apis::{self, DRAFT, Export, Subject};
use crate::client::{Client, block_on};
use crate::terminal::{during, print, stdout_has_colour};
use crate::{findings, rehearse};

const EXAMPLES: &str = "\
Examples:
  stagedoor diff shop prod             # what `stagedoor deploy shop --stage prod` would change
  stagedoor diff api.yaml prod         # what `stagedoor deploy api.yaml --stage prod` would change
  stagedoor diff api.yaml prod -o json

The exit code is 0 when nothing would change, 1 when something would, 2 when it cannot be told.";

/// Longer values are cut in tables.
const WIDTH: usize = 100;

/// Show what would change in a stage if an API, or a document, were deployed to it now.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct DiffArgs {
    /// An OpenAPI 3 or Swagger 2.0 document, or the id or name of an API.
    #[arg(value_name = "FILE|API")]
    subject: String,
    /// The stage.
    stage: String,
    /// The API that the stage belongs to [default: the one called like the document's title].
    #[arg(long)]
    api: Option<String>,
    /// How differences are printed.
    #[arg(long, short, value_enum, default_value_t)]
    output: Output,
    #[command(flatten)]
    target: Target,
}

/// How differences are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
enum Output {
    #[default]
    Table,
    Json,
}

/// Both sides, and what is compared.
struct Sides {
    api: String,
    before: ApiTree,
    after: ApiTree,
}

impl DiffArgs {
    /// Errors have an exit code of their own, as diff(1) has it.
    pub(super) fn run(&self) -> ExitCode {
        let printed = |(api, differences): (String, Vec<Difference>)| {
            print(self.printed(&api, &differences))?;
            Ok(differences.is_empty())
        };
        match self.differences().and_then(printed) {
            Ok(true) => ExitCode::SUCCESS,
            Ok(false) => ExitCode::from(1),
            Err(error) => {
                super::print_error(&error);
                ExitCode::from(2)
            }
        }
    }

    fn differences(&self) -> Result<(String, Vec<Difference>)> {
        let Sides { api, before, after } = self.sides()?;
        Ok((api, diff(&before, &after)))
    }

    fn sides(&self) -> Result<Sides> {
        let client = self.target.client()?;
        match Subject::of(&self.subject)? {
            Subject::Api(_) if self.api.is_some() => {
                bail!("{}: there is no such file, and --api goes with a document", self.subject)
            }
            Subject::Api(named) => {
                let (api, before, after) = block_on(during("comparing", async {
                    let api = apis::find(&client, &named).await?.id;
                    let before = exported(&client, &api, &self.stage).await?;
                    let after = exported(&client, &api, DRAFT).await?;
                    Ok((api, before, after))
                }))?;
                let scope = block_on(client.scope())?.clone();
                Ok(Sides { before: tree(&scope, &api, &before)?, after: tree(&scope, &api, &after)?, api })
            }
            Subject::File(file) => {
                let document = apis::read_document(&file, true)?;
                findings::warn(&document.preview.warnings);
                let title = &document.preview.tree.api.name;
                let (api, before) = block_on(during("comparing", async {
                    let api = self.api_of_document(&client, title).await?;
                    let before = exported(&client, &api, &self.stage).await?;
                    Ok((api, before))
                }))?;
                let scope = block_on(client.scope())?.clone();
                let after = tree(&scope, &api, &document.bytes)?;
                Ok(Sides { before: tree(&scope, &api, &before)?, after, api })
            }
        }
    }

    async fn api_of_document(&self, client: &Client, title: &str) -> Result<String> {
        if let Some(named) = &self.api {
            return Ok(apis::find(client, named).await?.id);
        }
        match apis::find_by_name(client, title).await? {
            Some(api) => Ok(api.id),
            None => bail!("no API is called `{title}` like the document; name one with --api"),
        }
    }

    fn printed(&self, api: &str, differences: &[Difference]) -> String {
        match self.output {
            Output::Json => json(api, &self.stage, differences),
            Output::Table => table(differences, stdout_has_colour()),
        }
    }
}

async fn exported(client: &Client, api: &str, stage: &str) -> Result<bytes::Bytes> {
    let asked =
        Export { api, stage, export_type: "oas30", extensions: "apigateway", media_type: "application/json" };
    apis::export(client, asked).await.with_context(|| format!("stage {stage} of API {api}"))
}

/// The API that a document makes. References between models carry the API's id, so both sides have the same.
fn tree(scope: &Scope, api: &str, document: &[u8]) -> Result<ApiTree> {
    Ok(rehearse::preview(scope.clone(), api, "document", document, false)?.tree)
}

fn json(api: &str, stage: &str, differences: &[Difference]) -> String {
    let field = |it: &FieldChange| json!({"field": it.field, "before": it.before, "after": it.after});
    let difference = |it: &Difference| {
        let mut object =
            json!({"change": word(&it.change), "kind": it.element.kind.as_str(), "name": it.element.name});
        if !it.element.verb.is_empty() {
            object["httpMethod"] = it.element.verb.into();
        }
        if let Change::Changed(fields) = &it.change {
            object["fields"] = fields.iter().map(field).collect();
        }
        object
    };
    let differences: Vec<_> = differences.iter().map(difference).collect();
    format!("{:#}\n", json!({"restApiId": api, "stageName": stage, "differences": differences}))
}

fn word(change: &Change) -> &'static str {
    match change {
        Change::Added => "added",
        Change::Removed => "removed",
        Change::Changed(_) => "changed",
    }
}

/// A line for each element, and one below it for each field that differs.
fn table(differences: &[Difference], colour: bool) -> String {
    let mut out = String::new();
    for Difference { element, change } in differences {
        let (sign, style) = match change {
            Change::Added => ('+', "\x1b[32m"),
            Change::Removed => ('-', "\x1b[31m"),
            Change::Changed(_) => ('~', "\x1b[33m"),
        };
        let (style, plain) = if colour { (style, "\x1b[0m") } else { ("", "") };
        out.push_str(&format!("{style}{sign} {element}{plain}\n"));
        if let Change::Changed(fields) = change {
            fields.iter().for_each(|field| out.push_str(&format!("    {}\n", line(field))));
        }
    }
    out
}

fn line(change: &FieldChange) -> String {
    let field = &change.field;
    match (&change.before, &change.after) {
        (Some(before), Some(after)) => {
            let (before, after) = apart(before, after);
            format!("{field}: {before} → {after}")
        }
        (None, Some(after)) => format!("{field}: set to {}", shown(after)),
        (Some(before), None) => format!("{field}: no longer {}", shown(before)),
        (None, None) => field.clone(),
    }
}

/// Two values, long ones from a little before the place where they part.
fn apart(before: &str, after: &str) -> (String, String) {
    if before.chars().count().max(after.chars().count()) <= WIDTH {
        return (shown(before), shown(after));
    }
    let common = before.chars().zip(after.chars()).take_while(|(one, other)| one == other).count();
    let skipped = common.saturating_sub(WIDTH / 4);
    let part = |text: &str| {
        let rest: String = text.chars().skip(skipped).collect();
        let mark = if skipped > 0 { "…" } else { "" };
        format!("{mark}{}", shown(&rest))
    };
    (part(before), part(after))
}

/// A value in quotes, on one line, cut when it is long.
fn shown(value: &str) -> String {
    let cut: String = value.chars().take(WIDTH).collect();
    let mark = if cut.len() < value.len() { "…" } else { "" };
    format!("{}{mark}", serde_json::Value::from(cut))
}

#[cfg(test)]
mod tests {
    use stagedoor_model::diff::{Change, Difference, Element, ElementKind, FieldChange};

    use super::{json, line, table};

    fn differences() -> Vec<Difference> {
        let element = |kind, name: &str, verb| Element { kind, name: name.to_owned(), verb };
        let changed = FieldChange {
            field: "apiKeyRequired".to_owned(),
            before: Some("false".to_owned()),
            after: Some("true".to_owned()),
        };
        vec![
            Difference { element: element(ElementKind::Model, "Pet", ""), change: Change::Removed },
            Difference {
                element: element(ElementKind::Method, "/a", "GET"),
                change: Change::Changed(vec![changed]),
            },
        ]
    }

    #[test]
    fn tables_have_a_line_for_each_field() {
        let expected = "- model Pet\n~ method GET /a\n    apiKeyRequired: \"false\" → \"true\"\n";
        assert_eq!(table(&differences(), false), expected);
        assert!(table(&differences(), true).starts_with("\x1b[31m- model Pet\x1b[0m\n"));
    }

    #[test]
    fn json_says_the_same() {
        let text = json("a1", "prod", &differences());
        let value: serde_json::Value = serde_json::from_str(&text).unwrap();
        assert_eq!(value["differences"][1]["fields"][0]["after"], "true");
        assert_eq!(value["differences"][1]["httpMethod"], "GET");
    }

    #[test]
    fn long_values_are_shown_where_they_part() {
        let long = |end: &str| Some(format!("{}{end}", "é".repeat(3000)));
        let text = line(&FieldChange { field: "schema".to_owned(), before: long("one"), after: long("two") });
        assert!(text.len() < 400 && text.contains("one\" → ") && text.contains("two\""), "{text}");
        let text = line(&FieldChange { field: "f".to_owned(), before: None, after: Some("a\nb".to_owned()) });
        assert_eq!(text, "f: set to \"a\\nb\"");
    }
}
