//! What a configuration should be told about itself, beyond what is refused.
//!
//! In: findings of imports, stored APIs. Out: sentences. It must not decide whether anything is served.

use stagedoor_base::{ApiId, FunctionArn, Scope};
use stagedoor_model::{Integration, IntegrationType};
use stagedoor_openapi::Diagnostic;
use stagedoor_store::{Store, StoreError};

use crate::config::Config;
use crate::terminal::{stderr_has_colour, tell};

/// Findings that differ in their place only become one, with the first place.
pub(crate) fn summed_up(findings: &[&Diagnostic]) -> Vec<String> {
    let is_same = |one: &Diagnostic, other: &Diagnostic| {
        (&one.file, &one.message, &one.help) == (&other.file, &other.message, &other.help)
    };
    let mut sums: Vec<(&Diagnostic, usize)> = Vec::new();
    for finding in findings {
        match sums.iter_mut().find(|(first, _)| is_same(first, finding)) {
            Some((_, count)) => *count += 1,
            None => sums.push((finding, 1)),
        }
    }
    let sentence = |(first, count): (&Diagnostic, usize)| match count {
        1 => first.to_string(),
        _ => format!("{first} [{count} times, here first]"),
    };
    sums.into_iter().map(sentence).collect()
}

/// Findings as a person at a terminal reads them, each with the line that it is about.
pub(crate) fn report(findings: &[Diagnostic]) -> String {
    let colour = stderr_has_colour();
    findings.iter().map(|finding| finding.report(colour)).collect::<Vec<_>>().join("\n")
}

/// Tells the person who gave a command what a document's import leaves out.
pub(crate) fn warn(warnings: &[Diagnostic]) {
    if !warnings.is_empty() {
        tell(&report(warnings));
    }
}

/// A sentence for every declared method whose function does not exist.
pub(crate) fn missing_functions(
    store: &Store,
    scope: &Scope,
    config: &Config,
) -> Result<Vec<String>, StoreError> {
    let mut missing = Vec::new();
    for api in &config.apis {
        let Some(tree) = store.api(scope, &ApiId::from(api.id.as_str()))? else { continue };
        for resource in tree.value.resources.values() {
            for (verb, method) in &resource.methods {
                let Some(arn) = method.integration.as_ref().and_then(function) else { continue };
                if store.function(&arn.scope, &arn.name)?.is_none() {
                    let (file, path, name) = (api.openapi.display(), &resource.path, &arn.name);
                    missing.push(format!(
                        "{file}: {verb} {path} calls function `{name}` ({}, {}), which does not exist. Declare it in \
                         stagedoor.yaml, or create it before the first call",
                        arn.scope.account, arn.scope.region
                    ));
                }
            }
        }
    }
    Ok(missing)
}

/// The function that an integration names; none when only a call will tell.
fn function(integration: &Integration) -> Option<FunctionArn> {
    if !matches!(integration.integration_type, IntegrationType::Aws | IntegrationType::AwsProxy) {
        return None;
    }
    let (_, named) = integration.uri.as_deref()?.split_once("/functions/")?;
    let arn = named.split('/').next().filter(|arn| !arn.contains('$'))?;
    FunctionArn::parse(arn).ok()
}

#[cfg(test)]
mod tests {
    use stagedoor_openapi::{Diagnostic, Level};

    use super::summed_up;
    use crate::config::Config;
    use crate::rehearse::rehearse;

    #[test]
    fn equal_findings_are_said_once() {
        let finding = |message: &str, line| Diagnostic {
            level: Level::Warning,
            message: message.to_owned(),
            file: "api.yaml".to_owned(),
            line,
            column: 1,
            help: None,
            excerpt: None,
        };
        let found = [finding("odd", 1), finding("strange", 2), finding("odd", 3)];
        let expected = ["api.yaml:1:1: odd [2 times, here first]", "api.yaml:2:1: strange"];
        assert_eq!(summed_up(&found.iter().collect::<Vec<_>>()), expected);
    }

    #[test]
    fn functions_that_nobody_declared_are_named() {
        let folder = tempfile::tempdir().unwrap();
        let arn = |name| {
            format!(
                "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/\
                 arn:aws:lambda:us-east-1:000000000000:function:{name}/invocations"
            )
        };
        let mut api = "openapi: 3.0.1\ninfo: {title: t, version: '1'}\npaths:\n".to_owned();
        for (path, name) in [("/a", "here"), ("/b", "gone"), ("/c", "${stageVariables.f}")] {
            let uri = arn(name);
            api.push_str(&format!(
                "  {path}:\n    get:\n      responses: {{}}\n      x-amazon-apigateway-integration: \
                 {{type: aws_proxy, httpMethod: POST, uri: '{uri}'}}\n"
            ));
        }
        std::fs::write(folder.path().join("api.yaml"), api).unwrap();
        let file = folder.path().join("stagedoor.yaml");
        let text = "apis: {a: {openapi: api.yaml}}\nfunctions: {here: {runtime: provided.al2023, code: .}}\n";
        std::fs::write(&file, text).unwrap();
        let (file, config) = Config::load(&file).unwrap();
        let served = rehearse(&config, &file).unwrap();
        assert_eq!(served.missing.len(), 1, "{:?}", served.missing);
        assert!(served.missing[0].contains("GET /b calls function `gone`"), "{}", served.missing[0]);
    }
}
