//! Step 6: the integration's parameters from the request.

use std::borrow::Cow;
use std::sync::Arc;

use http::{HeaderName, HeaderValue};
use stagedoor_base::{Cause, ConfigurationError};
use stagedoor_json::{Value, to_java_text};
use stagedoor_program::{
    HeaderFate, IntegrationPlan, Overrides, ParameterMapping, Record, Target, request_header,
};

use super::{Input, Routed};
use crate::evaluate::{Extracted, Extraction, Sources};
use crate::integration::uri_value::uri_text;
use crate::made_values::{MOST_HEADERS, bounded, header_value};
use crate::request;
use crate::template::Side;

pub(super) const TOO_MANY_HEADERS: &str = "overrides make more than 1000 headers";

/// Mapped values; missing and empty ones are left out.
#[derive(Debug, Default)]
pub(crate) struct Parameters {
    /// A name can stand here more than once: then all its values are sent.
    pub(crate) headers: Vec<(HeaderName, HeaderValue)>,
    pub(crate) query: Vec<(Arc<str>, String)>,
    pub(crate) path: Vec<(Arc<str>, String)>,
}

/// What the mappings read of a body that is too large for the data core.
pub(crate) fn request_extraction(routed: &Routed<'_>, input: &Input) -> Option<Box<Extraction>> {
    let sources = mappings(&routed.method.integration).iter().map(|mapping| &mapping.source);
    Extraction::of(&input.body, sources)
}

pub(crate) fn map_parameters(
    routed: &Routed<'_>,
    input: &Input,
    extracted: Extracted,
    record: &mut Record,
) -> Result<Parameters, Cause> {
    let mappings = match &routed.method.integration {
        IntegrationPlan::Mock(_) | IntegrationPlan::Refused(_) => return Ok(Parameters::default()),
        integration => mappings(integration),
    };
    request::begin_trace(record);
    let sources = Sources::of_request(record, &routed.program.stage, &input.body).with(extracted);
    let mut parameters = Parameters::default();
    for mapping in mappings {
        parameters.add(mapping, &sources)?;
    }
    Ok(parameters)
}

/// The parameter mappings of an integration; a MOCK has nobody to send parameters to.
pub(super) fn mappings(integration: &IntegrationPlan) -> &[ParameterMapping] {
    match integration {
        IntegrationPlan::Mock(_) | IntegrationPlan::Refused(_) => &[],
        IntegrationPlan::Http(plan) => &plan.backend.parameters,
        IntegrationPlan::HttpProxy(plan) => &plan.parameters,
        IntegrationPlan::LambdaProxy(plan) => &plan.parameters,
        IntegrationPlan::Aws(plan) => &plan.parameters,
        IntegrationPlan::Lambda(plan) => &plan.parameters,
    }
}

impl Parameters {
    fn add(&mut self, mapping: &ParameterMapping, sources: &Sources<'_>) -> Result<(), Cause> {
        if let Target::Query(name) = &mapping.target {
            let values = sources.values(&mapping.source)?.into_iter().filter(|value| !value.is_empty());
            return self.add_query(name, values.map(Cow::into_owned));
        }
        let Some(value) = sources.value(&mapping.source)?.filter(|value| !value.is_empty()) else {
            return Ok(());
        };
        match &mapping.target {
            Target::ForbiddenHeader(name) => return Err(forbidden(name)),
            Target::Header(name, _) => self.add_header(name, &value)?,
            Target::Path(name) => {
                let value = within_bounds(uri_text(&mapping.source, value))?;
                self.path.push((Arc::clone(name), value));
            }
            Target::Query(_) => {}
        }
        Ok(())
    }

    fn add_query(&mut self, name: &Arc<str>, values: impl Iterator<Item = String>) -> Result<(), Cause> {
        for value in values {
            self.query.push((Arc::clone(name), within_bounds(value)?));
        }
        Ok(())
    }

    /// A value that no header can hold is left out.
    fn add_header(&mut self, name: &HeaderName, value: &str) -> Result<(), Cause> {
        let value = header_value(value).map_err(|reason| Side::Request.failure(reason))?;
        self.headers.extend(value.map(|value| (name.clone(), value)));
        Ok(())
    }

    /// The value of a path parameter, as text of a URI.
    pub(crate) fn path_value(&self, name: &str) -> Option<&str> {
        let found = self.path.iter().find(|(known, _)| **known == *name);
        found.map(|(_, value)| value.as_str())
    }

    /// Puts what the request template set over what is mapped. `aws`: by the table of AWS integrations.
    pub(crate) fn override_with(
        &mut self,
        overrides: &Overrides,
        mappings: &[ParameterMapping],
        aws: bool,
    ) -> Result<(), Cause> {
        for (name, value) in overrides.request_values("path") {
            self.path.retain(|(known, _)| **known != *name);
            if let Some(text) = texts(value).into_iter().next() {
                self.path.push((name.into(), within_bounds(text)?));
            }
        }
        for (name, value) in overrides.request_values("querystring") {
            self.query.retain(|(known, _)| **known != *name);
            self.add_query(&name.into(), texts(value).into_iter())?;
        }
        for (name, value) in overrides.request_values("header") {
            match request_header(name, aws) {
                Some(HeaderFate::Forbidden) => return Err(forbidden(name)),
                Some(HeaderFate::Sent(header)) => self.override_header(&header, name, value, mappings)?,
                Some(HeaderFate::Dropped) | None => {}
            }
        }
        Ok(())
    }

    /// AWS keeps a mapped header that is spelled in another way beside the override.
    fn override_header(
        &mut self,
        header: &HeaderName,
        name: &str,
        value: &Value,
        mappings: &[ParameterMapping],
    ) -> Result<(), Cause> {
        let alike = |mapping: &ParameterMapping| match &mapping.target {
            Target::Header(_, spelled) => **spelled == *name,
            _ => false,
        };
        if mappings.iter().any(alike) {
            self.headers.retain(|(known, _)| known != header);
        }
        for text in texts(value) {
            self.add_header(header, &text)?;
        }
        if self.headers.len() > MOST_HEADERS {
            return Err(Side::Request.failure(TOO_MANY_HEADERS));
        }
        Ok(())
    }
}

fn within_bounds(text: String) -> Result<String, Cause> {
    bounded(text).map_err(|reason| Side::Request.failure(reason))
}

fn forbidden(name: &str) -> Cause {
    Cause::Configuration(ConfigurationError::ForbiddenHeader(name.to_owned()))
}

/// The values of an override: a list is several, null is none.
pub(super) fn texts(value: &Value) -> Vec<String> {
    match value {
        Value::Null => Vec::new(),
        Value::Array(items) => items.iter().filter(|item| !item.is_null()).map(to_java_text).collect(),
        one => vec![to_java_text(one)],
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use http::HeaderName;
    use stagedoor_json::parse;
    use stagedoor_program::{Expression, Overrides, ParameterMapping, Target};

    use super::Parameters;

    fn shown(parameters: &Parameters) -> Vec<String> {
        let headers =
            parameters.headers.iter().map(|(name, value)| format!("{name}: {}", value.to_str().unwrap()));
        let query = parameters.query.iter().map(|(name, value)| format!("?{name}={value}"));
        let path = parameters.path.iter().map(|(name, value)| format!("/{name}={value}"));
        headers.chain(query).chain(path).collect()
    }

    fn check(overrides: &str, expected: Result<&[&str], ()>) {
        let text = |text: &str| Arc::<str>::from(text);
        let header = HeaderName::from_static("x-a");
        let mapping = ParameterMapping {
            target: Target::Header(header.clone(), text("X-A")),
            source: Expression::Literal(text("mapped")),
        };
        let mut parameters = Parameters {
            headers: vec![(header, "mapped".parse().unwrap())],
            query: vec![(text("q"), "1".to_owned()), (text("q"), "2".to_owned())],
            path: vec![(text("p"), "mapped".to_owned())],
        };
        let request = parse(overrides).unwrap().as_object().unwrap().clone();
        let overrides = Overrides { request, ..Overrides::default() };
        let done = parameters.override_with(&overrides, &[mapping], false);
        let shown = done.map(|()| shown(&parameters)).map_err(|_| ());
        assert_eq!(
            shown,
            expected.map(|texts| texts.iter().map(|text| (*text).to_owned()).collect()),
            "{overrides:?}"
        );
    }

    #[test]
    fn overrides_win_over_mappings() {
        check("{}", Ok(&["x-a: mapped", "?q=1", "?q=2", "/p=mapped"]));
        check(r#"{"header":{"X-A":"set"}}"#, Ok(&["x-a: set", "?q=1", "?q=2", "/p=mapped"]));
        check(r#"{"header":{"x-a":"set"}}"#, Ok(&["x-a: mapped", "x-a: set", "?q=1", "?q=2", "/p=mapped"]));
        check(
            r#"{"header":{"X-B":["1",2]}}"#,
            Ok(&["x-a: mapped", "x-b: 1", "x-b: 2", "?q=1", "?q=2", "/p=mapped"]),
        );
        check(r#"{"header":{"X-A":null}}"#, Ok(&["?q=1", "?q=2", "/p=mapped"]));
        check(
            r#"{"querystring":{"q":["3"],"r":true}}"#,
            Ok(&["x-a: mapped", "?q=3", "?r=true", "/p=mapped"]),
        );
        check(r#"{"path":{"p":"set","s":"new"}}"#, Ok(&["x-a: mapped", "?q=1", "?q=2", "/p=set", "/s=new"]));
        check(r#"{"header":{"Content-Length":"1"}}"#, Err(()));
        check(
            r#"{"header":{"TE":"1","bad name":"1","X-B":"a\nb"}}"#,
            Ok(&["x-a: mapped", "?q=1", "?q=2", "/p=mapped"]),
        );
        check(r#"{"header":"x","other":{"y":1}}"#, Ok(&["x-a: mapped", "?q=1", "?q=2", "/p=mapped"]));
    }
}
