//! The 21 gateway responses of a deployment, each resolved to what it will send.
//!
//! In: the customised ones. Out: a table without gaps. Templates are no VTL: one pass replaces `$context.x`,
//! `$stageVariables.x` and `$method.request.{location}.x`.

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

use http::{HeaderName, HeaderValue};
use stagedoor_model::{GatewayResponse, GatewayResponseType};

use crate::Expression;
use crate::log_format::variable_name;
use crate::reply_templates::by_media_type;

/// All types of one deployment.
#[derive(Debug)]
pub struct GatewayResponses {
    /// In the order of [`GatewayResponseType::ALL`].
    table: Vec<GatewayResponsePlan>,
}

/// What one type sends.
#[derive(Debug, Clone, Default)]
pub struct GatewayResponsePlan {
    /// None keeps the status of the cause.
    pub status: Option<u16>,
    /// Empty: the built-in body.
    pub templates: Arc<[GatewayTemplate]>,
    pub headers: Arc<[(HeaderName, Expression)]>,
}

/// A body template for one media type.
#[derive(Debug)]
pub struct GatewayTemplate {
    pub media_type: HeaderValue,
    pub parts: Box<[TemplatePart]>,
}

/// A piece of a gateway response's template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TemplatePart {
    Text(Box<str>),
    Value(Expression),
}

static BUILT_IN: LazyLock<Arc<GatewayResponses>> = LazyLock::new(|| {
    let table = vec![GatewayResponsePlan::default(); GatewayResponseType::ALL.len()];
    Arc::new(GatewayResponses { table })
});

impl GatewayResponses {
    /// The table of an API that customises nothing; shared by all of them.
    #[must_use]
    pub fn built_in() -> Arc<Self> {
        Arc::clone(&BUILT_IN)
    }

    /// Resolves every type: its own customisation, else its family's default, else what is built in.
    #[must_use]
    pub fn compile(customised: &BTreeMap<GatewayResponseType, GatewayResponse>) -> Arc<Self> {
        if customised.is_empty() {
            return Self::built_in();
        }
        let plans: BTreeMap<_, _> =
            customised.iter().map(|(kind, response)| (*kind, plan(response))).collect();
        let resolve = |kind: &GatewayResponseType| {
            let own = plans.get(kind);
            own.or_else(|| plans.get(&kind.family()?)).cloned().unwrap_or_default()
        };
        Arc::new(Self { table: GatewayResponseType::ALL.iter().map(resolve).collect() })
    }

    /// What a type sends.
    #[must_use]
    pub fn of(&self, kind: GatewayResponseType) -> &GatewayResponsePlan {
        &self.table[kind as usize]
    }
}

impl GatewayResponsePlan {
    /// The template for a client's `Accept`: its exact media type, else `application/json`, else the only one.
    #[must_use]
    pub fn template(&self, accept: Option<&str>) -> Option<&GatewayTemplate> {
        let media = accept.and_then(|accept| accept.split([',', ';']).next()).map(str::trim);
        let by_type = |wanted: &str| {
            self.templates.iter().find(|template| template.media_type.as_bytes() == wanted.as_bytes())
        };
        media.and_then(by_type).or_else(|| by_type("application/json")).or_else(|| self.templates.first())
    }
}

fn plan(response: &GatewayResponse) -> GatewayResponsePlan {
    let template = |(media_type, text): (&str, &String)| {
        let media_type = HeaderValue::from_str(media_type).ok()?;
        Some(GatewayTemplate { media_type, parts: template_parts(text) })
    };
    let header = |(key, expression): (&String, &String)| {
        let name = key.strip_prefix("gatewayresponse.header.")?;
        Some((HeaderName::from_bytes(name.as_bytes()).ok()?, Expression::parse(expression)?))
    };
    GatewayResponsePlan {
        status: response.status,
        templates: by_media_type(response.templates.iter()).filter_map(template).collect(),
        headers: response.parameters.iter().filter_map(header).collect(),
    }
}

fn template_parts(text: &str) -> Box<[TemplatePart]> {
    let mut parts = Vec::new();
    let (mut literal, mut rest) = (String::new(), text);
    while let Some(at) = rest.find('$') {
        literal.push_str(&rest[..at]);
        let (value, after) = reference(&rest[at + 1..]);
        if let Some(value) = value {
            parts.extend(text_part(&mut literal));
            parts.push(TemplatePart::Value(value));
        } else {
            literal.push('$');
        }
        rest = after;
    }
    literal.push_str(rest);
    parts.extend(text_part(&mut literal));
    parts.into()
}

fn text_part(literal: &mut String) -> Option<TemplatePart> {
    (!literal.is_empty()).then(|| TemplatePart::Text(std::mem::take(literal).into()))
}

/// What a `$` begins, and the text after it.
fn reference(text: &str) -> (Option<Expression>, &str) {
    if let Some(rest) = text.strip_prefix("context.") {
        let (name, after) = variable_name(rest);
        return (Some(Expression::context(name)), after);
    }
    if let Some(rest) = text.strip_prefix("stageVariables.") {
        let (name, after) = variable_name(rest);
        return (Some(Expression::StageVariable(name.into())), after);
    }
    if text.starts_with("method.request.") {
        let (name, after) = variable_name(text);
        return match Expression::parse(name) {
            Some(expression) => (Some(expression), after),
            None => (None, text),
        };
    }
    (None, text)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::sync::Arc;

    use stagedoor_model::{GatewayResponse, GatewayResponseType, Map};

    use super::{GatewayResponses, TemplatePart, template_parts};
    use crate::{ContextVar, Expression};

    fn response(response_type: GatewayResponseType, status: Option<u16>) -> GatewayResponse {
        GatewayResponse { response_type, status, parameters: Map::new(), templates: Map::new() }
    }

    #[test]
    fn types_fall_back_to_their_family() {
        use GatewayResponseType as T;
        let set: BTreeMap<_, _> =
            [(T::Default4xx, Some(401)), (T::Throttled, None), (T::Default5xx, Some(599))]
                .map(|(kind, status)| (kind, response(kind, status)))
                .into();
        let responses = GatewayResponses::compile(&set);
        for (kind, expected) in [
            (T::UnsupportedMediaType, Some(401)),
            (T::RequestTooLarge, Some(401)),
            (T::Throttled, None),
            (T::IntegrationTimeout, Some(599)),
            (T::Default5xx, Some(599)),
        ] {
            assert_eq!(responses.of(kind).status, expected, "{kind}");
        }
    }

    #[test]
    fn apis_without_customisation_share_one_table() {
        let first = GatewayResponses::compile(&BTreeMap::new());
        assert!(Arc::ptr_eq(&first, &GatewayResponses::built_in()));
    }

    #[test]
    fn templates_are_substitutions() {
        let value = |expression| TemplatePart::Value(expression);
        let text = |text: &str| TemplatePart::Text(text.into());
        for (template, expected) in [
            (
                r#"{"m":$context.error.messageString,"v":"$stageVariables.x"}"#,
                vec![
                    text(r#"{"m":"#),
                    value(Expression::Context(Some(ContextVar::ErrorMessageString))),
                    text(r#","v":""#),
                    value(Expression::StageVariable("x".into())),
                    text(r#""}"#),
                ],
            ),
            ("$context.nope!", vec![value(Expression::Context(None)), text("!")]),
            ("cost $5 #if", vec![text("cost $5 #if")]),
            ("$method.request.path.id.", vec![value(Expression::PathParameter("id".into())), text(".")]),
        ] {
            assert_eq!(*template_parts(template), *expected, "{template}");
        }
    }
}
