//! Integration responses joined with the method responses they name.

use http::HeaderValue;
use stagedoor_model::{Integration, IntegrationResponse, Method};

use super::Compiler;
use crate::{
    Expression, Pattern, ResponseMap, ResponseMapping, ResponsePlan, ResponseValue, response_header,
};

impl<'s> Compiler<'s> {
    pub(super) fn responses(&mut self, method: &'s Method, integration: &'s Integration) -> ResponseMap {
        if integration.responses.is_empty() {
            self.remark("the integration has no responses; calls will be answered with 500");
        }
        let entries = integration.responses.values().map(|response| self.response(method, response));
        ResponseMap { entries: entries.collect() }
    }

    fn response(&mut self, method: &Method, response: &'s IntegrationResponse) -> ResponsePlan {
        let declared = method.responses.contains_key(&response.status);
        if !declared {
            self.remark(format!("integration response {} has no method response", response.status));
        }
        ResponsePlan {
            pattern: self.pattern(response.selection_pattern.as_deref()),
            status: response.status,
            declared,
            headers: self.response_headers(response),
            templates: self.response_templates(response),
            content_handling: response.content_handling,
        }
    }

    fn pattern(&mut self, pattern: Option<&str>) -> Option<Pattern> {
        let compiled = Pattern::compile(pattern.filter(|pattern| !pattern.is_empty())?);
        if let Pattern::Broken(reason) = &compiled {
            self.refuse(reason.to_string());
        }
        Some(compiled)
    }

    fn response_headers(&mut self, response: &IntegrationResponse) -> Box<[ResponseMapping]> {
        let mut headers = Vec::new();
        for (key, expression) in response.parameters.iter().flatten() {
            let spelled = key.strip_prefix("method.response.header.").unwrap_or_default();
            match (response_header(spelled), value(expression)) {
                (Some(name), Some(value)) => {
                    headers.push(ResponseMapping { name, spelled: spelled.into(), value });
                }
                _ => self.remark(format!("the response mapping {key} = {expression} is never sent")),
            }
        }
        headers.into()
    }
}

fn value(expression: &str) -> Option<ResponseValue> {
    match Expression::parse(expression)?.in_mappings() {
        Expression::Literal(text) => HeaderValue::from_str(&text).ok().map(ResponseValue::Static),
        mapped => Some(ResponseValue::Mapped(mapped)),
    }
}
